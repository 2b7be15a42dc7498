"""rate: how often something happens, per second. increase: how often it happened within the window."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import ClassVar, Literal

from generators.inventory import MetricType
from generators.promql import Expr, Selector, increase, rate, sum_by
from generators.signals.base import Reference, Scope
from generators.signals.counters import Counters
from generators.signals.feed import Feeds, Idle, Motion, Setting, Source, binary, rates
from generators.signals.limit import Limit
from generators.units import Unit


class _Counting(Counters):
    counter: Reference
    per_second: ClassVar[bool] = True

    def types_of(self, _field: str) -> tuple[MetricType, ...]:
        return self.counters

    def presence(self, scope: Scope) -> Selector:
        return self.series(scope, self.counter)

    def source(self, scope: Scope, setting: Setting, limit: Limit) -> Source:
        series, window = self.presence(scope), self.over(scope)
        every = self._every(scope, setting)
        sparse = replace(setting, scrape=setting.scrape * every)

        def growth(level: Decimal) -> Decimal:
            return binary(self._growth(level, scope, sparse))

        def feeds(level: Decimal) -> Feeds:
            return (replace(self.feed(series, Motion.GROWS, growth(level)), every=every),)

        def exactly(level: Decimal) -> bool:
            return all(value == float(level) for value in rates(growth(level), window, sparse, self.per_second))

        return Source(
            feeds,
            self.kept(series),
            exactly,
            nearest=lambda level: growth(level) / self._growth(Decimal(1), scope, sparse),
            memory=window.seconds,
            low=Decimal(0),
            idle=Idle(feeds(Decimal(0)), Decimal(0)),
        )

    def _growth(self, level: Decimal, scope: Scope, setting: Setting) -> Decimal:
        """What the counter grows by from sample to sample."""
        return level * setting.scrape.seconds / (1 if self.per_second else self.over(scope).seconds)

    def _every(self, scope: Scope, setting: Setting) -> int:
        """With few events, how many scrapes apart the samples have to be for the counter to hold whole ones."""
        most = int(self.over(scope).seconds / setting.scrape.seconds / 2)
        whole = (
            n
            for n in range(1, most + 1)
            if all(g == int(g) for level in setting.exact for g in [n * self._growth(level, scope, setting)])
        )
        return next(whole, 1)


class RateSignal(_Counting):
    """Events per second of a counter."""

    kind: Literal["rate"]

    def unit(self, scope: Scope) -> Unit:
        return scope.metric(self.counter.metric).measured_in.per_second

    def value(self, scope: Scope) -> Expr:
        return sum_by(self.once(rate(self.series(scope, self.counter), self.over(scope))), self.by)


class IncreaseSignal(_Counting):
    """Events of a counter within the window (`window: 1h`)."""

    kind: Literal["increase"]
    per_second: ClassVar[bool] = False

    def unit(self, scope: Scope) -> Unit:
        return scope.metric(self.counter.metric).measured_in

    def value(self, scope: Scope) -> Expr:
        return sum_by(self.once(increase(self.series(scope, self.counter), self.over(scope))), self.by)
