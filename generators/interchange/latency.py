"""Latencies in other tools' queries: events beside the bucket of a classic histogram, or a native one's fraction."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from generators.interchange.algebra import Sum, complement, difference, read_sum
from generators.interchange.bucket import bound_of
from generators.interchange.objective import Counted, Indicator, Share
from generators.interchange.shape import GROWTH, Classified, Events, by, reference, sayable, usage
from generators.interchange.usage import Usage
from generators.inventory import MetricType
from generators.promql import Binary, Call, Expr, Number, Selector
from generators.scalar import decimal_text

_QUANTITIES = {"seconds": "s", "milliseconds": "ms", "bytes": "B", "number": ""}
_BUCKET, _COUNT = "_bucket", "_count"


def classic(events: Events) -> Classified | None:
    """A latency whose good events are in one bucket, of all that are counted."""
    fast, total = events.part, events.total
    if events.is_bad or {fast.function, total.function} - GROWTH or fast.function != total.function:
        return None
    bound, base = bound_of(fast.series), fast.series.metric.removesuffix(_BUCKET)
    rest = _without_le(fast)
    if bound is None or not bound.is_finite() or base == fast.series.metric or not _counts_all(total, base, rest):
        return None
    return _latency(replace(rest, series=replace(rest.series, metric=base)), MetricType.HISTOGRAM, bound)


def native(indicator: Indicator) -> Classified | None:
    """A latency whose share of good events is told by a native histogram."""
    match indicator:
        case Share(bad):
            return _fraction(complement(bad))
        case Counted(total=total, good=Binary("*", share, other)) if other == total:
            return _fraction(share)
        case Counted(total=total, bad=bad) if bad is not None:
            sides = difference(bad)
            slow = sides is not None and sides[0] == total and native(Counted(total, good=sides[1]))
            return slow or None
        case _:
            return None


def _fraction(expr: Expr | None) -> Classified | None:
    match expr:
        case Call("histogram_fraction", (Number(low), Number(bound), durations)) if low == 0 and bound.is_finite():
            found = read_sum(durations)
            if found and found.function in GROWTH and sayable(found):
                return _latency(found, MetricType.NATIVE_HISTOGRAM, bound)
    return None


def _latency(one: Sum, kind: MetricType, bound: Decimal) -> Classified | None:
    used: Usage = replace(usage(one, kind), buckets=frozenset((bound,) if kind is MetricType.HISTOGRAM else ()))
    if used.unit not in _QUANTITIES:
        return None
    signal = {"kind": "latency", "histogram": reference(one), **by(one)}
    return Classified(signal, (used,), under=quantity(bound, used.unit))


def quantity(value: Decimal, unit: str) -> str | None:
    """The value with its unit, as the catalog writes it; None for units that it has no sign for."""
    sign = _QUANTITIES.get(unit)
    return None if sign is None else f"{decimal_text(value)}{sign}"


def _without_le(one: Sum) -> Sum:
    rest = tuple(matcher for matcher in one.series.matchers if matcher.label != "le")
    return replace(one, series=replace(one.series, matchers=rest))


def _counts_all(total: Sum, base: str, rest: Sum) -> bool:
    """Whether the total is all events of the histogram, selected in the same way."""
    if total.series == Selector(f"{base}{_COUNT}", rest.series.matchers):
        return True
    everything = bound_of(total.series)
    return everything is not None and everything.is_infinite() and _without_le(total).series == rest.series
