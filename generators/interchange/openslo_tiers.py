"""The alert policies of an OpenSLO document as tiers of burn rates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from generators.interchange.names import told_apart
from generators.interchange.notes import Note
from generators.interchange.objective import Tier
from generators.interchange.openslo_alert_spec import ConditionSpec, Metadata
from generators.interchange.openslo_values import Shorthand
from generators.interchange.spot import Spot
from generators.units import Duration

SHORT_WINDOW = "tocsin/short-window"
"""The annotation that keeps the second window, which OpenSLO has no key for."""
_PAGES = ("page", "critical", "emergency", "high", "fatal", "sev1", "sev2", "p0", "p1", "p2")
_LEAST, _HOUR = Duration.parse("5m"), Duration.parse("1h")
_SHORTER = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A condition of an SLO's policies, and where it is said."""

    metadata: Metadata
    spec: ConditionSpec
    spot: Spot


def tiers(found: Iterable[Found], period: Duration) -> tuple[tuple[Tier, ...], tuple[Note, ...]]:
    """A tier for each condition that has one, and notes on those that don't and on what is decided."""
    kept: list[tuple[Found, Duration]] = []
    notes: list[Note] = []
    for one in found:
        why = _unsayable(one.spec, period)
        if why:
            notes.append(one.spot.note(why))
        else:
            kept.append((one, _whole(one.spec.condition.lookback_window.length)))
            notes += _decided(one)
    names = told_apart({i: one.metadata.name for i, (one, _) in enumerate(kept)}, "tier")
    return tuple(_tier(names[i], one, long, period) for i, (one, long) in enumerate(kept)), tuple(notes)


def _tier(name: str, one: Found, long: Duration, period: Duration) -> Tier:
    condition = one.spec.condition
    after = None if condition.alert_after.startswith("0") else Shorthand.parse(condition.alert_after).length
    spends = condition.threshold * long.seconds / period.seconds
    return Tier(name, long, _short(one, long), spends, _pages(one.spec.severity), after)


def _short(one: Found, long: Duration) -> Duration:
    told = one.metadata.annotations.get(SHORT_WINDOW)
    return Duration.parse(told) if told else max(_LEAST, _whole(Duration(long.seconds / _SHORTER)))


def _pages(severity: str) -> bool:
    return severity.lower() in _PAGES


def _unsayable(spec: ConditionSpec, period: Duration) -> str:
    condition = spec.condition
    long = condition.lookback_window.length
    if condition.op not in ("gt", "gte"):
        return "a burn rate is wrong when it is high, and this alerts when it is low"
    if condition.threshold <= 0 or condition.threshold * long.seconds > period.seconds:
        return f"burning {condition.threshold} times too fast for {long} is no share of the budget of {period}"
    return f"a window of {long} is too short; it takes more than {_LEAST}" if long <= _LEAST else ""


def _decided(one: Found) -> list[Note]:
    severity = "pages" if _pages(one.spec.severity) else "makes tickets"
    notes = [
        one.spot.below("severity").note(f"{severity}; say `severity` for another of the catalog", one.spec.severity)
    ]
    if SHORT_WINDOW not in one.metadata.annotations:
        why = "a tier has a short window too, so that the alert is over soon after the burning is"
        notes.append(one.spot.below("condition", "lookbackWindow").note(why))
    return notes


def _whole(window: Duration) -> Duration:
    """The window in whole minutes, and in steps of 5 where it is longer than an hour."""
    step = Decimal(60) if window <= _HOUR else _LEAST.seconds
    return Duration((window.seconds / step).to_integral_value(ROUND_HALF_UP) * step)
