"""Events counted from traffic itself, and how far a number that Prometheus computes from samples may be off.

Nothing here evaluates PromQL. A rate tells of the events that two samples in its window enclose. It does not see those
before the first sample and after the last one, those that a new series starts with, and those between the last sample
and a restart. It takes the edges of the window to be like what is enclosed, if the edge is no further away than 1.1
intervals between samples; else it takes half an interval of it, or up to 1.1 where a counter started near 0. What came
before such a counter started, it leaves out, or some of it. So what it tells lies

- at the enclosed events, scaled up to the whole window, where samples are near both edges and the counter is old;
- elsewhere between two numbers that are no further apart than what 1.1 intervals at an edge add.

A window is closed at its start in Prometheus 2 and open in Prometheus 3: a sample just there belongs to it or not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Protocol

Samples = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Between:
    """A number that is known to lie between two others."""

    least: float
    most: float

    def __add__(self, other: Between) -> Between:
        return Between(self.least + other.least, self.most + other.most)

    def __sub__(self, other: Between) -> Between:
        return Between(self.least - other.most, self.most - other.least)


NOTHING = Between(0, 0)


@dataclass(frozen=True, slots=True)
class Span:
    """The units after `start` up to `end`."""

    start: int
    end: int


class Count(Protocol):
    """Something that is counted."""

    def truth(self, span: Span) -> int:
        """How often it happened."""

    def told(self, span: Span, closed: bool) -> Between:
        """How often Prometheus says that it happened."""


@dataclass(frozen=True)
class Counter:
    """A counter: what it counts in each unit, and its samples by unit."""

    happened: Sequence[int]
    samples: Samples

    @cached_property
    def _so_far(self) -> list[int]:
        return list(accumulate(self.happened))

    @cached_property
    def _at(self) -> list[int]:
        return list(self.samples)

    @cached_property
    def _grown(self) -> list[int]:
        """What the samples show to have happened since the first one; a counter that falls started from 0."""
        steps = (now - before if now >= before else now for before, now in pairwise(self.samples.values()))
        return list(accumulate(steps, initial=0))

    def truth(self, span: Span) -> int:
        return self._so_far[span.end] - self._so_far[max(0, span.start)]

    def told(self, span: Span, closed: bool) -> Between:
        find = bisect_left if closed else bisect_right
        first, last = find(self._at, span.start), bisect_right(self._at, span.end) - 1
        if last <= first:
            return NOTHING
        start, end, enclosed = self._at[first], self._at[last], self._grown[last] - self._grown[first]
        before, after = (_reach(edge, end - start, last - first) for edge in (start - span.start, span.end - end))
        is_old = self.samples[start] * (end - start) >= enclosed * before.most
        least = enclosed * (1 + (before.least * is_old + after.least) / (end - start))
        return Between(least, enclosed * (1 + (before.most + after.most) / (end - start)))


def _reach(edge: int, enclosed: int, steps: int) -> Between:
    """How many units a rate reaches beyond its first or last sample."""
    interval, is_near = enclosed / steps, 10 * edge * steps < 11 * enclosed
    return Between(edge, edge) if is_near else Between(interval / 2, 1.1 * interval)


@dataclass(frozen=True)
class Checks:
    """A gauge, and how much each of the units counts in which it is looked at."""

    samples: Samples
    counts: Samples

    @cached_property
    def _at(self) -> list[int]:
        return list(self.counts)

    @cached_property
    def _so_far(self) -> list[int]:
        return list(accumulate(self.counts.values(), initial=0))

    def truth(self, span: Span) -> int:
        return self._number(bisect_right(self._at, span.start), span)

    def told(self, span: Span, closed: bool) -> Between:
        number = self._number((bisect_left if closed else bisect_right)(self._at, span.start), span)
        return Between(number, number)

    def _number(self, first: int, span: Span) -> int:
        return self._so_far[bisect_right(self._at, span.end)] - self._so_far[first]
