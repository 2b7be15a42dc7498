"""Where in a text of a catalog file a problem stands, when the value is an expression with a place of its own."""

from __future__ import annotations

from generators.diagnostics import Location
from generators.promql.complaint import PromqlError
from generators.source import Node, Route, Scalar, child


def pointed(node: Node, route: Route, error: PromqlError) -> tuple[Location, str]:
    """The place of the problem, and the drawn text where that is only the start of an expression of several lines."""
    scalar: Node | None = node
    for step in route:
        scalar = child(scalar, step)
    assert isinstance(scalar, Scalar)
    text, place = scalar.text or "", scalar.location
    quotes = place.length - len(text)  # 0 for plain text, 2 for quoted text without escapes
    if quotes in (0, 2) and "\n" not in text:
        return Location(place.path, place.line, place.column + quotes // 2 + error.offset), ""
    return place, _drawn(text, error.offset)


def _drawn(text: str, offset: int) -> str:
    """The text with a caret under the character at the offset."""
    before, after = text[:offset], text[offset:]
    rest = after.split("\n", 1)
    column = len(before) - before.rfind("\n") - 1
    return "\n".join([before + rest[0], " " * column + "^", *rest[1:]])
