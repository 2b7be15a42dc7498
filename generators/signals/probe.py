"""probe: which share of the checks succeeded (`up`, `probe_success`, ...). absence: whether anything is there."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Literal

from generators.frozen import Flag
from generators.inventory import MetricType
from generators.promql import Expr, Selector, absent, aggregate, over_time, sum_by
from generators.signals.base import Aggregation, Reference, Scope, SignalBase
from generators.signals.counted import Events
from generators.signals.feed import Motion, Setting, Source
from generators.signals.limit import Limit
from generators.units import NUMBER, RATIO, Duration, Quantity, Unit


class ProbeSignal(SignalBase):
    """The share of successful checks over the window: 1 is up, 0 is down, one missed check is neither."""

    kind: Literal["probe"]
    metric: Reference
    aggregate: Aggregation = "avg"
    tells_down: ClassVar[bool] = True
    is_share: ClassVar[bool] = True

    def unit(self, scope: Scope) -> Unit:
        return RATIO

    def value(self, scope: Scope) -> Expr:
        return aggregate(self.aggregate, over_time("avg", self.presence(scope), self.over(scope)), self.by)

    def presence(self, scope: Scope) -> Selector:
        return self.series(scope, self.metric)

    def events(self, scope: Scope, window: Duration, under: Quantity | None) -> Events:
        if under:
            raise ValueError("`under` is for latency signals")
        all_checks = sum_by(over_time("count", self.presence(scope), window), self.by)
        good_checks = sum_by(over_time("sum", self.presence(scope), window), self.by)
        return Events(good_checks / window.seconds, all_checks / window.seconds, part_is_bad=False)

    def source(self, scope: Scope, setting: Setting, limit: Limit) -> Source:
        return self._checks(scope, Decimal(0))

    def event_source(self, scope: Scope, setting: Setting, under: Quantity | None) -> Source:
        return self._checks(scope, Decimal(1))

    def _checks(self, scope: Scope, good: Decimal) -> Source:
        """A check that succeeds for as much as the level says, or fails for that much where 1 is all bad."""
        series = self.presence(scope)
        return Source(
            lambda level: (self.feed(series, Motion.STAYS, abs(good - level)),),
            self.kept(series),
            lambda _level: True,
            memory=self.over(scope).seconds,
            low=Decimal(0),
            high=Decimal(1),
        )


class AbsenceSignal(SignalBase):
    """1 while a metric has no series at all."""

    kind: Literal["absence"]
    metric: Reference
    vanishes: Flag = True  # an alert for when there is no data is what the signal itself is for
    anything: ClassVar[tuple[MetricType, ...]] = tuple(MetricType)
    only_when_bad: ClassVar[bool] = True

    def types_of(self, _field: str) -> tuple[MetricType, ...]:
        return self.anything

    def unit(self, scope: Scope) -> Unit:
        return NUMBER

    def value(self, scope: Scope) -> Expr:
        return absent(self.presence(scope))

    def presence(self, scope: Scope) -> Selector:
        return self.series(scope, self.metric)
