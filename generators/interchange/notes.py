"""What of a source file has no equivalent: for each key of a format its fate, and the notes that follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generators.diagnostics import Location
from generators.source import Mapping as MappingNode
from generators.source import Node, Route, Scalar, Sequence

CARRIED = ""
"""The fate of a key whose meaning is carried over."""
Fates = Mapping[str, str]
"""By pattern of a key (`slos * labels`, all below it included): why it has no equivalent, or `CARRIED`.

The longest pattern that fits decides. A reason that starts with `{value}: ` shows the value; others don't, as it may be
a secret.
"""
_SHOWS_VALUE = "{value}: "
_UNKNOWN_FATE = "tocsin has nothing like it"
_LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """Something that is not carried over, and why."""

    place: Location
    key: str
    why: str
    value: str = ""

    def __str__(self) -> str:
        value = f' "{self.value}"' if self.value else ""
        return f"{self.place.path}:{self.place.line} {self.key}{value}: {self.why}"


@dataclass(frozen=True, slots=True)
class Remark:
    """A note and the route of what it is about, by which it finds the SLO that it belongs to."""

    route: Route
    note: Note


def remarks(root: Node, fates: Fates, base: Route = ()) -> Iterator[Remark]:
    """What the fates of all values below a node say of them; `base` is the route that the patterns start at."""
    table = {tuple(pattern.split()): why for pattern, why in fates.items()}
    for route, leaf in _leaves(root, base):
        why = _fate(route, table)
        if why != CARRIED:
            value = _shown(leaf) if why.startswith(_SHOWS_VALUE) else ""
            yield Remark(route, Note(leaf.location, dotted(route), why.removeprefix(_SHOWS_VALUE), value))


def dotted(route: Route) -> str:
    """A route as people write it: `slos[0].alerting.name`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in route)
    return "".join(steps).removeprefix(".")


def _leaves(node: Node, route: Route) -> Iterator[tuple[Route, Scalar]]:
    """Every value below a node; what is empty says nothing."""
    if isinstance(node, MappingNode):
        for key, below in node.values.items():
            yield from _leaves(below, (*route, key))
    elif isinstance(node, Sequence):
        for index, below in enumerate(node.items):
            yield from _leaves(below, (*route, index))
    elif isinstance(node, Scalar) and node.text is not None:
        yield route, node


def _fate(route: Route, table: Mapping[tuple[str, ...], str]) -> str:
    found = [pattern for pattern in table if _fits(pattern, route)]
    return table[max(found, key=lambda pattern: (len(pattern), pattern.count("*") * -1))] if found else _UNKNOWN_FATE


def _fits(pattern: tuple[str, ...], route: Route) -> bool:
    return len(pattern) <= len(route) and all(p in ("*", str(step)) for p, step in zip(pattern, route, strict=False))


def _shown(leaf: Scalar) -> str:
    text = " ".join((leaf.text or "").split())
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}..."
