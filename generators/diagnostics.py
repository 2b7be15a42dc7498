"""What is said about a catalog: a problem, its place, and the way out. One renderer draws them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

_WIDEST = 160
_LISTED = 12
Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file, counted from 1; `length` columns are underlined."""

    path: str
    line: int = 1
    column: int = 1
    length: int = 1


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem. `code` is stable; a warning stops nothing.

    `detail` is further lines (an expression, say); `subject` is what it is about (`gateway.slow`), for exceptions.
    """

    code: str
    message: str
    location: Location | None = None
    hint: str = ""
    detail: str = ""
    level: Level = "error"
    subject: str = ""


class CatalogError(Exception):
    """The catalog cannot be compiled. Carries every problem of the stage that found them."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(set(diagnostics), key=by_place))
        super().__init__("; ".join(d.message for d in self.diagnostics))


def refuse(diagnostics: Iterable[Diagnostic]) -> None:
    """Raise CatalogError if there is anything to say."""
    if found := list(diagnostics):
        raise CatalogError(found)


def refusal(code: str, message: str, place: Location, hint: str = "") -> CatalogError:
    """The error that says one thing."""
    return CatalogError([Diagnostic(code, message, place, hint)])


def did_you_mean(wrong: str, known: Iterable[str], listing: str = "") -> str:
    """The hint for a name that nothing has: the nearest one, or the list of what there is."""
    names = sorted(set(known))
    if near := get_close_matches(wrong, names, n=1, cutoff=0.6):
        return f'did you mean "{near[0]}"?'
    if not names:
        return f"there are no {listing} yet" if listing else ""
    shown = ", ".join(names[:_LISTED]) + (", ..." if len(names) > _LISTED else "")
    return f"{listing or 'known'}: {shown}"


def render(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str]) -> str:
    """The diagnostics as people read them: place and message, the source line, a caret, a hint."""
    return "\n\n".join(_draw(d, texts) for d in diagnostics)


def _draw(found: Diagnostic, texts: Mapping[str, str]) -> str:
    level = "warning: " if found.level == "warning" else ""
    lines = [f"{level}{found.message} ({found.code})"]
    if place := found.location:
        lines[0] = f"{place.path}:{place.line}:{place.column}: {lines[0]}"
        lines += _excerpt(place, texts.get(place.path, ""))
    lines += [f"  {line}" for line in found.detail.splitlines()]
    lines += [f"  hint: {found.hint}"] if found.hint else []
    return "\n".join(lines)


def _excerpt(place: Location, text: str) -> list[str]:
    source = text.split("\n")
    if place.line > len(source) or not source[place.line - 1].strip():
        return []
    line = source[place.line - 1].rstrip("\r")
    first = max(0, place.column - 1 - _WIDEST // 2) if len(line) > _WIDEST else 0
    line = line[first : first + _WIDEST]
    start = place.column - 1 - first
    width = max(1, min(place.length, len(line) - start))
    margin = "".join(c if c == "\t" else " " for c in line[:start])
    return [f"{place.line:>5} | {line}", f"      | {margin}{'^' * width}"]


def by_place(found: Diagnostic) -> tuple[bool, Location, str, str]:
    """What diagnostics are sorted by."""
    return (found.location is None, found.location or Location(""), found.code, found.message)
