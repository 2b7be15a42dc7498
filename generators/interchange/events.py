"""The `events` signal: another tool's queries as they stand, their window made a range of one length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generators.interchange.classify import counted_of
from generators.interchange.objective import Counted, Indicator, Share
from generators.interchange.query import WINDOW, free_window, ranges
from generators.interchange.shape import Classified
from generators.interchange.usage import usages
from generators.promql import Aggregate, Binary, Call, Expr, Selector, layout, walk
from generators.promql.functions import result_type
from generators.promql.labels import kept_labels
from generators.signals.expression import stretched
from generators.units import Duration

_COUNTS = frozenset(("increase", "delta", "sum_over_time", "count_over_time"))
_USUAL = Duration.parse("5m")


def events_signal(indicator: Counted | Share, is_timed: bool = False) -> Classified:
    """The signal; with `is_timed` each moment weighs the same. Raises ValueError for what no rule can record."""
    found = _expressions(indicator if is_timed else _divided(indicator))
    for name, expr in found.items():
        _refuse(name, expr)
        if name != "ratio" and WINDOW not in ranges(expr):
            raise ValueError(f"the {name} query has no {{{{.window}}}}, so it can't be read over other windows")
    length, window = _lengths(tuple(found.values()), is_timed)
    told: dict[str, Any] = {name: layout(stretched(expr, WINDOW, length)) for name, expr in found.items()}
    if window != _USUAL:
        told["window"] = str(window)
    kept = kept_labels(next(reversed(found.values())))
    by = {"by": sorted(kept)} if kept else {}
    per = {"per": "window"} if "ratio" not in found and any(map(_counts, found.values())) else {}
    used = tuple(usage for expr in found.values() for usage in usages(expr))
    return Classified({"kind": "events", **told, **per, **by}, used, names_bad=True)


def _counts(expr: Expr) -> bool:
    """Whether the expression is a number of events of the window, rather than a rate of them."""
    return any(isinstance(node, Call) and node.function in _COUNTS for node in walk(expr))


def _lengths(exprs: tuple[Expr, ...], is_timed: bool) -> tuple[Duration, Duration]:
    """What the window is in the expressions, and the `window` of the signal.

    They differ where each moment counts the same: ranges of another length are not stretched, so the share is averaged.
    """
    first = free_window(ranges(*exprs))
    return first, free_window([first, *ranges(*exprs)]) if is_timed else first


def keeps_unknown_labels(indicator: Indicator) -> bool:
    """Whether nobody can tell from the expression which labels it keeps."""
    return isinstance(indicator, Counted | Share) and any(
        kept_labels(expr) is None for expr in _expressions(indicator).values()
    )


def _divided(indicator: Counted | Share) -> Counted | Share:
    """Both sides of a share that is a division of two growths: they can be added up over time."""
    counted = counted_of(indicator) if isinstance(indicator, Share) else None
    sides = () if counted is None else (counted.total, counted.bad or counted.good)
    return counted if counted and all(side is not None and _grows(side) for side in sides) else indicator


def _grows(expr: Expr) -> bool:
    """Whether the expression is a sum of growths, of which longer windows have more."""
    match expr:
        case Aggregate("sum", Call("rate" | "increase" | "sum_over_time" | "count_over_time", _)):
            return WINDOW in ranges(expr)
        case Binary("+" | "-", left, right, None):
            return _grows(left) and _grows(right)
        case _:
            return False


def _expressions(indicator: Counted | Share) -> dict[str, Expr]:
    if isinstance(indicator, Share):
        return {"ratio": indicator.bad}
    part = {"good": indicator.good} if indicator.bad is None else {"bad": indicator.bad}
    return {**{name: expr for name, expr in part.items() if expr is not None}, "total": indicator.total}


def _refuse(name: str, expr: Expr) -> None:
    if (kind := result_type(expr)) != "vector":
        raise ValueError(f"the {name} query is a {kind}, and a rule records vectors")
    if not any(_selectors(expr)):
        raise ValueError(f"the {name} query reads no metric")
    if nameless := next((s for s in _selectors(expr) if not s.metric), None):
        labels = ", ".join(matcher.label for matcher in nameless.matchers)
        raise ValueError(f"the {name} query chooses series by {labels} without naming a metric")


def _selectors(expr: Expr) -> Iterator[Selector]:
    return (node for node in walk(expr) if isinstance(node, Selector))
