"""Artifact, the one thing every emitter returns, and what its path may be; the one writer of JSON text."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from json import JSONEncoder
from typing import Any
from unicodedata import normalize

from generators.emit.yaml_text import number_text, yaml_text

__all__ = ["Artifact", "check_paths", "folders_of", "json_text", "yaml_text"]

_scalar = JSONEncoder(ensure_ascii=False, allow_nan=False).encode


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file to be: where it lies below the output root, with `/` between folders, and what it says."""

    path: str
    text: str


def json_text(data: Any) -> str:
    """`data` as canonical JSON: keys sorted, two blanks a level, a Decimal with just its own digits."""
    return _value(data, "\n") + "\n"


def _value(value: Any, pad: str) -> str:
    write = _WRITERS.get(type(value)) or _writer_of_a_subclass(value)
    return write(value, pad)


def _object(value: Mapping[str, Any], pad: str) -> str:
    inner = pad + "  "
    return _block("{}", [f"{_key(key)}: {_value(value[key], inner)}" for key in sorted(value)], pad)


def _array(value: Sequence[Any], pad: str) -> str:
    inner = pad + "  "
    return _block("[]", [_value(item, inner) for item in value], pad)


def _block(brackets: str, items: list[str], pad: str) -> str:
    if not items:
        return brackets
    inner = pad + "  "
    return brackets[0] + inner + f",{inner}".join(items) + pad + brackets[1]


@lru_cache(1 << 12)
def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a JSON key must be a string, not {key!r}")
    return _scalar(key)


_Writer = Callable[[Any, str], str]
_WRITERS: dict[type, _Writer] = {
    str: lambda value, _pad: _scalar(value),
    dict: _object,
    list: _array,
    bool: lambda value, _pad: "true" if value else "false",
    int: lambda value, _pad: f"{value:d}",
    Decimal: lambda value, _pad: number_text(value),
}


def _writer_of_a_subclass(value: Any) -> _Writer:
    if isinstance(value, Mapping):
        return _object
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray)):
        return _array
    return _WRITERS[Decimal if isinstance(value, Decimal) else str]


def check_paths(paths: Sequence[str]) -> None:
    """Refuse paths that can't all be written below one folder, on any file system."""
    if problems := sorted({*_repeated(paths), *_malformed(paths), *_confusable(paths)}):
        raise ValueError("artifact paths: " + "; ".join(problems))


def folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder that the paths lie in, the root itself left out."""
    folders: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in folders:
            folders.add(path)
    return folders


def _repeated(paths: Iterable[str]) -> Iterator[str]:
    yield from (f"{path!r} is there {n} times" for path, n in Counter(paths).items() if n > 1)


def _malformed(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if not path.isprintable() or {"", ".", ".."} & set(path.split("/")):
            yield f"{path!r} is not a plain relative path"


def _confusable(paths: Iterable[str]) -> Iterator[str]:
    """A file that is a folder too, and names that are one where case or a way to write accents is nothing."""
    files, folders = set(paths), folders_of(paths)
    yield from (f"{path!r} is both a file and a folder" for path in folders & files)
    spelled: dict[str, str] = {}
    for path in sorted(folders | files):
        first = spelled.setdefault(normalize("NFC", path).casefold(), path)
        if first != path:
            yield f"{first!r} and {path!r} are one name on some file systems"
