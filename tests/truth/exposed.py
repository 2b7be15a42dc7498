"""What the pods of traffic expose, as Prometheus scrapes it, and the SLIs that are counted by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tests.truth.counted import Checks, Counter, Samples
from tests.truth.sums import Sum
from tests.truth.traffic import Pod, Traffic

Event = tuple[int, int]


class Metric(Protocol):
    """A metric of the pods, and what it counts."""

    @property
    def series(self) -> str:
        """The series of the pod POD, in promtool's notation."""

    def of(self, pod: Pod, events: Sequence[Event]) -> Counter | Checks:
        """What it counts of the events of a pod."""


@dataclass(frozen=True, slots=True)
class Events:
    """A counter. One that is `late` has no series before it counts something."""

    series: str
    counts: Callable[[Event], int]
    late: bool = False

    def of(self, pod: Pod, events: Sequence[Event]) -> Counter:
        happened = [self.counts(event) for event in events]
        value = 0 if pod.born else self.counts(pod.before)
        is_there = bool(value) or not self.late
        samples: dict[int, int] = {}
        for unit, more in enumerate(happened):
            if unit in pod.restarts:
                value, is_there = 0, not self.late
            value, is_there = value + more, is_there or more > 0
            if is_there and pod.is_scraped(unit):
                samples[unit] = value
        return Counter(happened, samples)


@dataclass(frozen=True, slots=True)
class Health:
    """A gauge that is 1 unless an event of the unit was bad, and how much each value counts."""

    series: str
    counts: Callable[[int], int]

    def of(self, pod: Pod, events: Sequence[Event]) -> Checks:
        samples = {unit: int(not bad) for unit, (_, bad) in enumerate(events) if pod.is_scraped(unit)}
        return Checks(samples, self.counts)


def _good(event: Event) -> int:
    return event[0]


def _bad(event: Event) -> int:
    return event[1]


_FINE = Events('shop_requests_total{job="shop",pod="POD",code="200"}', _good, late=True)
_FAILED = Events('shop_requests_total{job="shop",pod="POD",code="500"}', _bad, late=True)
_ORDERS = Events('shop_orders_total{job="shop",pod="POD"}', sum)
_LOST = Events('shop_orders_lost_total{job="shop",pod="POD"}', _bad, late=True)
_TIMED = Events('shop_seconds_count{job="shop",pod="POD"}', sum)
_FAST = Events('shop_seconds_bucket{job="shop",pod="POD",le="1"}', _good)
_ILL = Health('shop_healthy{job="shop",pod="POD"}', lambda value: 1 - value)
_CHECKED = Health(_ILL.series, lambda _value: 1)


@dataclass(frozen=True, slots=True)
class Sli:
    """What counts bad events, what counts those among them that aren't bad, and what counts all events."""

    bad: tuple[Metric, ...]
    but: tuple[Metric, ...]
    total: tuple[Metric, ...]


# By the name of the SLO in the catalog.
SLIS: Mapping[str, Sli] = {
    "by-bad": Sli((_FAILED,), (), (_FINE, _FAILED)),
    "by-good": Sli((_FAILED,), (), (_FINE, _FAILED)),
    "by-two-counters": Sli((_LOST,), (), (_ORDERS,)),
    "by-latency": Sli((_TIMED,), (_FAST,), (_TIMED,)),
    "by-checks": Sli((_ILL,), (), (_CHECKED,)),
}


@dataclass(frozen=True, slots=True)
class Exposed:
    """Series with their values in promtool's notation, and the bad and all events that they count."""

    inputs: Mapping[str, str]
    bad: Sum
    total: Sum


def exposed(traffic: Traffic, sli: Sli) -> Exposed:
    """What the pods of the traffic expose for an SLI."""
    inputs: dict[str, str] = {}
    counts: dict[Metric, list[Counter | Checks]] = {metric: [] for metric in (*sli.bad, *sli.but, *sli.total)}
    for number, pod in enumerate(traffic.pods):
        events = traffic.events(pod)
        for metric, found in counts.items():
            found.append(metric.of(pod, events))
            if found[-1].samples:
                name = metric.series.replace("POD", f"p{number}")
                inputs[name] = " ".join(_words(pod, found[-1].samples, traffic.units))
    bad, but, total = (tuple(c for m in metrics for c in counts[m]) for metrics in (sli.bad, sli.but, sli.total))
    return Exposed(inputs, Sum(bad, but), Sum(total))


def _words(pod: Pod, samples: Samples, units: int) -> Iterator[str]:
    """A word for each unit; a series that a scrape doesn't find any more is stale."""
    was_there = False
    for unit in range(units + 1):
        if unit % pod.every != pod.phase % pod.every:
            yield "_"
            continue
        yield str(samples[unit]) if unit in samples else "stale" if was_there else "_"
        was_there = unit in samples
