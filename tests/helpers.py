"""What many tests start from: the bakery, a small good catalog, files of cases, and the command line in one call.

A case file (`*.txt`) holds cases like this one; the bakery is changed as the lines with - and + say, and what comes
after the = is all that is said of it, to the letter:

    # a service names a team that nobody has
    -owner: bakers
    +owner: bakres
    =
    catalog/bakery.yaml:1:8: ...

`@ name.yaml` turns to another file (new ones included); + without - adds to its end. `make golden` writes what comes
after the = anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from click.testing import CliRunner, Result

from generators import pipeline
from generators.cli import main
from generators.rules.bundle import Bundle

HERE = Path(__file__).parent
BAKERY = {path.name: path.read_text(encoding="utf-8") for path in sorted((HERE / "bakery").iterdir())}
MAIN = "bakery.yaml"
RECORDING = "UPDATE_GOLDEN" in os.environ


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a case file."""

    path: Path
    title: str
    change: str
    expected: str

    @property
    def files(self) -> dict[str, str]:
        """The bakery with the change."""
        return changed(self.change)


def bakery(change: str = "") -> dict[str, bytes]:
    """The files of the bakery, changed as in a case file."""
    return {path: text.encode() for path, text in changed(change).items()}


def bundles(change: str = "") -> dict[str, Bundle]:
    """The bakery compiled, by environment."""
    return {bundle.catalog.environment: bundle for bundle in pipeline.bundles(bakery(change))}


def rendered(files: Mapping[str, bytes]) -> dict[str, str]:
    """Every artifact of a catalog, by path."""
    return {artifact.path: artifact.text for artifact in pipeline.artifacts(pipeline.bundles(files))}


def changed(change: str) -> dict[str, str]:
    """The bakery with lines taken out (-), put in (+), or added to the end (+ without -)."""
    files, name, out = dict(BAKERY), MAIN, ""
    for sign, group in groupby(change.split("\n") if change else [], key=lambda line: line[:1]):
        text = "".join(f"{line[1:]}\n" for line in group)
        if sign == "@":
            name, out = text.strip(), ""
        elif sign == "-":
            assert files[name].count(text) == 1, f"not in {name}, or more than once:\n{text}"
            files[name], out = files[name].replace(text, "\0"), text
        elif out:
            files[name], out = files[name].replace("\0", text), ""
        else:
            files[name] = files.get(name, "") + text
    return {path: text.replace("\0", "") for path, text in files.items()}


def cases(folder: Path) -> list[Case]:
    """The cases of all case files in a folder."""
    return [case for path in sorted(folder.glob("*.txt")) for case in _read(path)]


def hold(case: Case, said: str) -> None:
    """The case says what its file has; `make golden` records it instead."""
    if RECORDING:
        new = [replace(c, expected=said) if c.title == case.title else c for c in _read(case.path)]
        case.path.write_text("\n".join(map(_written, new)), encoding="utf-8")
    else:
        assert said == case.expected, f"{case.title}: run `make golden` and read the diff"


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def run(*arguments: str) -> Result:
    """The command line with these arguments."""
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _read(path: Path) -> list[Case]:
    sections = re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [_case(path, section) for section in sections]


def _case(path: Path, section: str) -> Case:
    title, rest = section.split("\n", 1)
    change, expected = f"\n{rest}".split("\n=\n", 1)
    return Case(path, title, change.strip("\n"), expected.strip("\n"))


def _written(case: Case) -> str:
    return f"# {case.title}\n{case.change}\n=\n{case.expected}\n"
