"""The tools are looked for in order, got where they are missing, and never taken when too old.

Stand-ins for promtool, apt-get, dpkg and go are shell scripts, so nothing is fetched here; the real ones do
the same work before the suite starts.
"""

import stat
import sys
from pathlib import Path

import pytest

from generators.toolchain import ToolError, __main__, at_hand, ensure, find, judges, require
from generators.toolchain.at_hand import KINDS, newest

GO_MOD = """\
require (
	github.com/prometheus/alertmanager v0.34.2 // indirect
	github.com/prometheus/prometheus v0.316.0 // indirect
)
"""

APT_GET = """
case "$1" in
download) [ -e updated ] || { echo "E: Unable to locate package" >&2; exit 100; }; touch "$2.deb" "$3.deb" ;;
update) touch updated; echo "E: a source of somebody else is broken" >&2; exit 100 ;;
esac
"""

DPKG = """
cd "$3" && mkdir -p usr/bin && cd usr/bin || exit 2
for file in promtool amtool prometheus-alertmanager; do
    printf '#!/bin/sh\\necho "%s, version 2.42.0+ds (branch: debian/sid)"\\n' "$file" > "$file"
    chmod +x "$file"
done
"""

GO = """
for arg; do
    case "$arg" in
    -ldflags=*) version="${arg##*=}" ;;
    -o=*) out="${arg#-o=}" ;;
    esac
done
mkdir -p "$(dirname "$out")"
printf '#!/bin/sh\\necho "x, version %s (branch: )"\\n' "$version" > "$out"
chmod +x "$out"
"""

