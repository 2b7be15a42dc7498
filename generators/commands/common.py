"""Reading a catalog for a command, and saying what is wrong with it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generators import pipeline
from generators.diagnostics import CatalogError, Diagnostic, Location, render
from generators.library import ROOT, SHOWN_AS
from generators.rules.bundle import Bundle

OK, FINDINGS, UNUSABLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Source:
    """A catalog folder and its files."""

    folder: Path
    files: Mapping[str, bytes]

    def placed(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The diagnostics with paths as seen from the working directory."""
        return [
            replace(d, location=replace(d.location, path=self._path(d.location.path))) if d.location else d
            for d in found
        ]

    def drawn(self, found: Iterable[Diagnostic]) -> str:
        """The diagnostics as text, with the lines that they are about."""
        texts = {self._path(path): text for path, text in pipeline.texts(self.files).items()}
        placed = self.placed(found)
        for path in {d.location.path for d in placed if d.location} - texts.keys():
            if path.startswith(SHOWN_AS):
                texts[path] = (ROOT / path.removeprefix(f"{SHOWN_AS}/")).read_text(encoding="utf-8")
        return render(placed, texts)

    def shown(self, place: Location) -> str:
        """A place as people can open it."""
        return f"{self._path(place.path)}:{place.line}"

    def _path(self, path: str) -> str:
        return path if path.startswith(SHOWN_AS) else (self.folder / path).as_posix()


class RefusedError(Exception):
    """The catalog can't be used; what is wrong has been said."""


def read(folder: Path) -> Source:
    """The catalog's files. Raises RefusedError."""
    try:
        return Source(folder, pipeline.read_folder(folder))
    except CatalogError as error:
        say(Source(folder, {}).drawn(error.diagnostics))
        raise RefusedError from None


def bundles(source: Source, environments: Sequence[str], so: str = "") -> list[Bundle]:
    """The compiled catalog. Raises RefusedError."""
    try:
        return pipeline.bundles(source.files, environments)
    except CatalogError as error:
        say(source.drawn(error.diagnostics))
        say(_count(error.diagnostics, so))
        raise RefusedError from None


def checked(source: Source, compiled: Sequence[Bundle], so: str = "") -> list[Diagnostic]:
    """The warnings of the checks, which have been said. Raises RefusedError for errors."""
    found = pipeline.checked(compiled)
    if found:
        say(source.drawn(found))
    if any(d.level == "error" for d in found):
        say(_count(found, so))
        raise RefusedError
    return found


def say(text: str) -> None:
    """Everything that is not the result of a command goes to standard error."""
    print(text, file=sys.stderr)


def _count(found: Sequence[Diagnostic], so: str) -> str:
    return f"\n{len(found)} {'problem' if len(found) == 1 else 'problems'}{so}"
