"""How far each error ratio is from the counted truth."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from tests.bench.slo.rules import Contender
from tests.bench.slo.traffic import Truth
from tests.prometheus import Prometheus

APART = 1830  # seconds between the evaluations that are looked at: they fall on all sides of a five-minute boundary


TIMES = 48  # so the evaluations are within a day


@dataclass(frozen=True, slots=True)
class Error:
    """Of one ratio, at all those times: shares of the true ratio."""

    typical: float
    worst: float
    truth: float  # the true ratio at the last time


def measure(
    running: Prometheus, contenders: Iterable[Contender], truth: Truth, end: int
) -> Mapping[str, Mapping[int, Error]]:
    """By contender and window, at times up to `end`."""
    return {
        contender.name: {window: _over(running, expr, truth, end, window) for window, expr in contender.ratios.items()}
        for contender in contenders
    }


def since(running: Prometheus, expr: str, truth: Truth, start: int, end: int) -> Error:
    """Of the ratio of everything since `start`."""
    found = _found(running, expr, end)
    return _error(found, {time: truth.ratio(time, int(time) - start) for time in found})


def _over(running: Prometheus, expr: str, truth: Truth, end: int, window: int) -> Error:
    found = _found(running, expr, end)
    return _error(found, {time: truth.ratio(time, window) for time in found})


def _found(running: Prometheus, expr: str, end: int) -> dict[float, float]:
    """The ratio at each time; where nothing is found, or not a number, it is all wrong."""
    start = end - (TIMES - 1) * APART
    values = {time: value for points in running.over(expr, start, end, APART) for time, value in points.values}
    return {time: values.get(time, math.nan) for time in range(start, end + 1, APART)}


def _error(found: Mapping[float, float], true: Mapping[float, float]) -> Error:
    """Of all times with bad events."""
    errors = [_relative(found[time], ratio) for time, ratio in true.items() if ratio > 0]
    return Error(median(errors), max(errors), true[max(true)])


def _relative(value: float, true: float) -> float:
    return math.inf if math.isnan(value) else abs(value - true) / true
