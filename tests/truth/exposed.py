"""What the pods of traffic expose, as Prometheus scrapes it, and the SLIs that are counted by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tests.truth.counted import Checks, Count, Counter, Samples
from tests.truth.sums import Extreme, Sum
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
class Gauge:
    """A gauge that is `ill` while events are bad, else `well`.

    It is looked at `every` so many units, or with every sample. What a sample says lasts until the next scrape.
    """

    series: str
    well: int
    ill: int
    counts: Callable[[int], int]
    every: int | None = None

    def of(self, pod: Pod, events: Sequence[Event]) -> Checks:
        samples = {unit: self.ill if bad else self.well for unit, (_, bad) in enumerate(events) if pod.is_scraped(unit)}
        latest = {
            unit: unit if self.every is None else pod.latest(unit) for unit in range(0, len(events), self.every or 1)
        }
        return Checks(samples, {unit: self.counts(samples[was]) for unit, was in latest.items() if was in samples})


def _good(event: Event) -> int:
    return event[0]


def _bad(event: Event) -> int:
    return event[1]


def _quick(event: Event) -> int:
    """All but half of the good ones."""
    return event[0] - event[0] // 2 + event[1]


_FINE = Events('shop_requests_total{job="shop",pod="POD",code="200"}', _good, late=True)
_FAILED = Events('shop_requests_total{job="shop",pod="POD",code="500"}', _bad, late=True)
_ORDERS = Events('shop_orders_total{job="shop",pod="POD"}', sum)
_LOST = Events('shop_orders_lost_total{job="shop",pod="POD"}', _bad, late=True)
_TIMED = Events('shop_seconds_count{job="shop",pod="POD"}', sum)
_FAST = Events('shop_seconds_bucket{job="shop",pod="POD",le="1"}', _good)
_ANSWERED = Events('shop_answer_seconds_count{job="shop",pod="POD"}', sum)
_QUICK = Events('shop_answer_seconds_bucket{job="shop",pod="POD",le="1"}', _quick)
_HEALTH, _DELAY = 'shop_healthy{job="shop",pod="POD"}', 'shop_delay_seconds{job="shop",pod="POD"}'


@dataclass(frozen=True, slots=True)
class Part:
    """What counts bad events, what counts those among them that aren't bad, and what counts all events."""

    bad: tuple[Metric, ...]
    but: tuple[Metric, ...]
    total: tuple[Metric, ...]


@dataclass(frozen=True, slots=True)
class Sli:
    """One part, or several that count other events or (`same`) the same ones; for all pods together or for each."""

    parts: tuple[Part, ...]
    same: bool = False
    by_pod: bool = False

    @property
    def metrics(self) -> list[Metric]:
        return [metric for part in self.parts for metric in (*part.bad, *part.but, *part.total)]


def slis(a_minute: int) -> Mapping[str, Sli]:
    """By the name of the SLO in the catalog; for so many units to the minute."""
    requests, orders = Part((_FAILED,), (), (_FINE, _FAILED)), Part((_LOST,), (), (_ORDERS,))
    checks = Part((Gauge(_HEALTH, 1, 0, lambda v: 1 - v),), (), (Gauge(_HEALTH, 1, 0, lambda _v: 1),))
    delay = [Gauge(_DELAY, 10, 11, counts, a_minute) for counts in (lambda v: int(v > 10), lambda _v: 1)]
    return {
        "by-bad": Sli((requests,)),
        "by-good": Sli((requests,)),
        "by-two-counters": Sli((orders,)),
        "by-latency": Sli((Part((_TIMED,), (_FAST,), (_TIMED,)),)),
        "by-checks": Sli((checks,)),
        "by-pod": Sli((orders,), by_pod=True),
        "by-handmade-events": Sli((requests,)),
        "by-handmade-ratio": Sli((orders,)),
        "by-slices": Sli((Part((delay[0],), (), (delay[1],)),), by_pod=True),
        "of-separate-events": Sli((requests, orders)),
        "of-the-same-events": Sli((requests, Part((_ANSWERED,), (_QUICK,), (_ANSWERED,))), same=True),
    }


SLOS = tuple(slis(1))


@dataclass(frozen=True, slots=True)
class Exposed:
    """Series with their values in promtool's notation, and the bad and all events that they count; by pod, if so."""

    inputs: Mapping[str, str]
    counts: Mapping[str, tuple[Count, Count]]


def exposed(traffic: Traffic, sli: Sli) -> Exposed:
    """What the pods of the traffic expose for an SLI."""
    inputs: dict[str, str] = {}
    pods: dict[str, dict[Metric, Counter | Checks]] = {}
    for number, pod in enumerate(traffic.pods):
        name, events = f"p{number}", traffic.events(pod)
        pods[name] = {metric: metric.of(pod, events) for metric in sli.metrics}
        for metric, count in pods[name].items():
            if count.samples:
                inputs[metric.series.replace("POD", name)] = " ".join(_words(pod, count.samples, traffic.units))
    together = {name: [counts] for name, counts in pods.items()} if sli.by_pod else {"": list(pods.values())}
    return Exposed(inputs, {name: _counted(sli, counts) for name, counts in together.items()})


def _counted(sli: Sli, pods: Sequence[Mapping[Metric, Count]]) -> tuple[Count, Count]:
    """Bad and all events of these pods."""

    def of(metrics: Iterable[Metric]) -> tuple[Count, ...]:
        return tuple(pod[metric] for metric in metrics for pod in pods)

    bad = Sum(of(m for part in sli.parts for m in part.bad), of(m for part in sli.parts for m in part.but))
    totals = tuple(Sum(of(part.total)) for part in sli.parts)
    if not sli.same:
        return bad, Sum(totals)
    total = Extreme(totals, max)
    return Extreme((bad, total), min), total


def _words(pod: Pod, samples: Samples, units: int) -> Iterator[str]:
    """A word for each unit; a series that a scrape doesn't find any more is stale."""
    was_there = False
    for unit in range(units + 1):
        if pod.latest(unit) != unit:
            yield "_"
            continue
        yield str(samples[unit]) if unit in samples else "stale" if was_there else "_"
        was_there = unit in samples
