"""Traffic: pods that come, restart and go, and what happens to each of them. Time runs in whole units from 0.

What happens in unit k happens after the end of unit k - 1, and a sample at k has it all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle, islice

Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """For so many units, so many good and bad events in each, over and over."""

    lasting: int
    good: Numbers
    bad: Numbers


@dataclass(frozen=True, slots=True)
class Pod:
    """A process that counts events from `born` to just before `died`.

    It has `weight` times the load. A restart sets its counters back to 0. It is scraped every so many units, but for
    those that are missed. `before` is what it had counted (good, bad) when time began.
    """

    born: int
    died: int
    weight: int = 1
    every: int = 1
    phase: int = 0
    before: tuple[int, int] = (0, 0)
    restarts: frozenset[int] = frozenset()
    missed: frozenset[int] = frozenset()

    def lives(self, unit: int) -> bool:
        return self.born <= unit < self.died

    def latest(self, unit: int) -> int:
        """When it was last to be scraped."""
        return unit - (unit - self.phase) % self.every

    def is_scraped(self, unit: int) -> bool:
        """Whether its counters are read just then."""
        return self.lives(unit) and unit not in self.missed and self.latest(unit) == unit


@dataclass(frozen=True)
class Traffic:
    """What happens in so many units. The load repeats itself until they are over."""

    units: int
    load: tuple[Segment, ...]
    pods: tuple[Pod, ...]

    @cached_property
    def shape(self) -> tuple[tuple[int, int], ...]:
        """Good and bad events of each unit for a pod of weight 1; none in unit 0, before which nothing is known."""
        return ((0, 0), *islice(cycle(self._once()), self.units))

    def _once(self) -> Iterator[tuple[int, int]]:
        for segment in self.load:
            yield from islice(zip(cycle(segment.good), cycle(segment.bad), strict=False), segment.lasting)

    def events(self, pod: Pod) -> tuple[tuple[int, int], ...]:
        """Good and bad events of each unit that the pod sees."""
        share = [pod.weight * pod.lives(unit) for unit in range(self.units + 1)]
        return tuple((good * n, bad * n) for (good, bad), n in zip(self.shape, share, strict=True))