BROKEN_GO = 'echo "go: no such module" >&2; exit 1'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing on it but the pins."""
    for name in ("DEBIAN", "LATEST", "PINS"):
        monkeypatch.setattr(at_hand, name, tmp_path / name)
    monkeypatch.setenv("PATH", str(tmp_path / "PATH"))
    (tmp_path / "PINS").mkdir()
    (tmp_path / "PINS" / "go.mod").write_text(GO_MOD, encoding="utf-8")
    return tmp_path


def install(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def install_tool(path: Path, version: str, stream: int = 1) -> None:
    install(path, f'echo "tool, version {version} (branch: HEAD)" >&{stream}; echo "  go version: go1.19.8"')


PLACES = {"PATH": "PATH", "DEBIAN/usr/bin": "Debian package", "LATEST": "built from tools/go.mod"}


@pytest.mark.parametrize(("folder", "origin"), PLACES.items())
def test_a_tool_is_found_in_each_place(home: Path, folder: str, origin: str) -> None:
    install_tool(home / folder / "promtool", "3.1.2")
    tool = find("promtool")
    assert str(tool) == f"promtool 3.1.2 ({origin})"


@pytest.mark.parametrize(
    ("installed", "expected"),
    [
        pytest.param({}, [], id="nothing is at hand"),
        pytest.param({"PATH": "2.41.9"}, [], id="too old for the files tocsin writes"),
        pytest.param({"PATH": "2.41.9", "LATEST": "3.16.0"}, [(3, 16, 0)], id="an old one on PATH hides nothing"),
        pytest.param({"PATH": "2.42.0+ds", "LATEST": "3.16.0"}, [(2, 42, 0), (3, 16, 0)], id="PATH comes first"),
        pytest.param({"PATH": "3.16.0", "LATEST": "3.16.0"}, [(3, 16, 0)], id="one version counts once"),
        pytest.param({"PATH": "unknown"}, [], id="a build without a version can't be trusted"),
    ],
)
def test_judges(home: Path, installed: dict[str, str], expected: list[at_hand.Version]) -> None:
    for folder, version in installed.items():
        install_tool(home / folder / "promtool", version)
    assert [tool.version for tool in judges("promtool")] == expected


def test_one_version_is_taken_from_the_preferred_place(home: Path) -> None:
    install_tool(home / "PATH" / "promtool", "3.16.0")
    install_tool(home / "LATEST" / "promtool", "3.16.0")
    assert [tool.origin for tool in judges("promtool")] == ["PATH"]


def test_find_goes_on_to_a_place_that_is_new_enough(home: Path) -> None:
    install_tool(home / "PATH" / "promtool", "2.42.0")
    install_tool(home / "LATEST" / "promtool", "3.16.0")
    tool = find("promtool", minimum=(3, 0, 0))
    assert tool is not None
    assert tool.path == home / "LATEST" / "promtool"


def test_a_version_said_on_stderr_counts(home: Path) -> None:
    install_tool(home / "PATH" / "amtool", "0.25.0", stream=2)
    assert require("amtool").version == (0, 25, 0)


def test_a_file_that_cannot_run_here_is_no_tool(home: Path) -> None:
    install_tool(home / "PATH" / "amtool", "0.25.0")
    (home / "PATH" / "amtool").write_bytes(b"\x7fELF of another machine")
    assert find("amtool") is None


def test_debian_calls_the_server_by_its_package(home: Path) -> None:
    install_tool(home / "PATH" / "prometheus-alertmanager", "0.25.0")
    assert require("alertmanager").path.name == "prometheus-alertmanager"


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("name", "version"), [("promtool", (3, 16, 0)), ("alertmanager", (0, 34, 2))])
def test_the_newest_is_what_the_pins_say(name: str, version: at_hand.Version) -> None:
    assert newest(name) == version


def test_without_pins_nothing_is_wanted(home: Path) -> None:
    (home / "PINS" / "go.mod").unlink()
    assert newest("promtool") == (0, 0, 0)


@pytest.mark.parametrize("name", KINDS)
def test_the_shipped_pins_name_every_tool(name: str) -> None:
    assert newest(name) > KINDS[name].oldest


def test_ensure_builds_the_newest_beside_the_one_at_hand(home: Path) -> None:
    install_tool(home / "PATH" / "promtool", "2.42.0")
    install(home / "PATH" / "go", GO)
    assert [str(tool) for tool in ensure(["promtool"], every_line=True)] == [
        "promtool 2.42.0 (PATH)",
        "promtool 3.16.0 (built from tools/go.mod)",
    ]


def test_ensure_builds_nothing_twice(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    install_tool(home / "LATEST" / "promtool", "3.16.0")
    ensure(["promtool"], every_line=True)
    assert capsys.readouterr().err == ""


def test_ensure_builds_anew_when_the_pin_moves(home: Path) -> None:
    install_tool(home / "LATEST" / "promtool", "3.15.0")
    install(home / "PATH" / "go", GO)
    assert [tool.version for tool in ensure(["promtool"])] == [(3, 16, 0)]


def test_ensure_unpacks_debians_packages_and_updates_the_lists_first_if_it_must(home: Path) -> None:
    install(home / "PATH" / "apt-get", APT_GET)
    install(home / "PATH" / "dpkg", DPKG)
    assert {tool.origin for tool in ensure(["promtool", "amtool"])} == {"Debian package"}


@pytest.mark.parametrize(
    ("go", "said"),
    [
        pytest.param(None, "go is not installed", id="no Go"),
        pytest.param(BROKEN_GO, "`go build` failed:\ngo: no such module", id="a build that fails"),
    ],
)
def test_a_newest_that_cannot_be_had_is_said(
    home: Path, capsys: pytest.CaptureFixture[str], go: str | None, said: str
) -> None:
    install_tool(home / "PATH" / "promtool", "2.42.0")
    if go:
        install(home / "PATH" / "go", go)
    ensure(["promtool"])
    assert said in capsys.readouterr().err
    with pytest.raises(ToolError, match=r"no promtool 3\.16\.0 or newer is at hand"):
        ensure(["promtool"], every_line=True)


@pytest.mark.usefixtures("home")
def test_where_nothing_can_be_had_the_error_says_what_to_install() -> None:
    with pytest.raises(
        ToolError, match=r"no amtool 0\.25\.0 or newer .* package prometheus-alertmanager, or install Go"
    ):
        ensure(["amtool"])


def test_the_command_lists_what_is_at_hand(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install_tool(home / "PATH" / "amtool", "0.25.0")
    monkeypatch.setattr(sys, "argv", ["toolchain", "list"])
    assert __main__.main() == 0
    assert capsys.readouterr().out == "amtool 0.25.0 (PATH)\n"


@pytest.mark.usefixtures("home")
def test_the_command_fails_where_a_tool_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["toolchain", "ensure"])
    assert __main__.main() == 1
    assert "toolchain: no promtool 2.42.0 or newer is at hand" in capsys.readouterr().err
