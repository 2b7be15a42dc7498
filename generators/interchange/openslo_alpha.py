"""Reading SLOs of OpenSLO v1alpha: the same things as in v1, said in other keys."""

from __future__ import annotations

from collections.abc import Callable

from generators.interchange import openslo_alpha_spec as spec
from generators.interchange import openslo_spec as v1
from generators.interchange import openslo_window as read_over
from generators.interchange.openslo_indicator import Measure, UnsayableError
from generators.interchange.openslo_slo import Told
from generators.interchange.openslo_values import Shorthand, SliceLength, speaks_promql
from generators.interchange.spot import Spot
from generators.promql import Expr

_UNITS = {"Day": "d", "Week": "w", "Month": "M", "Quarter": "Q"}


def told(spot: Spot, one: spec.Slo) -> Told:
    """The SLO."""
    said = one.spec
    return Told(
        spot,
        one.metadata,
        said.service,
        said.description,
        said.budgeting_method,
        tuple(map(_window, said.time_windows)),
        "timeWindows",
        tuple(map(_goal, said.objectives)),
        _measure(spot, one),
    )


def _goal(goal: spec.Goal) -> v1.Goal:
    """The objective as v1 says it; slices are a minute long, as v1alpha can't say how long."""
    return v1.Goal.model_construct(
        display_name=goal.display_name,
        op=goal.op,
        value=None if goal.ratio_metrics else goal.value,
        target=goal.target,
        time_slice_target=goal.time_slice_target,
        time_slice_window=SliceLength(1, "m"),
    )


def _measure(spot: Spot, one: spec.Slo) -> Callable[[int], Measure]:
    def measure(index: int) -> Measure:
        goal = one.spec.objectives[index]
        if one.spec.indicator is not None:
            here = spot.below("spec", "indicator", "thresholdMetric")
            value = read_over.valued(_query(one.spec.indicator.threshold_metric, here))
            return Measure(one.metadata.name, value, here, is_value=True)
        ratio, here = goal.ratio_metrics, spot.below("spec", "objectives", index, "ratioMetrics")
        assert ratio is not None
        good, total = _query(ratio.good, here.below("good")), _query(ratio.total, here.below("total"))
        found = read_over.counted(good, total, is_bad=False, is_counter=ratio.incremental or bool(ratio.counter))
        return Measure(one.metadata.name, found, here, False, (here.note(found.decided),) if found.decided else ())

    return measure


def _query(query: spec.Query, spot: Spot) -> Expr:
    if not speaks_promql(query.source):
        raise UnsayableError(f"its data source is {query.source}, and rules read Prometheus")
    return spot.below("query").promql(query.query)


def _window(of: spec.TimeWindow) -> v1.TimeWindow:
    """The period, as v1 says it."""
    duration = Shorthand(of.count, _UNITS[of.unit])
    return v1.TimeWindow.model_construct(duration=duration, is_rolling=of.is_rolling, calendar=of.calendar)
