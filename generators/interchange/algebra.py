"""Shapes of expressions that mean the same, brought to one: what a classification has to look at is small then."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generators.interchange.query import WINDOW
from generators.promql import Aggregate, Binary, Call, Expr, Number, Selector

_ZERO, _ONE = Number(Decimal(0)), Number(Decimal(1))
_NO_LABELS: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """`sum by (by) (function(series[window]))`."""

    function: str
    series: Selector
    by: tuple[str, ...]


def read_sum(expr: Expr | None) -> Sum | None:
    """The expression as a sum over one metric's series; None for anything else."""
    match expr:
        case Aggregate("sum", Call(function, (Selector(window=window, at="") as series,)), by, "by", None):
            if window == WINDOW and series.offset == 0 and says_each_label_once(series):
                return Sum(function, Selector(series.metric, tuple(sorted(series.matchers))), tuple(sorted(by)))
    return None


def without_zeros(expr: Expr) -> Expr:
    """The expression without what stands in where it has no series: `or vector(0)`, `or total * 0`.

    For the part of a total only: there, no series and 0 are the same. A grouped sum filled with one 0 for all groups is
    left alone.
    """
    match expr:
        case Binary("or", left, Call("vector", (Number() as zero,))) if zero == _ZERO and not _groups(left):
            return without_zeros(left)
        case Binary("or", left, Binary("*", _, Number() as zero)) if zero == _ZERO:
            return without_zeros(left)
        case _:
            return expr


def difference(expr: Expr) -> tuple[Expr, Expr] | None:
    """Both sides of `a - b`, where nothing but equal labels matches them."""
    match expr:
        case Binary("-", left, right, None):
            return left, right
        case _:
            return None


def quotient(expr: Expr) -> tuple[Expr, Expr] | None:
    """Both sides of `a / b`; a denominator that has to be positive is the denominator."""
    match expr:
        case Binary("/", left, right, None):
            return left, _positive(right)
        case _:
            return None


def complement(expr: Expr) -> Expr | None:
    """`a` of `1 - a`."""
    match expr:
        case Binary("-", Number() as one, right, None) if one == _ONE:
            return right
        case _:
            return None


def per_second(expr: Expr) -> tuple[Expr, Decimal]:
    """The expression without a division by a number, and that number."""
    match expr:
        case Binary("/", left, Number(value), None):
            return left, value
        case _:
            return expr, Decimal(1)


def _positive(expr: Expr) -> Expr:
    match expr:
        case Binary(">", left, Number() as zero, None, False) if zero == _ZERO:
            return left
        case _:
            return expr


def _groups(expr: Expr) -> bool:
    return not (isinstance(expr, Aggregate) and expr.grouping == "by" and expr.labels == _NO_LABELS)


def says_each_label_once(series: Selector) -> bool:
    """Whether no label has two matchers, which the catalog can't say; and whether there is a metric at all."""
    return bool(series.metric) and len({matcher.label for matcher in series.matchers}) == len(series.matchers)
