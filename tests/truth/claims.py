"""What has to hold of everything that is recorded for an SLO: how far it may be from the truth, and why so far.

Bad and all events are each told but for what `counted` says. With bad events told between b and B, and all of them
between n and N, the ratio lies between b / N and B / n, and is off by no more than the further of the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generators import naming
from generators.units import Duration
from tests.truth.counted import Between, Count, Span
from tests.truth.exposed import Exposed, exposed, slis
from tests.truth.sums import Pace, Steps
from tests.truth.traffic import Traffic

MINUTE, STEP, HOUR = 60, 300, 3600
BUDGET = 0.01


@dataclass(frozen=True, slots=True)
class Setting:
    """An environment of the catalog; seconds in a unit, units between evaluations, and units in all."""

    environment: str
    unit: int
    evaluation: int
    units: int

    @property
    def pace(self) -> Pace:
        return Pace(STEP // self.unit, self.evaluation, self.units)


@dataclass(frozen=True, slots=True)
class Trial:
    """An SLO, traffic, and at which evaluations it is looked at."""

    slo: str
    traffic: Traffic
    ticks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """At that unit a series is no further than `bound` from the truth; without a truth, it is not there."""

    at: int
    series: str
    truth: float | None
    bound: float = 0
    pod: str = ""

    def scaled(self, series: str, offset: float, factor: float) -> Claim:
        """What follows for `offset + factor * self`."""
        truth = None if self.truth is None else offset + factor * self.truth
        return Claim(self.at, series, truth, abs(factor) * self.bound)


def seen(trial: Trial, setting: Setting) -> Exposed:
    """What Prometheus gets to see in a trial."""
    return exposed(trial.traffic, slis(MINUTE // setting.unit)[trial.slo])


def claims(trial: Trial, setting: Setting, windows: Sequence[int], closed: bool) -> Iterator[Claim]:
    """What has to hold for these windows, in seconds; the longest is the period of the SLO."""
    units = [tick * setting.evaluation for tick in trial.ticks]
    for pod, counts in seen(trial, setting).counts.items():
        bad, total = (_Told(count, Steps(count, setting.pace, closed), setting, closed) for count in counts)
        found = (claim for at in units for claim in _claims(bad, total, at, windows))
        yield from (replace(claim, pod=pod) for claim in found if claim)


def _claims(bad: _Told, total: _Told, at: int, windows: Sequence[int]) -> Iterator[Claim | None]:
    """None where nothing has to hold."""
    derived = {HOUR: (naming.SLO_BURN_RATE, 0, 1 / BUDGET), max(windows): (naming.SLO_REMAINING, 1, -1 / BUDGET)}
    yield from (bad.rate(naming.SLO_BAD, at), total.rate(naming.SLO_TOTAL, at))
    for window in windows:
        name = naming.error_ratio(Duration.parse(f"{window}s"))
        claim = _ratio(name, bad.within(at, window), total.within(at, window))
        yield claim
        if claim and window in derived:
            yield claim.scaled(*derived[window])


@dataclass(frozen=True, slots=True)
class _Number:
    """What happened until then, and what is told of it."""

    at: int
    truth: int
    told: Between


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of a count: windows up to an hour by its samples, longer ones by what was recorded."""

    raw: Count
    steps: Count
    setting: Setting
    closed: bool

    def within(self, at: int, window: int) -> _Number:
        """In a window, in seconds."""
        span, count = Span(at - window // self.setting.unit, at), self.steps if window > HOUR else self.raw
        return _Number(at, count.truth(span), count.told(span, self.closed))

    def rate(self, name: str, at: int) -> Claim | None:
        """The rate of the last step; None where nothing is told of it, so that there may be no rate."""
        number = self.within(at, STEP)
        if number.told.most == 0:
            return None
        bound = max(number.told.most - number.truth, number.truth - number.told.least)
        return Claim(at, name, number.truth / STEP, bound / STEP)


def _ratio(name: str, bad: _Number, total: _Number) -> Claim | None:
    """None where events are so few that nobody can tell whether any is seen."""
    if total.told.most == 0:
        return Claim(total.at, name, None)
    if total.told.least == 0 or total.truth == 0:
        return None
    truth = bad.truth / total.truth
    lowest, highest = bad.told.least / total.told.most, bad.told.most / total.told.least
    return Claim(total.at, name, truth, max(truth - lowest, highest - truth))
