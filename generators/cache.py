"""Knowing, without compiling anything, that a render would change nothing.

After a render, one small file in the user's cache folder says which bytes went in (the catalog, tocsin itself, the
libraries it runs on) and which tree came out. It is believed only where every byte of both is still the same; what
is unreadable or damaged counts as nothing. TOCSIN_CACHE names another folder, or is `off`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from generators.diagnostics import CatalogError
from generators.folder import read_folder

_PACKAGE = Path(__file__).parent


def unchanged(catalog: Path, output: Path, environments: Sequence[str]) -> int | None:
    """How many files the output has, if it is what this catalog gave the last time; None where nobody knows."""
    try:
        note, now = _note(output), _inputs(read_folder(catalog), environments)
        inputs, tree, count = note.read_text(encoding="utf-8").split()
        same = inputs == now and tree == _digest(_tree(output))
        return int(count) if same else None
    except (OSError, ValueError, RuntimeError, CatalogError):
        return None  # the long way says what is wrong, if anything is


def remember(files: Mapping[str, bytes], environments: Sequence[str], output: Path, made: Mapping[str, str]) -> None:
    """Note that these catalog files give this tree, the manifest included."""
    tree = _digest((path, text.encode()) for path, text in made.items())
    try:
        note = _note(output)
        note.parent.mkdir(parents=True, exist_ok=True)
        unfinished = note.with_name(f"{note.name}.{os.getpid()}")
        unfinished.write_text(f"{_inputs(files, environments)} {tree} {len(made) - 1}", encoding="utf-8")
        unfinished.replace(note)
    except (OSError, RuntimeError):
        return  # where nothing can be noted, every render is a full one


@cache
def program() -> str:
    """All code that output follows from: tocsin's own files, Python, and the libraries by version."""
    ours = [path for path in _PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    folders = [folder for folder in map(Path, sys.path) if folder.is_dir()]
    libraries = sorted(entry.name for folder in folders for entry in folder.glob("*.*-info"))
    versions = [("python", sys.version.encode()), ("libraries", "\n".join(libraries).encode())]
    return _digest([*versions, *((path.relative_to(_PACKAGE).as_posix(), path.read_bytes()) for path in ours)])


def _note(output: Path) -> Path:
    """The file about an output folder. Raises OSError where there is no place for it."""
    said = os.environ.get("TOCSIN_CACHE")
    if said == "off" or ".." in output.parts:
        raise FileNotFoundError("there is no cache")
    folder = Path(said or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache", "tocsin")).expanduser()
    return folder / sha256(os.fsencode(output.absolute())).hexdigest()


def _inputs(files: Mapping[str, bytes], environments: Sequence[str]) -> str:
    options = [("program", program().encode()), ("environments", "\n".join(environments).encode())]
    return _digest([*options, *((f"catalog/{path}", data) for path, data in files.items())])


def _tree(output: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the folder. Raises OSError where a render was interrupted."""
    root = output.absolute()
    if any(beside.name.startswith(f".{root.name}.tocsin-") for beside in root.parent.iterdir()):
        raise FileExistsError("a render was interrupted")
    yield from _files_below(root, "")


def _files_below(folder: Path, prefix: str) -> Iterator[tuple[str, bytes]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files_below(Path(entry.path), f"{prefix}{entry.name}/")
            elif entry.is_file(follow_symlinks=False):
                yield prefix + entry.name, Path(entry.path).read_bytes()
            else:
                raise FileExistsError("no render leaves that")


def _digest(parts: Iterable[tuple[str, bytes]]) -> str:
    """One digest for named pieces of data, in whatever order they come."""
    each = sorted(f"{sha256(data).hexdigest()} {name!r}" for name, data in parts)
    return sha256("\n".join(each).encode()).hexdigest()
