"""The words that the rest of the code builds PromQL with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter

from generators.promql.nodes import (
    Aggregate,
    Binary,
    Call,
    Expr,
    Matcher,
    Matching,
    MatchOp,
    Negative,
    Number,
    Operand,
    Selector,
    String,
    Subquery,
    children,
    lift,
    walk,
)
from generators.promql.render import layout, render
from generators.units import Duration

__all__ = [
    "Aggregate",
    "Binary",
    "Call",
    "Expr",
    "MatchOp",
    "Matcher",
    "Matching",
    "Negative",
    "Number",
    "Operand",
    "Selector",
    "String",
    "Subquery",
    "absent",
    "aggregate",
    "call",
    "children",
    "fill",
    "increase",
    "layout",
    "lift",
    "metric",
    "on",
    "over_time",
    "positive",
    "ranged",
    "rate",
    "render",
    "sum_by",
    "walk",
]


_SORTED_BY = attrgetter("label", "op", "value")  # as matchers compare, only quicker


def metric(name: str, matchers: Iterable[Matcher] = (), /, **equal: str) -> Selector:
    """Series by name; matchers are sorted, so that equal selections print alike."""
    literal = (_literal(label, value) for label, value in equal.items())
    return Selector(name, tuple(sorted((*matchers, *literal), key=_SORTED_BY)))


@lru_cache(1 << 12)
def _literal(label: str, value: str) -> Matcher:
    return Matcher(label, MatchOp.EQUAL, value)


def call(function: str, *arguments: Operand) -> Call:
    """A function of these arguments."""
    return Call(function, tuple(lift(a) for a in arguments))


def rate(series: Selector, window: Duration) -> Call:
    """Per-second rate of a counter over the window."""
    return call("rate", replace(series, window=window))


def increase(series: Selector, window: Duration) -> Call:
    """How much a counter grew over the window (extrapolated, so not a whole number)."""
    return call("increase", replace(series, window=window))


def ranged(of: Expr, window: Duration, step: Duration | None = None) -> Expr:
    """A selector's samples over the window; of other expressions, or with a step, a subquery."""
    return replace(of, window=window) if isinstance(of, Selector) and step is None else Subquery(of, window, step)


def over_time(function: str, of: Expr, window: Duration, step: Duration | None = None) -> Call:
    """`<function>_over_time` of a range or a subquery."""
    return call(f"{function}_over_time", ranged(of, window, step))


def aggregate(operator: str, of: Expr, by: Iterable[str] = ()) -> Aggregate:
    """`<operator> by (labels) (of)`, labels sorted."""
    return Aggregate(operator, of, tuple(sorted(by)))


def sum_by(of: Expr, by: Iterable[str] = ()) -> Aggregate:
    """`sum by (labels) (of)`."""
    return aggregate("sum", of, by)


def positive(of: Expr) -> Binary:
    """`of > 0`: a denominator that is zero gives no result instead of NaN or infinity."""
    return of > 0


def absent(of: Expr) -> Call:
    """1 where the expression has no series at all."""
    return call("absent", of)


def fill(of: Expr, zero_like: Expr) -> Binary:
    """`of`, and 0 for those series of `zero_like` that `of` lacks."""
    return of | (zero_like * Decimal(0))


def on(binary: Binary, *labels: str, group: str = "", include: Iterable[str] = ()) -> Binary:
    """The binary expression with its sides matched on these labels alone."""
    matching = Matching("on", tuple(sorted(labels)), group, tuple(sorted(include)))  # type: ignore[arg-type]
    return replace(binary, matching=matching)
