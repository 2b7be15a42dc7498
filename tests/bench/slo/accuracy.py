"""How far each error ratio is from the counted truth."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from tests.bench.slo.rules import Contender
from tests.bench.slo.traffic import Truth
from tests.prometheus import Prometheus

APART = 1830  # seconds between the evaluations that are looked at: they fall on all sides of a five-minute boundary


@dataclass(frozen=True, slots=True)
class Error:
    """Of one window, over many times: shares of the true ratio."""

    typical: float
    worst: float
    truth: float  # the true ratio at the last time
    found: float  # and what was found then


def measure(
    running: Prometheus, contenders: Iterable[Contender], truth: Truth, end: int, times: int
) -> Mapping[str, Mapping[int, Error]]:
    """By contender and window, at so many times up to `end`."""
    start = end - (times - 1) * APART
    return {
        contender.name: {
            window: _error(window, truth, _found(running, expr, start, end))
            for window, expr in contender.ratios.items()
        }
        for contender in contenders
    }


def _found(running: Prometheus, expr: str, start: int, end: int) -> dict[float, float]:
    """The ratio at each time; where nothing is found, or not a number, it is all wrong."""
    values = {time: value for points in running.over(expr, start, end, APART) for time, value in points.values}
    return {time: values.get(time, math.nan) for time in range(start, end + 1, APART)}


def _error(window: int, truth: Truth, found: Mapping[float, float]) -> Error:
    errors = list(_errors(window, truth, found))
    last = max(found)
    return Error(median(errors), max(errors), truth.ratio(last, window), found[last])


def _errors(window: int, truth: Truth, found: Mapping[float, float]) -> Iterator[float]:
    """Relative errors, at the times with bad events."""
    for time, value in found.items():
        true = truth.ratio(time, window)
        if true > 0:
            yield math.inf if math.isnan(value) else abs(value - true) / true
