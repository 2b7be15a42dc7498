"""Which tools are at hand: on PATH, then unpacked from Debian's packages, then built from tools/go.mod.

Two lines of releases are wanted, so that output is proven on what people run and on what they will run next:
the one that PATH or Debian has, and the newest, which tools/go.mod pins.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Version = tuple[int, int, int]

ROOT = Path(__file__).resolve().parents[2]
PINS = ROOT / "tools"
DEBIAN = ROOT / ".tools" / "debian"
LATEST = ROOT / ".tools" / "latest"
ANY: Version = (0, 0, 0)


class ToolError(Exception):
    """A tool that can't be had; the message says why, or what to install."""


@dataclass(frozen=True)
class Kind:
    """What is known of a tool before it is looked for."""

    module: str
    package: str
    oldest: Version  # earlier releases do not know what rendered files say
    alias: str | None = None  # Debian's name for the file
    left_out: str | None = None  # a file that the code embeds and the module does not carry


@dataclass(frozen=True)
class Tool:
    """An executable at hand."""

    name: str
    path: Path
    version: Version
    origin: str

    def __str__(self) -> str:
        return f"{self.name} {dotted(self.version)} ({self.origin})"


_PROMETHEUS = ("github.com/prometheus/prometheus", "prometheus", (2, 42, 0))
_ALERTMANAGER = ("github.com/prometheus/alertmanager", "prometheus-alertmanager", (0, 25, 0))
KINDS = {
    "promtool": Kind(*_PROMETHEUS),
    "amtool": Kind(*_ALERTMANAGER),
    "prometheus": Kind(*_PROMETHEUS),
    "alertmanager": Kind(*_ALERTMANAGER, alias="prometheus-alertmanager", left_out="ui/app/dist/index.html"),
}


def dotted(version: Version) -> str:
    return ".".join(map(str, version))


def newest(name: str) -> Version:
    """The pinned release; where tocsin runs without its tools/go.mod, nothing is pinned."""
    file = PINS / "go.mod"
    pattern = rf"{re.escape(KINDS[name].module)} v(\d+)\.(\d+)\.(\d+)"
    pin = re.search(pattern, file.read_text(encoding="utf-8")) if file.is_file() else None
    if pin is None:
        return ANY
    major, minor, patch = map(int, pin.groups())
    return major + minor // 100, minor % 100, patch  # the module of Prometheus 3.16.0 is v0.316.0


def find(name: str, *, minimum: Version = ANY) -> Tool | None:
    """The preferred tool at hand that is new enough."""
    return next((tool for tool in _at_hand(name) if tool.version >= minimum), None)


def require(name: str, *, minimum: Version = ANY) -> Tool:
    """The same, or an error that says what to install."""
    if tool := find(name, minimum=minimum):
        return tool
    kind = KINDS[name]
    raise ToolError(
        f"no {name} {dotted(max(minimum, kind.oldest))} or newer is at hand: put one on PATH, install "
        f"Debian's package {kind.package}, or install Go and run `python -m generators.toolchain ensure`"
    )


def judges(name: str) -> list[Tool]:
    """One tool for each distinct version at hand, in the order of preference."""
    distinct: dict[Version, Tool] = {}
    for tool in _at_hand(name):
        distinct.setdefault(tool.version, tool)
    return list(distinct.values())


def _at_hand(name: str) -> Iterator[Tool]:
    kind = KINDS[name]
    places = {"PATH": None, "Debian package": DEBIAN / "usr" / "bin", "built from tools/go.mod": LATEST}
    for origin, folder in places.items():
        path = shutil.which(name, path=folder) or shutil.which(kind.alias or name, path=folder)
        if path and (version := _version(path)) >= kind.oldest:
            yield Tool(name, Path(path), version, origin)


def _version(path: str) -> Version:
    """What `--version` says, on whichever stream; a file that can't run here is too old for anything."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60, check=False)
    except OSError:
        return ANY
    said = re.search(r", version (\d+)\.(\d+)\.(\d+)", done.stdout + done.stderr)
    return (int(said[1]), int(said[2]), int(said[3])) if said else ANY
