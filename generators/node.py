"""Values of a catalog file with their places: what YAML is read into, and everything is pointed at by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from generators.diagnostics import Location

Route = tuple[str | int, ...]


@dataclass(slots=True)
class Node:
    """A value and its place: the YAML reader's marks. `size` and `height` say how much is inside, and how deep."""

    start: Any
    end: Any
    size: int = field(default=1, init=False)
    height: int = field(default=0, init=False)

    @property
    def location(self) -> Location:
        return marked(self.start, self.end)


@dataclass(slots=True)
class Scalar(Node):
    """Text as written; None is an empty or null value."""

    text: str | None


@dataclass(slots=True)
class Sequence(Node):
    """A list."""

    items: list[Node]


@dataclass(slots=True)
class Mapping(Node):
    """A mapping; `keys` remembers where each key stands."""

    values: dict[str, Node]
    keys: dict[str, Scalar]


def data(node: Node) -> Any:
    """The plain value of a node: dicts, lists, text and None."""
    if isinstance(node, Mapping):
        return {key: data(value) for key, value in node.values.items()}
    if isinstance(node, Sequence):
        return [data(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text


def locate(node: Node, route: Route, *, key: bool = False) -> Location:
    """Where the value at `route` stands; the deepest part of the route that the file has.

    With `key`, the place of the last key itself. Steps that the file does not have (a union's tag) are skipped.
    """
    place = node
    for step in route:
        below = child(node, step)
        if below is not None:
            place = node.keys[str(step)] if key and isinstance(node, Mapping) else below
            node = below
    return place.location


def child(node: Node | None, step: str | int) -> Node | None:
    """The node below a step, or None."""
    if isinstance(node, Mapping):
        return node.values.get(str(step))
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def marked(start: Any, end: Any) -> Location:
    """The place between two marks of the YAML reader."""
    length = end.column - start.column if end.line == start.line else 1
    return Location(start.name, start.line + 1, start.column + 1, max(1, length))
