"""rate: how often something happens, per second. increase: how often it happened within the window."""

from __future__ import annotations

from typing import Literal

from generators.inventory import MetricType
from generators.promql import Expr, Selector, increase, rate, sum_by
from generators.signals.base import Reference, Scope, SignalBase
from generators.units import Unit


class _Counting(SignalBase):
    counter: Reference

    def types_of(self, _field: str) -> tuple[MetricType, ...]:
        return self.counters

    def presence(self, scope: Scope) -> Selector:
        return self.series(scope, self.counter)


class RateSignal(_Counting):
    """Events per second of a counter."""

    kind: Literal["rate"]

    def unit(self, scope: Scope) -> Unit:
        return scope.metric(self.counter.metric).measured_in.per_second

    def value(self, scope: Scope) -> Expr:
        return sum_by(rate(self.series(scope, self.counter), self.over(scope)), self.by)


class IncreaseSignal(_Counting):
    """Events of a counter within the window (`window: 1h`)."""

    kind: Literal["increase"]

    def unit(self, scope: Scope) -> Unit:
        return scope.metric(self.counter.metric).measured_in

    def value(self, scope: Scope) -> Expr:
        return sum_by(increase(self.series(scope, self.counter), self.over(scope)), self.by)
