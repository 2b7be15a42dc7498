"""How tools get here: Debian's packages unpacked, the newest releases built with Go; both into .tools."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ParamSpec
from zipfile import ZipFile

from generators.toolchain import at_hand
from generators.toolchain.at_hand import Tool, ToolError, dotted, find, judges, newest, require

JUDGES = ("promtool", "amtool")
SERVERS = ("prometheus", "alertmanager")

_SECONDS = 1800  # a build from nothing takes some four minutes on two cores; past this, something hangs
_VERSION_SYMBOL = "github.com/prometheus/common/version.Version"  # a plain build has no version of its own
_P = ParamSpec("_P")


def ensure(names: Sequence[str] = JUDGES, *, every_line: bool = False) -> list[Tool]:
    """Get what is missing. Newest releases that can't be had are an error only with `every_line`.

    Of a server any release will do, as building one takes long.
    """
    if not all(map(find, names)):
        _attempt(_unpack_debian)
    wanted = {name: at_hand.ANY if name in SERVERS else newest(name) for name in names}
    for name, version in wanted.items():
        if not find(name, minimum=version):
            _attempt(_build, name)
    for name, version in wanted.items():
        require(name, minimum=version if every_line else at_hand.ANY)
    return [tool for name in names for tool in judges(name)]


def say(line: str) -> None:
    print(f"toolchain: {line}", file=sys.stderr, flush=True)


def _attempt(get: Callable[_P, None], *args: _P.args, **kwargs: _P.kwargs) -> None:
    """What can't be had in one way may be had in another; that it couldn't is said."""
    try:
        get(*args, **kwargs)
    except ToolError as problem:
        say(str(problem))


def _unpack_debian() -> None:
    """Unpacked, not installed: that needs no root and starts no server on this machine."""
    say("fetching Debian's packages of Prometheus and Alertmanager")
    download = ("apt-get", "download", *sorted({kind.package for kind in at_hand.KINDS.values()}))
    with TemporaryDirectory() as folder:
        try:
            _run(*download, cwd=folder)
        except ToolError:  # the lists of packages may be missing, as in a fresh container
            with suppress(ToolError):  # any bad source fails it; what counts is the download
                _run("apt-get", "update", cwd=folder)
            _run(*download, cwd=folder)
        at_hand.DEBIAN.mkdir(parents=True, exist_ok=True)
        for package in sorted(Path(folder).glob("*.deb")):
            _run("dpkg", "--extract", str(package), str(at_hand.DEBIAN), cwd=folder)
    _relocate(at_hand.DEBIAN / "usr" / "bin" / "prometheus-alertmanager")


def _relocate(server: Path) -> None:
    """Debian's Alertmanager reads templates at a path of the installed package; unpacked, from where it is run."""
    installed = b"/usr/share/prometheus/alertmanager"
    beside = installed.replace(b"/", b"", 1).replace(b"/", b"//", 1)  # as long as before, as it has to be
    server.write_bytes(server.read_bytes().replace(installed, beside))


def _build(name: str) -> None:
    version, kind = dotted(newest(name)), at_hand.KINDS[name]
    say(f"building {name} {version} with Go, which takes minutes the first time")
    with TemporaryDirectory() as folder:
        source = _completed(kind.module, kind.left_out, Path(folder)) if kind.left_out else at_hand.PINS
        _run(
            *("go", "build", "-trimpath", "-buildvcs=false"),
            "-tags=remove_all_sd",  # no cloud's service discovery: half the work, a third of the memory
            f"-ldflags=-s -w -X {_VERSION_SYMBOL}={version}",
            f"-o={at_hand.LATEST / name}",
            f"{kind.module}/cmd/{name}",
            cwd=source,
        )


def _completed(module: str, left_out: str, folder: Path) -> Path:
    """A copy of the pinned module, with an empty page where its web interface would be."""
    pinned = json.loads(_run("go", "mod", "download", "-json", module, cwd=at_hand.PINS))
    with ZipFile(pinned["Zip"]) as archive:
        archive.extractall(folder)
    page = folder / f"{module}@{pinned['Version']}" / left_out
    page.parent.mkdir(parents=True)
    page.touch()
    return folder / f"{module}@{pinned['Version']}"


def _run(*command: str, cwd: str | Path) -> str:
    env = os.environ | {"CGO_ENABLED": "0", "GOWORK": "off", "LC_ALL": "C"}
    short = " ".join(command[:2])
    try:
        done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=_SECONDS, check=True)
    except FileNotFoundError:
        raise ToolError(f"{command[0]} is not installed") from None
    except subprocess.TimeoutExpired:
        raise ToolError(f"`{short}` took more than {_SECONDS} seconds") from None
    except subprocess.CalledProcessError as error:
        raise ToolError(f"`{short}` failed:\n{error.stderr.strip()[-2000:]}") from None
    return done.stdout
