"""gauge: a value as it is; several series become one by `aggregate`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from generators.inventory import MetricType
from generators.promql import Expr, Selector, aggregate, over_time
from generators.signals.base import Aggregation, Reference, Scope, SignalBase
from generators.signals.feed import Blend, Motion, Setting, Source
from generators.signals.limit import Limit
from generators.units import Unit

_BLENDS: dict[str | None, Blend] = {"max": "max", "min": "min"}


class GaugeSignal(SignalBase):
    """A gauge; with `window`, its `smooth` over that window, so that one missed scrape or spike means nothing."""

    kind: Literal["gauge"]
    metric: Reference
    aggregate: Annotated[Aggregation, Field(description="how series that share the kept labels become one")] = "max"
    smooth: Annotated[Literal["max", "min", "avg"] | None, Field(description="what is kept of the window")] = None

    def types_of(self, _field: str) -> tuple[MetricType, ...]:
        return (MetricType.GAUGE, MetricType.UNTYPED)

    def unit(self, scope: Scope) -> Unit:
        return scope.metric(self.metric.metric).measured_in

    def value(self, scope: Scope) -> Expr:
        series: Expr = self.presence(scope)
        if self.smooth:
            series = over_time(self.smooth, series, self.over(scope))
        return aggregate(self.aggregate, series, self.by)

    def presence(self, scope: Scope) -> Selector:
        return self.series(scope, self.metric)

    def source(self, scope: Scope, setting: Setting, limit: Limit) -> Source:
        series = self.presence(scope)
        return Source(
            lambda level: (self.feed(series, Motion.STAYS, level),),
            self.kept(series),
            exactly=lambda _level: True,
            memory=self.over(scope).seconds if self.smooth else Decimal(0),
            blend=_BLENDS.get(self.smooth, "linear"),
        )
