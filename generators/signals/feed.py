"""What a kind of signal tells about testing it: which input series make its value what.

A counter's series grows by whole numbers, or by multiples of a power of 1/2: adding those up is exact in binary, while
anything else drifts until Prometheus sees a counter that goes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import frexp, gcd
from typing import Literal

from generators.units import Duration

Blend = Literal["linear", "max", "min"]
_BITS = 12


class Motion(StrEnum):
    """How a series goes on."""

    STAYS = "stays"
    GROWS = "grows"
    FOLLOWS = "follows"


@dataclass(frozen=True, slots=True)
class Feed:
    """An input series: a gauge that stays at `amount`, a counter that grows by it with every sample, or a point in
    time that stays `amount` seconds from now. It has a sample every `every` scrapes."""

    metric: str
    labels: Mapping[str, str]
    motion: Motion
    amount: Decimal
    every: int = 1

    @property
    def key(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        return self.metric, tuple(self.labels.items())


Feeds = tuple[Feed, ...]


@dataclass(frozen=True, slots=True)
class Idle:
    """The series of a system that does nothing, and the value then; None where there is no value."""

    feeds: Feeds
    level: Decimal | None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the tests of a signal are made for: intervals, every level they visit, and those to hit to the last bit."""

    scrape: Duration
    evaluation: Duration
    levels: tuple[Decimal, ...]
    exact: tuple[Decimal, ...]
    min_bad_events: int = 0

    @property
    def decimals(self) -> int:
        """How many digits after the point the levels need."""
        return max(-int(level.normalize().as_tuple().exponent) for level in (*self.levels, Decimal(1)))


def _never(_level: Decimal) -> bool:
    return False


def _as_it_is(level: Decimal) -> Decimal:
    return level


@dataclass(frozen=True, slots=True)
class Source:
    """Input series for any level of a signal's value.

    `exactly` says whether a level is reached to the last bit in every version of Prometheus, `nearest` which level
    is reached where series can't hold just any number. `memory` is how many seconds the value looks back and `blend`
    how it mixes what it sees; `warm` is how long it takes to settle at first; `few` are, with
    nothing but bad events, one less than the guard asks for and just as many.
    """

    at: Callable[[Decimal], Feeds]
    labels: Mapping[str, str]
    exactly: Callable[[Decimal], bool] = _never
    nearest: Callable[[Decimal], Decimal] = _as_it_is
    memory: Decimal = Decimal(0)
    blend: Blend = "linear"
    warm: Decimal = Decimal(0)
    low: Decimal | None = None
    high: Decimal | None = None
    idle: Idle | None = None
    few: tuple[Feeds, ...] = ()
    few_level: Decimal = Decimal(1)

    @property
    def settles(self) -> bool:
        """Whether a change of level takes time to show in full."""
        return bool(self.memory or self.warm)

    @property
    def instant(self) -> bool:
        """Whether the first sample of a new level changes the value; of a counter, the second one does."""
        return all(feed.motion is not Motion.GROWS for feed in self.at(Decimal(1)))

    @property
    def every(self) -> int:
        """How many scrapes apart its samples are."""
        return max(feed.every for feed in self.at(Decimal(1)))


def binary(amount: Decimal) -> Decimal:
    """The amount, or the nearest one of few bits that adds up without an error."""
    if amount == int(amount):
        return amount
    scale = Decimal(2) ** max(0, _BITS - frexp(amount)[1])
    return (amount * scale).to_integral_value() / scale


def rates(growth: Decimal, window: Duration, setting: Setting, seconds: bool = True) -> Iterator[float]:
    """What rate() answers for a counter that grows steadily, for each version and phase; increase() unless `seconds`.

    Prometheus 2 counts a sample at the very start of the window, Prometheus 3 doesn't; both extrapolate to the whole
    window, but round in another order.
    """
    length, scrape = window.seconds, setting.scrape.seconds
    for late in _phases(setting):
        for closed in (True, False):
            steps = int((length - late) // scrape)
            steps -= not closed and steps * scrape == length - late
            if steps > 0:
                grown, factor = float(growth * steps), float(length) / float(steps * scrape)
                yield grown * (factor / float(length)) if seconds else grown * factor
                if closed and seconds:
                    yield grown * factor / float(length)


def _phases(setting: Setting) -> Iterable[Decimal]:
    """How old the newest sample can be when rules are evaluated."""
    milli = [int(d.seconds * 1000) for d in (setting.scrape, setting.evaluation)]
    return (Decimal(late) / 1000 for late in range(0, milli[0], gcd(*milli)))
