"""Counts made of others: added up over series, and over what was recorded of them step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from tests.truth.counted import NOTHING, Between, Count, Span


@dataclass(frozen=True)
class Sum:
    """Counts added up, less others."""

    plus: tuple[Count, ...]
    minus: tuple[Count, ...] = ()

    def truth(self, span: Span) -> int:
        return sum(c.truth(span) for c in self.plus) - sum(c.truth(span) for c in self.minus)

    def told(self, span: Span, closed: bool) -> Between:
        plus = sum((c.told(span, closed) for c in self.plus), NOTHING)
        return plus - sum((c.told(span, closed) for c in self.minus), NOTHING)


@dataclass(frozen=True)
class Extreme:
    """The greatest (`max`) or least (`min`) of counts."""

    of: tuple[Count, ...]
    which: Callable[[Iterable[float]], float]

    def truth(self, span: Span) -> int:
        return int(self.which(count.truth(span) for count in self.of))

    def told(self, span: Span, closed: bool) -> Between:
        told = [count.told(span, closed) for count in self.of]
        return Between(self.which(one.least for one in told), self.which(one.most for one in told))


@dataclass(frozen=True)
class Pace:
    """How many units there are between two steps, between two evaluations, and in all."""

    step: int
    evaluation: int
    units: int


@dataclass(frozen=True)
class Steps:
    """A count as told by what was recorded: looked at in every step, and telling of as many units as a step has.

    Steps stand at multiples of their length, whatever the window, so up to one step too much or too little is in it at
    either end. What is recorded is as old as the last evaluation.
    """

    of: Count
    pace: Pace
    closed: bool

    @cached_property
    def _recorded(self) -> list[Between]:
        """Added up, from the first step on."""
        steps = range(0, self.pace.units + 1, self.pace.step)
        ends = (at // self.pace.evaluation * self.pace.evaluation for at in steps)
        told = (self.of.told(Span(end - self.pace.step, end), self.closed) for end in ends)
        return list(accumulate(told, initial=NOTHING))

    def truth(self, span: Span) -> int:
        return self.of.truth(span)

    def told(self, span: Span, closed: bool) -> Between:
        first = -(-span.start // self.pace.step) if closed else span.start // self.pace.step + 1
        until, before = self._recorded[span.end // self.pace.step + 1], self._recorded[max(0, first)]
        return Between(until.least - before.least, until.most - before.most)
