"""How expressions use metrics, and what that tells of each: type, unit, labels and buckets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from generators.interchange.bucket import bound_of
from generators.inventory import MetricType
from generators.promql import Aggregate, Call, Expr, Selector, children

_COUNTING = frozenset(("rate", "increase", "irate", "resets"))
_UNITS = {
    "seconds": "seconds",
    "milliseconds": "milliseconds",
    "ms": "milliseconds",
    "microseconds": "microseconds",
    "bytes": "bytes",
    "ratio": "ratio",
    "percent": "percent",
    "celsius": "celsius",
    "timestamp": "timestamp",
}
_PARTS = ("total", "count", "sum", "bucket", "created", "info")
_OF_EVENTS = {MetricType.COUNTER: "events"}


@dataclass(frozen=True, slots=True)
class Usage:
    """A metric as one expression uses it."""

    metric: str
    type: MetricType
    labels: frozenset[str] = frozenset()
    buckets: frozenset[Decimal] = frozenset()

    @property
    def unit(self) -> str:
        """What it is measured in, by its name."""
        words = [word for word in self.metric.split("_") if word not in _PARTS]
        counted = self.type is MetricType.COUNTER and self.metric.endswith(("_count", "_bucket"))
        known = _UNITS.get(words[-1]) if words and not counted else None
        return known or _OF_EVENTS.get(self.type, "number")


def usages(expr: Expr) -> list[Usage]:
    """Every metric of the expression, as it is used there."""
    return list(_usages(expr, MetricType.GAUGE, frozenset()))


def merged(found: Iterable[Usage]) -> dict[str, Usage]:
    """What all uses tell of each metric; one that is counted anywhere is a counter."""
    together: dict[str, Usage] = {}
    for usage in sorted(found, key=lambda one: (one.metric, one.type is MetricType.GAUGE)):
        first = together.setdefault(usage.metric, usage)
        labels, buckets = first.labels | usage.labels, first.buckets | usage.buckets
        together[usage.metric] = replace(first, labels=labels, buckets=buckets)
    return together


def _usages(expr: Expr, kind: MetricType, labels: frozenset[str]) -> Iterator[Usage]:
    match expr:
        case Selector():
            yield _used(expr, kind, labels)
            return
        case Aggregate(labels=by):
            labels |= frozenset(by)
        case Call(function=function) if function in _COUNTING:
            kind = MetricType.COUNTER
        case Call(function=function) if function.startswith("histogram_"):
            kind = MetricType.NATIVE_HISTOGRAM if "le" not in labels else kind
    for below in children(expr):
        yield from _usages(below, kind, labels)


def _used(series: Selector, kind: MetricType, labels: frozenset[str]) -> Usage:
    said = labels | {matcher.label for matcher in series.matchers}
    if series.metric.endswith("_bucket") and "le" in said:
        bound = bound_of(series)
        buckets = frozenset((bound,) if bound is not None and bound.is_finite() else ())
        return Usage(series.metric.removesuffix("_bucket"), MetricType.HISTOGRAM, said - {"le"}, buckets)
    return Usage(series.metric, kind, said)
