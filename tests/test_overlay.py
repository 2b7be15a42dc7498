"""Laying catalogs over each other, as RFC 7396 says; its own examples are among the cases."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.overlay import dangling_removals, overlay, short
from generators.source import Mapping, Node, Scalar, Sequence, data, load

CASES: dict[str, tuple[str, str, Any]] = {
    "a value replaces a value": ("{a: b}", "{a: c}", {"a": "c"}),
    "a value is added": ("{a: b}", "{b: c}", {"a": "b", "b": "c"}),
    "null removes": ("{a: b}", "{a: null}", {}),
    "null removes one of several": ("{a: b, b: c}", "{a: null}", {"b": "c"}),
    "a value replaces a list": ("{a: [b]}", "{a: c}", {"a": "c"}),
    "a list replaces a value": ("{a: c}", "{a: [b]}", {"a": ["b"]}),
    "mappings merge": ("{a: {b: c}}", "{a: {b: d, c: null}}", {"a": {"b": "d", "c": None}}),
    "lists replace": ("{a: [{b: c}]}", "{a: [1]}", {"a": ["1"]}),
    "a mapping replaces a value": ("{e: x}", "{e: {a: 1}}", {"e": {"a": "1"}}),
    "the order of the base stays": ("{a: 1, b: 2}", "{c: 3, a: 4}", {"a": "4", "b": "2", "c": "3"}),
    "another kind replaces the whole": ("{x: {kind: rate, by: [a]}}", "{x: {kind: gauge}}", {"x": {"kind": "gauge"}}),
    "the same kind merges": ("{x: {kind: a, c: 1}}", "{x: {kind: a, d: 2}}", {"x": {"kind": "a", "c": "1", "d": "2"}}),
    "no kind merges": ("{x: {kind: rate, b: 1}}", "{x: {c: 2}}", {"x": {"kind": "rate", "b": "1", "c": "2"}}),
}


def node(text: str, path: str = "x.yaml") -> Node:
    return load(path, f"a: {text}".encode())[0].root.values["a"]


@pytest.mark.parametrize(("base", "patch", "result"), CASES.values(), ids=CASES)
def test_patch_laid_over_a_base(base: str, patch: str, result: object) -> None:
    assert data(overlay(node(base), node(patch))) == result


def test_neither_side_is_changed() -> None:
    base, patch = node("{a: {b: 1}}"), node("{a: {b: null, c: 2}}")
    overlay(base, patch)
    assert (data(base), data(patch)) == ({"a": {"b": "1"}}, {"a": {"b": None, "c": "2"}})


def test_each_value_keeps_the_place_where_it_was_written() -> None:
    merged = overlay(node("{b: 1, c: 2}", "base.yaml"), node("{c: 3}", "patch.yaml"))
    assert isinstance(merged, Mapping)
    assert {name: value.location.path for name, value in merged.values.items()} == {"b": "base.yaml", "c": "patch.yaml"}


REMOVALS = {
    "what is there": ("{a: 1}", "{a: null}", []),
    "what is not there": ("{disk: 1}", "{disc: null}", [('there is no "disc" here to remove', 'did you mean "disk"?')]),
    "deep down": ("{a: {b: 1}}", "{a: {c: null}}", [('there is no "c" here to remove', "what there is: b")]),
    "in something new": ("{a: 1}", "{b: {c: null}}", []),
}


@pytest.mark.parametrize(("base", "patch", "said"), REMOVALS.values(), ids=REMOVALS)
def test_null_that_removes_nothing_is_said(base: str, patch: str, said: list[tuple[str, str]]) -> None:
    assert [(d.message, d.hint) for d in dangling_removals(node(base), node(patch))] == said


names = st.text("abc", min_size=1, max_size=2)
trees: st.SearchStrategy[Any] = st.recursive(
    st.text("xyz", min_size=1, max_size=2), lambda inner: st.dictionaries(names, inner, max_size=3), max_leaves=8
)


def made(value: object) -> Node:
    mark = node("x").start
    if isinstance(value, dict):
        keys = {key: Scalar(mark, mark, key) for key in value}
        return Mapping(mark, mark, {key: made(inner) for key, inner in value.items()}, keys)
    if isinstance(value, list):
        return Sequence(mark, mark, [made(inner) for inner in value])
    return Scalar(mark, mark, None if value is None else str(value))


@given(trees, trees)
def test_same_patch_twice_is_the_patch_once(base: object, patch: object) -> None:
    once = overlay(made(base), made(patch))
    assert data(overlay(once, made(patch))) == data(once)


@given(st.dictionaries(names, trees, max_size=3))
def test_catalog_over_itself_is_itself(tree: dict[str, object]) -> None:
    assert data(overlay(made(tree), made(tree))) == tree


def test_long_value_is_shown_on_one_line() -> None:
    assert short(node("{a: [b, {c: d}], e: 'f\n\n  g'}")) == "{a: [b, {c: d}], e: f g}"
