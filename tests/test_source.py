"""Reading YAML: what values become, and where they stand."""

from __future__ import annotations

from typing import Any

import pytest

from generators.diagnostics import CatalogError, Location
from generators.source import Document, data, load, locate


def read(text: str, path: str = "x.yaml") -> list[Document]:
    return load(path, text.encode())


VALUES: dict[str, tuple[str, Any]] = {
    "text": ("a: b c", "b c"),
    "a number is the text that was written": ("a: 0x10", "0x10"),
    "a switch is the text that was written": ("a: on", "on"),
    "a time is the text that was written": ("a: 09:00", "09:00"),
    "a date is the text that was written": ("a: 2026-12-31", "2026-12-31"),
    "an exponent is the text that was written": ("a: 1e3", "1e3"),
    "nothing is null": ("a:", None),
    "a tilde is null": ("a: ~", None),
    "null is null": ("a: null", None),
    "quoted null is text": ("a: 'null'", "null"),
    "quoted nothing is text": ('a: ""', ""),
    "a block keeps its lines": ("a: |\n  b\n  c\n", "b\nc\n"),
    "a folded block is one line": ("a: >-\n  b\n  c\n", "b c"),
    "a list": ("a: [b, 1, null]", ["b", "1", None]),
    "a mapping keeps its order": ("a: {z: 1, b: 2}", {"z": "1", "b": "2"}),
    "an alias is what its anchor says": ("a: [&x {b: c}, *x]", [{"b": "c"}, {"b": "c"}]),
}


@pytest.mark.parametrize(("text", "value"), VALUES.values(), ids=VALUES)
def test_value_is_read(text: str, value: object) -> None:
    assert data(read(text)[0].root) == {"a": value}


def test_documents_of_a_file_know_their_kind() -> None:
    assert [d.kind for d in read("team: a\n---\nservice: b\ntitle: B\n")] == ["team", "service"]


def test_anchor_of_another_document_is_unknown() -> None:
    with pytest.raises(CatalogError, match="no anchor &x above this line"):
        read("team: &x a\n---\nservice: *x\n")


def test_page_is_its_front_matter_and_the_text_below() -> None:
    page = read("---\nplaybook: a\n---\n\n# Title\n\n---\nmore\n", "x.md")[0]
    assert (page.kind, page.body) == ("playbook", "# Title\n\n---\nmore\n")


TEXT = "service: a\nsignals:\n  x: {kind: rate, by: [p, qq]}\n"
PLACES = {
    "a value": (("service",), False, Location("x.yaml", 1, 10, 1)),
    "a key": (("signals", "x"), True, Location("x.yaml", 3, 3, 1)),
    "an item of a list": (("signals", "x", "by", 1), False, Location("x.yaml", 3, 27, 2)),
    "a mapping": (("signals", "x"), False, Location("x.yaml", 3, 6, 1)),
    "what is not there: the deepest thing that is": (("signals", "x", "window"), False, Location("x.yaml", 3, 6, 1)),
    "a step that nobody wrote is skipped": (("signals", "rate", "x", "kind"), False, Location("x.yaml", 3, 13, 4)),
    "an item beyond the end of a list": (("signals", "x", "by", 9), False, Location("x.yaml", 3, 23, 1)),
}


@pytest.mark.parametrize(("route", "key", "place"), PLACES.values(), ids=PLACES)
def test_place_is_where_it_was_typed(route: tuple[str | int, ...], key: bool, place: Location) -> None:
    assert locate(read(TEXT)[0].root, route, key=key) == place


def test_lines_of_front_matter_are_those_of_the_file() -> None:
    page = read("---\nplaybook: a\ntitle: B\n---\nx\n", "x.md")[0]
    assert locate(page.root, ("title",)).line == 3


def test_columns_count_characters() -> None:
    assert locate(read("a: {é🔥: x}")[0].root, ("a", "é🔥")).column == 9
