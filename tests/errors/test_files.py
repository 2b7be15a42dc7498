"""Catalogs that are bad as files: missing, empty, binary, endless, too deep."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers import BAKERY, MAIN, bakery, rendered, run, write_files

DEPTH = 100_000
BOMB = "a: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
TOWER = "a: &a0 [x]\n" + "".join(
    f"a{n}: &a{n} {'[' * 50}*a{n - 1}{']' * 50}\n" for n in range(1, 200)
)  # each line is flat enough, all of them together are not
COUNT = "\n\n1 problem; nothing was written\n"

BAD = {
    "a byte is not UTF-8": (
        b"service: caf\xe9\n",
        (
            "catalog/x.yaml:1:1: byte 0xe9 is not UTF-8 text (not-utf8)\n    1 | service: caf\ufffd\n      | ^\n"
            "  hint: save the file as UTF-8"
        ),
    ),
    "a byte on the second line is not UTF-8": (
        b"service: a\r\ntitle: \xff\n",
        (
            "catalog/x.yaml:2:1: byte 0xff is not UTF-8 text (not-utf8)\n    2 | title: \ufffd\n      | ^\n"
            "  hint: save the file as UTF-8"
        ),
    ),
    "a file is UTF-16": (
        "service: a\n".encode("utf-16"),
        (
            "catalog/x.yaml:1:1: byte 0xff is not UTF-8 text (not-utf8)\n"
            "    1 | \ufffd\ufffds\0e\0r\0v\0i\0c\0e\0:\0 \0a\0\n      | ^\n  hint: save the file as UTF-8"
        ),
    ),
    "a NUL byte is in it": (
        b"service: a\ntitle: \0\n",
        (
            "catalog/x.yaml:2:1: character U+0000 is not allowed in YAML (yaml-syntax)\n"
            "    2 | title: \0\n      | ^\n  hint: remove it"
        ),
    ),
    "brackets are open a hundred thousand times": (
        f"service: {'[' * DEPTH}\n".encode(),
        (
            "catalog/x.yaml:1:74: values are nested more than 64 levels deep (too-deep)\n"
            f"    1 | service: {'[' * 151}\n      | {' ' * 73}^"
        ),
    ),
    "brackets are open and closed a hundred thousand times": (
        f"service: {'[' * DEPTH}{']' * DEPTH}\n".encode(),
        (
            "catalog/x.yaml:1:74: values are nested more than 64 levels deep (too-deep)\n"
            f"    1 | service: {'[' * 151}\n      | {' ' * 73}^"
        ),
    ),
    "aliases make it too large": (
        BOMB.encode(),
        (
            "catalog/x.yaml:19:6: more than 1000000 values once aliases are expanded (too-large)\n"
            "   19 | a18: &a18 [*a17, *a17]\n      |      ^^^^^^"
        ),
    ),
    "aliases make it too deep": (
        TOWER.encode(),
        "catalog/x.yaml:3:59: values are nested more than 64 levels deep (too-deep)",
    ),
    "it has more bytes than can be meant": (
        b"#" * ((16 << 20) + 1),
        "catalog/x.yaml:1:1: the file has 16777217 bytes (file-too-large)\n",
    ),
}


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("content", "message"), BAD.values(), ids=BAD)
def test_bad_file_is_refused(content: bytes, message: str) -> None:
    write_files(Path("catalog"), {**BAKERY, "x.yaml": content})
    result = run("render")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(message)
    assert result.stderr.endswith(COUNT)
    assert not Path("output").exists()


def test_missing_folder_is_refused() -> None:
    result = run("render", "--catalog", "nowhere")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "there is no folder nowhere (no-catalog)\n"
        "  hint: say where the catalog is with --catalog, or start one with `tocsin new catalog`\n"
    )


EMPTY = {
    "no file at all": {},
    "only files that are none of a catalog": {"notes.txt": "service: a\n"},
    "only hidden files": {".git/x.yaml": "service: a\n", ".y.yaml": "service: b\n"},
    "only empty documents": {"x.yaml": "---\n---\n# nothing\n"},
}


@pytest.mark.parametrize("files", EMPTY.values(), ids=EMPTY)
def test_empty_catalog_is_refused(files: dict[str, str]) -> None:
    Path("catalog").mkdir()
    write_files(Path("catalog"), files)
    result = run("render")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"the catalog has no documents (empty-catalog)\n  hint: start one with `tocsin new catalog`{COUNT}"
    )


def test_every_kind_of_document_that_is_missing_is_named() -> None:
    write_files(Path("catalog"), {"x.yaml": "dashboard: ovens\n"})
    result = run("render")
    assert result.exit_code == 2
    assert result.stderr == (
        "the catalog has no platform (empty-catalog)\n"
        "  hint: start with `tocsin new catalog`, or add a document that starts with `platform: <name>`\n\n"
        "the catalog has no service (empty-catalog)\n"
        "  hint: add a document that starts with `service: <name>`, or run `tocsin new service <name>`\n\n"
        "the catalog has no severities (empty-catalog)\n"
        "  hint: add a document `severities:` that names them, the worst first\n\n"
        "the catalog has no team (empty-catalog)\n"
        "  hint: add a document that starts with `team: <name>`\n\n"
        "4 problems; nothing was written\n"
    )


def test_folder_named_like_a_catalog_file_is_refused() -> None:
    write_files(Path("catalog"), BAKERY)
    Path("catalog/x.yaml").mkdir()
    result = run("render")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "catalog/x.yaml:1:1: cannot read the file: Is a directory (unreadable-file)\n"


def test_link_to_nowhere_is_refused() -> None:
    write_files(Path("catalog"), BAKERY)
    Path("catalog/x.yaml").symlink_to("nowhere")
    result = run("render")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "catalog/x.yaml:1:1: cannot read the file: No such file or directory" in result.stderr


def test_file_whose_name_is_not_utf8_is_refused_or_read() -> None:
    write_files(Path("catalog"), BAKERY)
    Path(os.fsdecode(b"catalog/\xff.yaml")).write_text("servise: x\n")
    result = run("render")
    assert result.exit_code == 2
    assert 'no document starts with "servise"' in result.stderr


GOOD = {
    "a byte order mark": b"\xef\xbb\xbf" + BAKERY[MAIN].encode(),
    "line ends of Windows": BAKERY[MAIN].replace("\n", "\r\n").encode(),
    "both": b"\xef\xbb\xbf" + BAKERY[MAIN].replace("\n", "\r\n").encode(),
    "no line end at the end": BAKERY[MAIN].rstrip("\n").encode(),
    "empty documents in between": BAKERY[MAIN].replace("---\n", "---\n# nothing\n---\n").encode(),
    "an end of document": BAKERY[MAIN].replace("---\n", "...\n---\n").encode(),
}


@pytest.mark.parametrize("content", GOOD.values(), ids=GOOD)
def test_file_that_differs_only_in_form_is_the_same_catalog(content: bytes) -> None:
    assert rendered(bakery() | {MAIN: content}) == rendered(bakery())


PAGES: dict[str, Callable[[bytes], bytes]] = {
    "line ends of Windows": lambda raw: raw.replace(b"\n", b"\r\n"),
    "line ends of an old Macintosh": lambda raw: raw.replace(b"\n", b"\r"),
    "a byte order mark": lambda raw: b"\xef\xbb\xbf" + raw,
}


@pytest.mark.parametrize("form", PAGES.values(), ids=PAGES)
def test_files_that_differ_only_in_form_are_the_same_pages(form: Callable[[bytes], bytes]) -> None:
    assert rendered({name: form(raw) for name, raw in bakery().items()}) == rendered(bakery())


def test_pipe_in_the_catalog_is_refused_and_not_waited_for() -> None:
    write_files(Path("catalog"), BAKERY)
    os.mkfifo("catalog/x.yaml")
    result = run("render")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "catalog/x.yaml:1:1: cannot read the file: it is not a file (unreadable-file)" in result.stderr
