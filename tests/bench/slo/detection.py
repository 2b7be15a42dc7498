"""How long after a fault somebody is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.bench.slo.recording import ticks
from tests.bench.slo.rules import EVERY, Contender, Rule
from tests.bench.slo.traffic import Span
from tests.prometheus import Prometheus

_TIER = ("tier", "sloth_severity", "short")  # the labels by which the contenders tell their alerts apart


@dataclass(frozen=True, slots=True)
class Told:
    """The first alert that fired."""

    after: float  # seconds
    tier: str


def measure(running: Prometheus, contender: Contender, fault: Span, judged: Span) -> Told | None:
    """The first of the contender's burn-rate alerts; it is an error if one fired before the fault."""
    fires = [(alert, _fires(running, alert, judged)) for alert in contender.alerts]
    fired = [Told(time - fault.start, _tier(alert)) for alert, times in fires for time in times]
    first = min(fired, key=lambda told: told.after, default=None)
    if first and first.after < 0:
        raise ValueError(f"{contender.name} alerts {-first.after} s before the fault")
    return first


def held(true_at: Iterable[float], hold: int) -> Iterator[float]:
    """The first evaluation, if any, at which the condition has been true for `hold` seconds without a break."""
    since = before = None
    for time in sorted(true_at):
        if before is None or time - before > EVERY:
            since = time
        before = time
        if since is not None and time - since >= hold:
            yield time
            return


def _fires(running: Prometheus, alert: Rule, judged: Span) -> Iterator[float]:
    found = running.over(alert.expr, *ticks(judged, EVERY), EVERY)
    yield from held({time for points in found for time, _ in points.values}, alert.hold)


def _tier(alert: Rule) -> str:
    return next((alert.labels[label] for label in _TIER if label in alert.labels), alert.name)
