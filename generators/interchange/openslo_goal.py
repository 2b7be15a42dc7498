"""One objective of an OpenSLO document: how its budgeting method says which events or slices of time are good."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generators.interchange import openslo_window as read_over
from generators.interchange.notes import Note
from generators.interchange.objective import Measured, Slices
from generators.interchange.openslo_indicator import Measure, UnsayableError
from generators.interchange.openslo_spec import Goal
from generators.interchange.spot import Spot
from generators.signals.limit import Comparison
from generators.units import Duration

_MINUTE = Duration.parse("1m")
_HUNDRED = Decimal(100)
# A value is good while the operator holds, and bad otherwise.
_OTHERWISE: dict[str, Comparison] = {"lt": "at_least", "lte": "above", "gt": "at_most", "gte": "below"}


@dataclass(frozen=True, slots=True)
class Judged:
    """What is measured, and the slices that are judged if it is not events."""

    measured: Measured
    slices: Slices | None = None
    notes: tuple[Note, ...] = ()


def target(goal: Goal) -> Decimal:
    """The share that has to be good."""
    if goal.target is not None:
        return goal.target
    assert goal.target_percent is not None
    return goal.target_percent / _HUNDRED


def judged(measure: Measure, goal: Goal, method: str, spot: Spot) -> Judged:
    """What the method makes of the indicator. Raises UnsayableError."""
    if measure.is_value:
        return _value(measure, goal, method, spot)
    notes = measure.notes
    if goal.op is not None or goal.value is not None:
        notes += (spot.note("`op` and `value` compare a value; a ratio is judged by its target"),)
    if method == "RatioTimeslices":
        return _ratio_slices(measure, goal, spot, notes)
    if method == "Timeslices":
        worst = 1 - _needed(goal.time_slice_target, "timeSliceTarget", method)
        return Judged(_measured(measure), Slices(_length(goal, method), "above", worst), notes)
    return Judged(_measured(measure), None, notes)


def _value(measure: Measure, goal: Goal, method: str, spot: Spot) -> Judged:
    if goal.op is None or goal.value is None:
        raise UnsayableError("a thresholdMetric is compared, but the objective has no `op` and `value`")
    comparison = _OTHERWISE[goal.op]
    if method == "Occurrences":
        note = spot.note(f"every {_MINUTE} counts as one event, good or bad by its value")
        return Judged(_measured(measure), Slices(_MINUTE, comparison, goal.value), (*measure.notes, note))
    if method == "RatioTimeslices":
        raise UnsayableError("RatioTimeslices are for ratios, and this is a value")
    note = spot.note("a slice is judged by one value; `timeSliceTarget`, the share of good values in it, is not said")
    return Judged(_measured(measure), Slices(_length(goal, method), comparison, goal.value), (*measure.notes, note))


def _ratio_slices(measure: Measure, goal: Goal, spot: Spot, notes: tuple[Note, ...]) -> Judged:
    note = spot.below("timeSliceWindow").note(
        "the ratio is averaged over time, in steps of 5m", str(_length(goal, "it"))
    )
    return Judged(_measured(measure, read_over.timed(measure.windowed)), None, (*notes, note))


def _measured(measure: Measure, windowed: read_over.Windowed | None = None) -> Measured:
    of = windowed or measure.windowed
    return Measured(measure.name, of.indicator, measure.spot.place, is_timed=of.is_timed)


def _length(goal: Goal, method: str) -> Duration:
    if goal.time_slice_window is None:
        raise UnsayableError(f"{method} needs timeSliceWindow")
    return goal.time_slice_window.length


def _needed(value: Decimal | None, key: str, method: str) -> Decimal:
    if value is None:
        raise UnsayableError(f"{method} needs {key}")
    return value
