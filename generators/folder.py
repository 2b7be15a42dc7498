"""The files of a catalog folder, unread: what is in it, as bytes."""

from __future__ import annotations

from errno import EINVAL
from pathlib import Path

from generators.diagnostics import CatalogError, Diagnostic, Location

SUFFIXES = (".yaml", ".yml", ".md")


def read_folder(folder: Path) -> dict[str, bytes]:
    """The catalog files below a folder, by their path in it. Raises CatalogError."""
    if not folder.is_dir():
        hint = "say where the catalog is with --catalog, or start one with `tocsin new catalog`"
        raise CatalogError([Diagnostic("no-catalog", f"there is no folder {folder}", None, hint)])
    paths = sorted(p for p in folder.rglob("*") if p.suffix in SUFFIXES and not _hidden(p.relative_to(folder)))
    problems: list[Diagnostic] = []
    files: dict[str, bytes] = {}
    for path in paths:
        try:
            if path.is_fifo() or path.is_socket():  # one would wait for a writer
                raise OSError(EINVAL, "it is not a file")
            files[path.relative_to(folder).as_posix()] = path.read_bytes()
        except OSError as error:
            place = Location(path.relative_to(folder).as_posix())
            problems.append(Diagnostic("unreadable-file", f"cannot read the file: {error.strerror}", place))
    if problems:
        raise CatalogError(problems)
    return files


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
