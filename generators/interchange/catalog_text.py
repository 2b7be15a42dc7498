"""The only place that writes catalog documents with comments: what is not carried over stands where it would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from generators.emit.yaml_text import yaml_text

_WIDTH = 118


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value: plain data, or entries. One that is `off` is written as a comment."""

    key: str
    value: Any
    comments: tuple[str, ...] = ()
    off: bool = False


def document(entries: Iterable[Entry], comments: Iterable[str] = ()) -> str:
    """One YAML document."""
    lines = [*_comments(comments, ""), *(line for entry in entries for line in _written(entry, ""))]
    return "\n".join(lines) + "\n"


def _written(entry: Entry, indent: str) -> Iterator[str]:
    yield from _comments(entry.comments, indent)
    lines = list(_plain(entry, indent))
    inner = entry.value if _is_entries(entry.value) else ()
    off = entry.off or (inner and all(one.off for one in inner))
    yield from (_as_comment(line, indent) if off and not line.lstrip().startswith("#") else line for line in lines)


def _plain(entry: Entry, indent: str) -> Iterator[str]:
    if _is_entries(entry.value):
        yield f"{indent}{entry.key}:"
        for one in entry.value:
            yield from _written(one, f"{indent}  ")
        return
    for line in yaml_text({entry.key: entry.value}).splitlines():
        yield f"{indent}{line}" if line else ""


def _is_entries(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(one, Entry) for one in value)


def _comments(comments: Iterable[str], indent: str) -> Iterator[str]:
    for comment in comments:
        for number, line in enumerate(wrap(comment, _WIDTH - len(indent) - 4, break_on_hyphens=False)):
            yield f"{indent}# {'  ' if number else ''}{line}"


def _as_comment(line: str, indent: str) -> str:
    return f"{indent}# {line.removeprefix(indent)}".rstrip()
