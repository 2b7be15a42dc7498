"""Requests of a made-up service, scraped into counters, and the truth: how many there were and how many were bad.

The truth is counted where the requests are made, so it also knows what no scrape has seen: the requests between the
last scrape of a pod and its end, and those of an hour without scrapes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

SCRAPE = 15  # seconds
DAY = 86_400
METRIC = "http_requests_total"


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` until before `end`, in Unix time."""

    start: int
    end: int

    def __contains__(self, time: int) -> bool:
        return self.start <= time < self.end


NEVER = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Traffic:
    """A service: how much it is used by day and by night, and what befalls it."""

    job: str
    span: Span
    seed: int = 1
    pods: int = 3
    day: float = 60.0  # requests per second and pod at noon
    night: float = 0.6  # and at midnight
    day_errors: float = 0.0001  # share of requests that fail at noon
    night_errors: float = 0.0001
    fault: Span = NEVER
    fault_errors: float = 1.0
    idle: Span = NEVER  # nobody asks for anything
    unscraped: tuple[Span, ...] = ()
    restart_every: int = 0  # seconds between restarts of a pod, whose counters then begin at 0; 0 is never
    deploys: tuple[int, ...] = ()  # when all pods are replaced by others of other names


@dataclass(frozen=True, slots=True)
class Truth:
    """Events since the start, at each scrape."""

    start: int
    bad: Sequence[int]
    total: Sequence[int]

    def ratio(self, end: float, window: int) -> float:
        """The share of bad events in the time before `end`, which is a multiple of the scrape interval."""
        last = int(end - self.start) // SCRAPE
        first = last - window // SCRAPE
        if first < 0:
            raise ValueError(f"the data do not reach {window} s before {end}")
        total = self.total[last] - self.total[first]
        return (self.bad[last] - self.bad[first]) / total if total else math.nan


@dataclass(slots=True)
class _Pod:
    name: str
    restarts_at: int
    good: int = 0
    bad: int = 0


def scraped(traffic: Traffic, counts: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Each scrape as time and lines of OpenMetrics; `counts` receives the true (bad, total) events of each."""
    rng = Random(traffic.seed)
    pods = _pods(traffic, 0)
    for time in range(traffic.span.start, traffic.span.end, SCRAPE):
        if time in traffic.deploys:
            pods = _pods(traffic, time)
        counts.append(_serve(traffic, pods, time, rng))
        if not any(time in span for span in traffic.unscraped):
            yield time, "".join(_lines(traffic.job, pod, time) for pod in pods)


def truth(traffic: Traffic, counts: Sequence[tuple[int, int]]) -> Truth:
    """The counts added up."""
    return Truth(traffic.span.start, *(tuple(accumulate(column)) for column in zip(*counts, strict=True)))


def _pods(traffic: Traffic, since: int) -> list[_Pod]:
    """Fresh pods; their restarts are spread out."""
    first = traffic.span.start
    return [
        _Pod(f"{traffic.job}-{since}-{number}", first + (number + 1) * traffic.restart_every // traffic.pods)
        for number in range(traffic.pods)
    ]


def _serve(traffic: Traffic, pods: Sequence[_Pod], time: int, rng: Random) -> tuple[int, int]:
    """The requests since the last scrape, as (bad, total)."""
    mean, share = (0.0, 0.0) if time in traffic.idle else _demand(traffic, time)
    all_bad = all_events = 0
    for pod in pods:
        events = max(0, round(rng.gauss(mean, math.sqrt(mean))))
        bad = min(events, int(events * share + rng.random()))
        if traffic.restart_every and time >= pod.restarts_at:  # amid the interval: half of it is never scraped
            pod.good, pod.bad, pod.restarts_at = (events - bad) // 2, bad // 2, time + traffic.restart_every
        else:
            pod.good, pod.bad = pod.good + events - bad, pod.bad + bad
        all_bad += bad
        all_events += events
    return all_bad, all_events


def _demand(traffic: Traffic, time: int) -> tuple[float, float]:
    """Requests of a pod in a scrape interval, and the share of them that fails."""
    light = math.sin(math.pi * (time % DAY) / DAY) ** 8  # 1 at noon, next to 0 from evening to morning
    rate = traffic.night + (traffic.day - traffic.night) * light
    dark = (1 - light) ** 50
    share = traffic.day_errors + (traffic.night_errors - traffic.day_errors) * dark
    return rate * SCRAPE, traffic.fault_errors if time in traffic.fault else share


def _lines(job: str, pod: _Pod, time: int) -> str:
    head = f'{METRIC}{{job="{job}",pod="{pod.name}",code='
    return f'{head}"200"}} {pod.good} {time}\n{head}"500"}} {pod.bad} {time}\n'
