"""Files of OpenSLO v1alpha."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from generators.frozen import Flag
from generators.interchange import openslo_alert_spec as alerts
from generators.interchange import openslo_spec as v1
from generators.interchange.foreign import Camel, NotEmpty, Number, Ratio, Word

ALPHA = Literal["openslo/v1alpha"]


class Query(Camel):
    """A query."""

    source: Word
    query_type: Word
    query: Word


class RatioMetrics(Camel):
    """Good events and all events."""

    good: Query
    total: Query
    incremental: Flag = False
    counter: Flag | None = None


class Indicator(Camel):
    """A value."""

    threshold_metric: Query


class Goal(Camel):
    """One objective."""

    display_name: str = ""
    op: alerts.Op | None = None
    value: Number | None = None
    target: Ratio
    time_slice_target: Ratio | None = None
    ratio_metrics: RatioMetrics | None = None


class TimeWindow(Camel):
    """The period."""

    unit: Literal["Day", "Week", "Month", "Quarter"]
    count: Annotated[int, Field(gt=0)]
    is_rolling: Flag | None = None
    calendar: v1.Calendar | None = None


class SloSpec(Camel):
    """An SLO."""

    description: str = ""
    service: Word
    indicator: Indicator | None = None
    budgeting_method: Literal["Occurrences", "Timeslices"] = "Occurrences"
    time_windows: Annotated[tuple[TimeWindow, ...], Field(max_length=1)] = ()
    objectives: Annotated[tuple[Goal, ...], NotEmpty]

    @model_validator(mode="after")
    def _one_indicator(self) -> Self:
        if any((goal.ratio_metrics is None) == (self.indicator is None) for goal in self.objectives):
            raise ValueError("say either indicator, or ratioMetrics in each of the objectives")
        return self


class Slo(Camel):
    """An SLO."""

    api_version: ALPHA
    kind: Literal["SLO"]
    metadata: alerts.Metadata
    spec: SloSpec


class Service(Camel):
    """A service that SLOs name."""

    api_version: ALPHA
    kind: Literal["Service"]
    metadata: alerts.Metadata
    spec: v1.ServiceSpec = v1.ServiceSpec()
