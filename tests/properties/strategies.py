"""Random values of the language: PromQL expressions that are well typed, and arithmetic on numbers."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Literal

from hypothesis import strategies as st

from generators.promql import (
    Aggregate,
    Binary,
    Call,
    Expr,
    Matcher,
    Matching,
    MatchOp,
    Negative,
    Number,
    Selector,
    String,
    Subquery,
)
from generators.units import Duration

ARITHMETIC = ("+", "-", "*", "/", "%", "^", "atan2")
COMPARISONS = ("==", "!=", ">", ">=", "<", "<=")
KINDS: tuple[Literal["on", "ignoring"], ...] = ("on", "ignoring")
GROUPS: tuple[Literal["", "group_left", "group_right"], ...] = ("", "group_left", "group_right")
SETS = ("and", "or", "unless")
LABELS = ("job", "instance", "le", "code", "by", "on")
_VECTOR_FUNCTIONS = ("abs", "ceil", "absent", "exp", "sgn", "sort_desc", "timestamp", "day_of_week", "round")
_RANGE_FUNCTIONS = (
    "rate",
    "increase",
    "avg_over_time",
    "max_over_time",
    "deriv",
    "absent_over_time",
    "changes",
)
_AGGREGATIONS = ("sum", "avg", "min", "max", "count", "group", "stddev")

# The library reads numbers as floats, so only what a float holds comes back digit by digit.
numbers = st.floats().map(lambda value: Number(Decimal(repr(value))))
strings = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
labels = st.lists(st.sampled_from(LABELS), unique=True, max_size=3).map(tuple)
durations = st.one_of(
    st.sampled_from(("1ms", "30s", "5m", "1h30m", "30d")).map(Duration.parse),
    st.integers(1, 10**9).map(lambda ms: Duration(Decimal(ms) / 1000)),
)
offsets = st.one_of(st.just(Decimal(0)), st.integers(-(10**8), 10**8).map(lambda ms: Decimal(ms) / 1000))
instants = st.sampled_from(("", "", "", "start()", "end()", "0", "1700000000", "1.5"))
matchers = st.one_of(
    st.builds(Matcher, st.sampled_from(LABELS), st.sampled_from((MatchOp.EQUAL, MatchOp.NOT_EQUAL)), strings),
    st.builds(
        Matcher,
        st.sampled_from(LABELS),
        st.sampled_from((MatchOp.REGEX, MatchOp.NOT_REGEX)),
        st.sampled_from(("5..", "a|b", ".*", r"\d+\.\d", "[^/]+", "")),
    ),
)
NO_WINDOW: st.SearchStrategy[Duration | None] = st.none()
_names = st.from_regex(r"[a-z_:][a-z0-9_:]{0,4}_total", fullmatch=True)


@st.composite
def selectors(draw: st.DrawFn, window: st.SearchStrategy[Duration | None] = NO_WINDOW) -> Selector:
    """Series by name and labels, or by labels alone."""
    name = draw(st.one_of(_names, st.just("")))
    conditions = tuple(draw(st.lists(matchers, max_size=3)))
    if not name:
        conditions += (Matcher("__name__", MatchOp.REGEX, "node_.+"),)
    return Selector(name, conditions, draw(window), draw(offsets), draw(instants))


@cache
def scalars(depth: int) -> st.SearchStrategy[Expr]:
    """Expressions that are one number."""
    if not depth:
        return st.one_of(numbers, st.just(Call("time")))
    return st.one_of(
        numbers,
        arithmetic(scalars(depth - 1)),
        vectors(depth - 1).map(lambda of: Call("scalar", (of,))),
    )


def arithmetic(operand: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    """Two numbers and an operator, or a number with a minus."""
    return st.one_of(
        st.builds(Binary, st.sampled_from(ARITHMETIC), operand, operand),
        st.builds(Binary, st.sampled_from(COMPARISONS), operand, operand, st.none(), st.just(True)),
        operand.map(negative),
    )


def negative(of: Expr) -> Expr:
    """The expression with a minus, which is one with the number if it is a number."""
    return Number(-of.value) if isinstance(of, Number) else Negative(of)


@cache
def vectors(depth: int) -> st.SearchStrategy[Expr]:
    """Expressions that are a set of series."""
    if not depth:
        return selectors()
    below, number = vectors(depth - 1), scalars(depth - 1)
    return st.one_of(
        selectors(),
        st.builds(Negative, below),
        st.builds(lambda name, of: Call(name, (of,)), st.sampled_from(_VECTOR_FUNCTIONS), below),
        st.builds(lambda name, of: Call(name, (of,)), st.sampled_from(_RANGE_FUNCTIONS), ranges(depth - 1)),
        st.builds(lambda of, low, high: Call("clamp", (of, low, high)), below, number, number),
        st.builds(lambda of, *text: Call("label_replace", (of, *map(String, text))), below, *[strings] * 4),
        _aggregates(below, number),
        *_binaries(below, number),
    )


@cache
def ranges(depth: int) -> st.SearchStrategy[Expr]:
    """Expressions that are samples over a time."""
    steps = st.one_of(st.none(), durations)
    return st.one_of(selectors(durations), st.builds(Subquery, vectors(depth), durations, steps, offsets, instants))


def _aggregates(of: st.SearchStrategy[Expr], number: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    grouping = st.sampled_from(("by", "without"))
    return st.one_of(
        st.builds(Aggregate, st.sampled_from(_AGGREGATIONS), of, labels, grouping),
        st.builds(Aggregate, st.sampled_from(("topk", "bottomk", "quantile")), of, labels, grouping, number),
        st.builds(Aggregate, st.just("count_values"), of, labels, grouping, strings.map(String)),
    )


def _binaries(vector: st.SearchStrategy[Expr], number: st.SearchStrategy[Expr]) -> tuple[st.SearchStrategy[Expr], ...]:
    sets = st.none() | st.builds(Matching, st.sampled_from(KINDS), labels)
    match, sign, compare = matchings(), st.sampled_from(ARITHMETIC), st.sampled_from(COMPARISONS)
    return (
        st.builds(Binary, sign, vector, vector, match),
        st.builds(Binary, sign, vector, number) | st.builds(Binary, sign, number, vector),
        st.builds(Binary, compare, vector, vector, match, st.booleans()),
        st.builds(Binary, compare, vector, number, st.none(), st.booleans()),
        st.builds(Binary, st.sampled_from(SETS), vector, vector, sets),
    )


@st.composite
def matchings(draw: st.DrawFn) -> Matching | None:
    """How two vectors meet; a label that is matched on is never taken over."""
    if draw(st.booleans()):
        return None
    kind = draw(st.sampled_from(KINDS))
    group = draw(st.sampled_from(GROUPS))
    matched = draw(labels)
    include = tuple(label for label in draw(labels) if label not in matched) if group else ()
    return Matching(kind, matched, group, include)


expressions = st.integers(0, 2).flatmap(lambda depth: scalars(depth) | vectors(depth))
