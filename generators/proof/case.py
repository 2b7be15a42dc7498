"""A proof: input series, and what has to fire when. Free of any file format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from math import lcm

from generators.spec.platform import PlatformSpec
from generators.units import Duration

ALONE = frozenset(("*",))
"""The claim of a case that nothing may be fed beside."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often series are scraped and rules evaluated."""

    scrape: Duration
    evaluation: Duration

    @classmethod
    def of(cls, platform: PlatformSpec) -> Pace:
        """The platform's own."""
        return cls(platform.scrape_interval, platform.evaluation_interval)

    @property
    def tick(self) -> Decimal:
        """Seconds from one evaluation to the next."""
        return self.evaluation.seconds

    def scrapes(self, lasting: Decimal, every: int = 1) -> int:
        """So many scrapes as last for at least that long, in whole samples and whole evaluations."""
        milli = (int(self.scrape.seconds * 1000) * every, int(self.tick * 1000))
        unit = Decimal(lcm(*milli)) / 1000
        return int(up(max(lasting, unit), unit) / self.scrape.seconds)

    def ticks(self, end: Decimal) -> list[Decimal]:
        """The seconds of all evaluations before the end."""
        return [n * self.tick for n in range(int(up(end, self.tick) / self.tick))]


@dataclass(frozen=True, slots=True)
class Firing:
    """An alert that has to be firing; without `annotations` only its labels are looked at."""

    labels: Mapping[str, str]
    annotations: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """At that second, exactly these alerts of that name fire."""

    at: Decimal
    alert: str
    firing: tuple[Firing, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """At that second, the expression has these labels (as PromQL writes them) and values, and no others."""

    at: Decimal
    expr: str
    samples: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What is fed and what has to follow. `claims` are the series that no other case may feed at the same time.

    It is written to the test file of a `part` of the service's rules, and needs the `rules` of these parts.
    """

    name: str
    pace: Pace
    inputs: Mapping[str, str]
    claims: frozenset[str] = frozenset()
    checks: tuple[Check, ...] = ()
    readings: tuple[Reading, ...] = ()
    part: str = ""
    rules: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class Unproven:
    """An alert that no case could be made for, and why."""

    alert: str
    why: str
    part: str = ""


def up(seconds: Decimal, unit: Decimal) -> Decimal:
    """The next whole number of units."""
    return (seconds / unit).to_integral_value(ROUND_CEILING) * unit
