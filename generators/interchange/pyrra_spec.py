"""Files of pyrra: one object of a cluster for each SLO."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from generators.frozen import Flag, LabelName, Span
from generators.interchange.foreign import Camel, KubernetesMetadata, Pairs, Percent
from generators.interchange.query import Query
from generators.promql import Selector


def _series(query: Query) -> Query:
    if not isinstance(query.expr, Selector) or query.expr.window is not None:
        raise ValueError("pyrra takes a metric and its matchers here, and no other expression")
    return query


Series = Annotated[Query, AfterValidator(_series)]


class Metric(Camel):
    """The series of a metric."""

    metric: Series


class Grouped(Camel):
    """What can be told apart by labels, each with a budget of its own."""

    grouping: tuple[LabelName, ...] = ()


class Ratio(Grouped):
    """Two of errors, successes and all events."""

    errors: Metric | None = None
    total: Metric | None = None
    success: Metric | None = None

    @model_validator(mode="after")
    def _two_of_three(self) -> Self:
        if [self.errors, self.total, self.success].count(None) != 1:
            raise ValueError("say two of errors, total, success")
        return self


class Latency(Grouped):
    """The bucket of fast events, and all events."""

    success: Metric
    total: Metric


class NativeLatency(Grouped):
    """A native histogram, and the latency that events should be faster than."""

    total: Metric
    latency: Span


class BoolGauge(Grouped):
    """A metric that is 1 while things are good, and 0 otherwise."""

    metric: Series


class Indicator(Camel):
    """What is measured."""

    ratio: Ratio | None = None
    latency: Latency | None = None
    latency_native: NativeLatency | None = None
    bool_gauge: Annotated[BoolGauge | None, Field(alias="bool_gauge")] = None
    bool_gauge_camel: Annotated[BoolGauge | None, Field(alias="boolGauge")] = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if sum(getattr(self, name) is not None for name in type(self).model_fields) != 1:
            raise ValueError("say exactly one of ratio, latency, latencyNative, bool_gauge")
        return self


class Severities(Camel):
    """The severity of each alert."""

    absent: str = ""
    fast_burn: str = ""
    medium_burn: str = ""
    slow_burn: str = ""
    long_term_burn: str = ""


class Alerting(Camel):
    """What alerts there are."""

    disabled: Flag = False
    burnrates: Flag = True
    absent: Flag = True
    name: str = ""
    absent_name: str = ""
    severities: Severities = Severities()


class RuleOutput(Camel):
    """Labels of the objects that rules are put into."""

    short_rules_labels: Pairs = {}
    long_rules_labels: Pairs = {}
    enable_description_as_label: Flag = False


class Spec(Camel):
    """The SLO."""

    description: str = ""
    target: Percent
    window: Span
    indicator: Indicator
    alerting: Alerting = Alerting()
    partial_response_strategy: Annotated[str, Field(alias="partial_response_strategy")] = ""
    performance_over_accuracy: Flag = False
    rule_output: RuleOutput = RuleOutput()


class ServiceLevelObjective(Camel):
    """An SLO."""

    api_version: Literal["pyrra.dev/v1alpha1"]
    kind: Literal["ServiceLevelObjective"]
    metadata: KubernetesMetadata
    spec: Spec
    status: Any = None
