"""How a query without a word for "over this window" is read over windows: OpenSLO's queries are free of any vendor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from generators.interchange.algebra import complement
from generators.interchange.objective import Counted, Indicator, Share, Value
from generators.interchange.query import WINDOW, ranges
from generators.promql import Aggregate, Expr, Number, Selector, call, over_time, ranged, sum_by, walk
from generators.promql.rewrite import rewrite
from generators.signals.expression import stretched
from generators.units import Duration

_USUAL = Duration.parse("5m")
_STRETCHED = "its range of {} stands for the window, and is stretched to each"
_ONE = Number(Decimal(1))
_COUNTERS = ("_total", "_count", "_bucket")


@dataclass(frozen=True, slots=True)
class Windowed:
    """An indicator whose ranges are `WINDOW`, and what was decided for that."""

    indicator: Indicator
    decided: str = ""
    is_timed: bool = False


def counted(part: Expr, total: Expr, is_bad: bool, is_counter: bool) -> Windowed:
    """Good or bad events, and all of them."""
    found = set(ranges(part, total))
    if WINDOW in found:
        return Windowed(_counted(part, total, is_bad))
    if not found:
        grow, how = (_rate, "rate(...)") if is_counter or _are_counters(part, total) else (_added, "sum_over_time(...)")
        decided = f"the query has no range; it is read as {how} over each window"
        return Windowed(_counted(_ranged(part, grow), _ranged(total, grow), is_bad), decided)
    if len(found) == 1:
        fixed = found.pop()
        part, total = stretched(part, fixed, WINDOW), stretched(total, fixed, WINDOW)
        return Windowed(_counted(part, total, is_bad), _STRETCHED.format(fixed))
    share = part / total if is_bad else _ONE - part / total
    lengths = ", ".join(map(str, sorted(found)))
    decided = f"its ranges ({lengths}) are kept as they are, so the share is averaged over time"
    return Windowed(Share(share), decided, is_timed=True)


def shared(expr: Expr, is_bad: bool) -> Windowed:
    """The share of bad or of good events, ready made."""
    bad = expr if is_bad else _complemented(expr)
    found = set(ranges(expr))
    if WINDOW in found:
        return Windowed(Share(bad))
    if len(found) == 1:
        fixed = found.pop()
        return Windowed(Share(stretched(bad, fixed, WINDOW)), _STRETCHED.format(fixed))
    return Windowed(Share(bad), "it has no range that could be the window, so the share is averaged over time", True)


def timed(of: Windowed) -> Windowed:
    """The same with every moment weighing the same, however many events it has."""
    match of.indicator:
        case Counted(total=total, bad=None, good=good) if good is not None:
            return Windowed(Share(_ONE - good / total), of.decided, is_timed=True)
        case Counted(total=total, bad=bad) if bad is not None:
            return Windowed(Share(bad / total), of.decided, is_timed=True)
        case _:
            return Windowed(of.indicator, of.decided, is_timed=True)


def valued(expr: Expr) -> Windowed:
    """A value; what range it has stays."""
    if WINDOW not in ranges(expr):
        return Windowed(Value(expr))
    return Windowed(Value(stretched(expr, WINDOW, _USUAL)), f"the window of its query is {_USUAL}")


def _counted(part: Expr, total: Expr, is_bad: bool) -> Counted:
    return Counted(total, bad=part) if is_bad else Counted(total, good=part)


def _complemented(expr: Expr) -> Expr:
    other = complement(expr)
    return _ONE - expr if other is None else other


def _are_counters(*exprs: Expr) -> bool:
    series = (node for expr in exprs for node in walk(expr) if isinstance(node, Selector))
    return all(one.metric.endswith(_COUNTERS) for one in series)


def _ranged(expr: Expr, grow: Callable[[Selector], Expr]) -> Expr:
    """Each series of the expression over the window; series that nothing adds up are summed."""
    grown = rewrite(expr, lambda node: grow(node) if isinstance(node, Selector) else node)
    return grown if isinstance(expr, Aggregate) else sum_by(grown)


def _rate(series: Selector) -> Expr:
    return call("rate", ranged(series, WINDOW))


def _added(series: Selector) -> Expr:
    return over_time("sum", series, WINDOW)
