"""Proofs of what is told of budgets: what is left, how fast it goes and when it is gone; of the calendar, so far.

The recorded ratios are fed as they stand. Of the calendar, the rates that carry the number of a month are: a quarter of
this month's events is bad and half of last month's, whatever else happened meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generators import naming
from generators.period import Calendar
from generators.proof.case import Case, Pace, Reading
from generators.proof.slo import Proof
from generators.proof.timeline import series_text
from generators.rules.slo_series import HOUR
from generators.units import Duration

_STEP = Duration.parse("5m")
_FAST, _HALF = Decimal(2), Decimal("0.5")
_NOW, _BEFORE = Decimal("0.25"), Decimal("0.5")
_SAMPLES, _AGO = 60, 20 * 288
"""Five hours of this month, and as many of last month, 20 days before."""
_CALENDARS = {Calendar.MONTH: (3, 2, 31), Calendar.QUARTER: (2, 1, 91)}
"""After twice 30 days it is the third month, after twice 90 the second quarter; the one before, and its days."""
_CLOSE = Decimal("0.000001")


def cases(proof: Proof) -> Iterator[Case]:
    """One case, or two where the period is one of the calendar."""
    if stretch := proof.slo.period.calendar:
        yield _so_far(proof, stretch)
        yield _numbered(proof, stretch)
    else:
        yield _rolling(proof)


def _rolling(proof: Proof) -> Case:
    """Half of the budget is spent, and the rest goes twice as fast as it may."""
    budget, period = proof.slo.budget, proof.slo.period.length.seconds
    inputs = {
        proof.text(naming.period_ratio(proof.slo.period)): f"{budget * _HALF:f}",
        proof.text(naming.error_ratio(HOUR)): f"{budget * _FAST:f}",
    }
    readings = (
        _near(proof, naming.SLO_REMAINING, _HALF, _CLOSE, Decimal(0)),
        _near(proof, naming.SLO_BURN_RATE, _FAST, _CLOSE, Decimal(0)),
        _near(proof, naming.SLO_EXHAUSTION, _HALF * period / _FAST, Decimal(1), Decimal(0)),
    )
    name = f"{proof.slo.service} {proof.slo.name}: half of the budget is spent, the rest burns at twice the rate it may"
    return Case(name, proof.pace, inputs, proof.claims, readings=readings)


def _so_far(proof: Proof, stretch: Calendar) -> Case:
    """What this month had does not mix with last month, and the budget is that of the whole month."""
    now, before, days = _CALENDARS[stretch]
    at = 2 * proof.slo.period.length.seconds
    steps = int(at / _STEP.seconds)
    inputs = {
        _monthly(proof, name, stretch, number): f"_x{steps - back - _SAMPLES + 1} {level}x{_SAMPLES - 1}"
        for number, back, shares in ((now, 0, _NOW), (before, _AGO, _BEFORE))
        for name, level in ((naming.SLO_TOTAL, Decimal(1)), (naming.SLO_BAD, shares))
    }
    inputs[proof.text(naming.error_ratio(HOUR))] = f"_x{steps} {proof.slo.budget * _FAST:f}"
    share = _SAMPLES * _STEP.seconds / (days * 86400)
    spent, off = _NOW * share / proof.slo.budget, _NOW * share / proof.slo.budget / _SAMPLES * 2
    lasts = max(Decimal(0), 1 - spent) * proof.slo.period.length.seconds / _FAST
    readings = (
        _near(proof, naming.period_ratio(proof.slo.period), _NOW, _CLOSE, at),
        _near(proof, naming.last_period_ratio(stretch), _BEFORE, _CLOSE, at),
        _near(proof, naming.SLO_REMAINING, 1 - spent, off, at),
        _near(proof, naming.SLO_BURN_RATE, _FAST, _CLOSE, at),
        _near(proof, naming.SLO_EXHAUSTION, lasts, off * proof.slo.period.length.seconds / _FAST + 1, at),
    )
    name = f"{proof.slo.service} {proof.slo.name}: a quarter of this {stretch} is bad, and half of the last"
    return Case(name, Pace(_STEP, proof.slo.period.length), inputs, proof.claims, readings=readings)


def _numbered(proof: Proof, stretch: Calendar) -> Case:
    """Rates are recorded once more with the number of the month."""
    number, at = _CALENDARS[stretch][0], 2 * proof.slo.period.length.seconds
    steps = int(at / _STEP.seconds)
    rates = {naming.SLO_TOTAL: 4, naming.SLO_BAD: 1}
    inputs = {proof.text(name): f"_x{steps} {rate}" for name, rate in rates.items()}
    readings = []
    for name, rate in rates.items():
        series = _monthly(proof, name, stretch, number)
        readings.append(Reading(at, proof.text(naming.by_calendar(name, stretch)), ((series, Decimal(rate)),)))
    said = f"{proof.slo.service} {proof.slo.name}: events belong to {stretch} {number}"
    return Case(said, Pace(_STEP, proof.slo.period.length), inputs, proof.claims, readings=tuple(readings))


def _monthly(proof: Proof, name: str, stretch: Calendar, number: int) -> str:
    labels = {**proof.labels, stretch.value: str(number)}
    return series_text(naming.by_calendar(name, stretch), labels)


def _near(proof: Proof, name: str, value: Decimal, off: Decimal, at: Decimal) -> Reading:
    expr = f"abs({proof.text(name)} - {value.normalize():f}) < bool {off.normalize():f}"
    return Reading(at, expr, ((series_text("", proof.labels), Decimal(1)),))
