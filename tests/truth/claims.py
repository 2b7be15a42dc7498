"""What has to hold of everything that is recorded for an SLO: how far it may be from the truth, and why so far.

Bad and all events are each told but for what `counted` says. With bad events told between b and B, and all of them
between n and N, the ratio lies between b / N and B / n, and is off by no more than the further of the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generators import naming
from generators.units import Duration
from tests.truth.counted import Count, Span
from tests.truth.exposed import SLIS, exposed
from tests.truth.sums import Pace, Steps
from tests.truth.traffic import Traffic

STEP, HOUR = 300, 3600
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

    def scaled(self, series: str, offset: float, factor: float) -> Claim:
        """What follows for `offset + factor * self`."""
        truth = None if self.truth is None else offset + factor * self.truth
        return Claim(self.at, series, truth, abs(factor) * self.bound)


def claims(trial: Trial, setting: Setting, windows: Sequence[int], closed: bool) -> Iterator[Claim]:
    """What has to hold for these windows, in seconds; the longest is the period of the SLO."""
    found = exposed(trial.traffic, SLIS[trial.slo])
    raw: tuple[Count, Count] = (found.bad, found.total)
    bad, total = (Steps(count, setting.pace, closed) for count in raw)
    derived = {HOUR: (naming.SLO_BURN_RATE, 0, 1 / BUDGET), max(windows): (naming.SLO_REMAINING, 1, -1 / BUDGET)}
    for at in (tick * setting.evaluation for tick in trial.ticks):
        for window in windows:
            span = Span(at - window // setting.unit, at)
            claim = _ratio(*((bad, total) if window > HOUR else raw), span, closed)
            if claim:
                yield claim.scaled(naming.error_ratio(Duration.parse(f"{window}s")), 0, 1)
            if claim and window in derived:
                yield claim.scaled(*derived[window])


def _ratio(bad: Count, total: Count, span: Span, closed: bool) -> Claim | None:
    """None where events are so few that nobody can tell whether any is seen."""
    some, every, events = bad.told(span, closed), total.told(span, closed), total.truth(span)
    if every.most == 0:
        return Claim(span.end, "", None)
    if every.least == 0 or events == 0:
        return None
    truth = bad.truth(span) / events
    return Claim(span.end, "", truth, max(truth - some.least / every.most, some.most / every.least - truth))
