"""Files of OpenSLO v1."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from generators.frozen import Flag
from generators.interchange.foreign import Camel, NotEmpty, Number, Percent, Ratio, Word
from generators.interchange.openslo_alert_spec import ConditionSpec, Metadata, Op, PolicySpec, PolicyUse
from generators.interchange.openslo_values import Shorthand, SliceLength, nothing_is_empty

V1 = Literal["openslo/v1"]


class MetricSource(Camel):
    """Where a query is made, and the query, in whatever form the source has."""

    metric_source_ref: str = ""
    type: str = ""
    spec: Annotated[dict[str, Any], Field(min_length=1)]


class Metric(Camel):
    """A query."""

    metric_source: MetricSource


class RatioMetric(Camel):
    """Good or bad events and all of them; or their share."""

    counter: Flag = False
    good: Metric | None = None
    bad: Metric | None = None
    total: Metric | None = None
    raw: Metric | None = None
    raw_type: Literal["success", "failure"] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        said = {name for name in ("good", "bad", "total", "raw") if getattr(self, name) is not None}
        if said not in ({"good", "total"}, {"bad", "total"}, {"raw"}):
            raise ValueError("say good and total, bad and total, or raw")
        if (self.raw is None) != (self.raw_type is None):
            raise ValueError("`rawType` says whether `raw` is the share of successes or failures: say both or neither")
        return self


class SliSpec(Camel):
    """What is measured."""

    description: str = ""
    ratio_metric: RatioMetric | None = None
    threshold_metric: Metric | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.ratio_metric is None) == (self.threshold_metric is None):
            raise ValueError("say either ratioMetric or thresholdMetric")
        return self


class InlineSli(Camel):
    """An indicator where it is used."""

    kind: Literal["SLI"] | None = None
    metadata: Metadata
    spec: SliSpec


class Measuring(Camel):
    """What may have an indicator, or the name of one."""

    indicator: InlineSli | None = None
    indicator_ref: str | None = None

    @model_validator(mode="after")
    def _one_indicator(self) -> Self:
        if self.indicator is not None and self.indicator_ref is not None:
            raise ValueError("say either indicator or indicatorRef")
        return self


class Calendar(Camel):
    """When a period of the calendar starts."""

    start_time: Word
    time_zone: Word


class TimeWindow(Camel):
    """The period."""

    duration: Shorthand
    is_rolling: Flag | None = None
    calendar: Calendar | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if self.is_rolling and self.calendar is not None:
            raise ValueError("a rolling window has no calendar")
        if self.is_rolling is False and self.calendar is None:
            raise ValueError("a window that does not roll needs a calendar")
        return self


class Goal(Measuring):
    """One objective."""

    display_name: str = ""
    op: Op | None = None
    value: Number | None = None
    target: Ratio | None = None
    target_percent: Percent | None = None
    time_slice_target: Ratio | None = None
    time_slice_window: SliceLength | None = None
    composite_weight: Number | None = None

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        if (self.target is None) == (self.target_percent is None):
            raise ValueError("say either target or targetPercent")
        return self


class SloSpec(Measuring):
    """An SLO."""

    description: str = ""
    service: Word
    time_window: Annotated[tuple[TimeWindow, ...], BeforeValidator(nothing_is_empty), Field(max_length=1)] = ()
    budgeting_method: Literal["Occurrences", "Timeslices", "RatioTimeslices"]
    objectives: Annotated[tuple[Goal, ...], NotEmpty]
    alert_policies: Annotated[tuple[PolicyUse, ...], BeforeValidator(nothing_is_empty)] = ()


class ServiceSpec(Camel):
    """A service."""

    description: str = ""


class SourceSpec(Camel):
    """A data source."""

    description: str = ""
    type: Word
    connection_details: Any = None


class TargetSpec(Camel):
    """Who is told."""

    description: str = ""
    target: Word


class Thing(Camel):
    """An object of OpenSLO."""

    api_version: V1
    metadata: Metadata


class Slo(Thing):
    """An SLO."""

    kind: Literal["SLO"]
    spec: SloSpec


class Sli(Thing):
    """An indicator that SLOs name."""

    kind: Literal["SLI"]
    spec: SliSpec


class Service(Thing):
    """A service that SLOs name."""

    kind: Literal["Service"]
    spec: ServiceSpec = ServiceSpec()


class DataSource(Thing):
    """A data source that queries name."""

    kind: Literal["DataSource"]
    spec: SourceSpec


class AlertPolicy(Thing):
    """A policy that SLOs name."""

    kind: Literal["AlertPolicy"]
    spec: PolicySpec


class AlertCondition(Thing):
    """A condition that policies name."""

    kind: Literal["AlertCondition"]
    spec: ConditionSpec


class AlertNotificationTarget(Thing):
    """Somebody whom policies name."""

    kind: Literal["AlertNotificationTarget"]
    spec: TargetSpec


KINDS: dict[str, type[Thing]] = {
    "SLO": Slo,
    "SLI": Sli,
    "Service": Service,
    "DataSource": DataSource,
    "AlertPolicy": AlertPolicy,
    "AlertCondition": AlertCondition,
    "AlertNotificationTarget": AlertNotificationTarget,
}
