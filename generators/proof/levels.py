"""The levels that a timeline leads a value through, chosen around the limits of an alert."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generators.proof.oracle import Step
from generators.signals.example import UnprovableError
from generators.signals.feed import Source

_BEYOND = Decimal("0.01")
_FAR = Decimal(3)
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Levels:
    """A good level; for each step the last level that is fine and the first that isn't; and one far beyond."""

    good: Decimal
    stops: tuple[tuple[Decimal, Decimal], ...]
    far: Decimal

    @property
    def all(self) -> tuple[Decimal, ...]:
        """Every level."""
        return (self.good, *(level for stop in self.stops for level in stop), self.far)


def around(steps: Sequence[Step], source: Source) -> Levels:
    """The levels for these steps (the mildest first), as near as the source reaches them."""
    stops = tuple(_stop(step, source) for step in steps)
    if any(fine == bad for fine, bad in stops):
        raise UnprovableError("its value can't go beyond the limit")
    mild, worst, sign = steps[0].limit, steps[-1].limit, steps[0].sign
    good = mild - sign * (abs(mild) * _HALF if sign > 0 else abs(mild) or 1)
    far = worst + (_FAR * (abs(worst) or 1) if sign > 0 else -_HALF * (abs(worst) or 1))
    further = max if sign > 0 else min
    return Levels(_reached(source, good), stops, further(_reached(source, far), stops[-1][1]))


def _stop(step: Step, source: Source) -> tuple[Decimal, Decimal]:
    """The limit itself and a hundredth beyond it, or inside it where the limit is already bad.

    Where no series hit the limit to the last bit, it is a thousandth on the side that leaves no doubt.
    """
    away = step.sign * _BEYOND * (abs(step.limit) or 1)
    if step.strict:
        hit = step.limit if source.exactly(step.limit) else _reached(source, step.limit - away / 10)
        return hit, _reached(source, step.limit + away)
    hit = step.limit if source.exactly(step.limit) else _reached(source, step.limit + away / 10)
    return _reached(source, step.limit - away), hit


def _reached(source: Source, level: Decimal) -> Decimal:
    """The nearest level that series reach."""
    at_least = level if source.low is None else max(source.low, level)
    return source.nearest(at_least if source.high is None else min(source.high, at_least))
