"""lag: how far behind something is, in seconds. expiry: how long something is still good for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from generators.frozen import LabelName
from generators.inventory import MetricType
from generators.promql import Expr, Selector, aggregate, call, on, positive, rate, sum_by
from generators.signals.base import Aggregation, Reference, Scope, SignalBase
from generators.signals.feed import Idle, Motion, Setting, Source, rates
from generators.signals.limit import Limit
from generators.units import SECONDS, Quantity, Unit


class LagSignal(SignalBase):
    """Seconds behind: told by the exporter, or a backlog over the rate at which it comes in, or an age."""

    kind: Literal["lag"]
    seconds: Annotated[Reference | None, Field(description="a metric that is the lag already")] = None
    backlog: Annotated[Reference | None, Field(description="how many items wait")] = None
    arrivals: Annotated[Reference | None, Field(description="counts items coming in, or an offset that grows")] = None
    arrivals_by: Annotated[tuple[LabelName, ...], Field(description="labels that arrivals share with backlog")] = ()
    since: Annotated[Reference | None, Field(description="when it last happened, a Unix timestamp")] = None
    aggregate: Aggregation = "max"
    measures_age: ClassVar[bool] = True

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        said = {f for f in ("seconds", "backlog", "arrivals", "since") if getattr(self, f) is not None}
        if said not in ({"seconds"}, {"backlog", "arrivals"}, {"since"}):
            raise ValueError("say one of: seconds, backlog and arrivals, since")
        if extra := set(self.arrivals_by) - set(self.by):
            raise ValueError(f"arrivals_by has labels that `by` lacks: {', '.join(sorted(extra))}")
        return self

    def types_of(self, field: str) -> tuple[MetricType, ...]:
        # Exporters type a growing offset as gauge; as the divisor of a backlog it is read as the counter it is.
        return (MetricType.GAUGE, MetricType.COUNTER) if field == "arrivals" else (MetricType.GAUGE,)

    def labels_of(self, field: str) -> tuple[str, ...]:
        return self.arrivals_by if field == "arrivals" else self.by

    def unit(self, scope: Scope) -> Unit:
        return SECONDS

    def value(self, scope: Scope) -> Expr:
        if self.backlog is not None:
            return self._estimated(scope)
        if self.since is not None:
            return call("time") - aggregate("max", self.presence(scope), self.by)
        told = aggregate(self.aggregate, self.presence(scope), self.by)
        return told if (per := self._per_second(scope)) == 1 else told / per

    def presence(self, scope: Scope) -> Selector:
        reference = self.seconds or self.backlog or self.since
        assert reference is not None
        return self.series(scope, reference)

    def sources(self, scope: Scope, _limits: Collection[Quantity]) -> Mapping[str, Selector]:
        arrivals = {"arrivals": self.series(scope, self.arrivals)} if self.arrivals is not None else {}
        return {"": self.presence(scope), **arrivals}

    def _estimated(self, scope: Scope) -> Expr:
        """Little's law: waiting items over arrivals a second. Without arrivals there is no estimate."""
        assert self.arrivals is not None
        waiting = sum_by(call("clamp_min", self.presence(scope), 0), self.by)
        arriving = sum_by(rate(self.series(scope, self.arrivals), self.over(scope)), self.arrivals_by)
        ratio = waiting / positive(arriving)
        return ratio if set(self.by) == set(self.arrivals_by) else on(ratio, *self.arrivals_by, group="group_left")

    def source(self, scope: Scope, setting: Setting, limit: Limit) -> Source:
        series = self.presence(scope)
        if self.backlog is not None:
            return self._backlog_source(scope, setting)
        if self.since is not None:
            return _moments(self, series, Decimal(-1))
        per = self._per_second(scope)
        return Source(
            lambda level: (self.feed(series, Motion.STAYS, level * per),), self.kept(series), lambda _level: True
        )

    def _backlog_source(self, scope: Scope, setting: Setting) -> Source:
        """A steady stream of arrivals, and as many items waiting as come in within the lag."""
        assert self.arrivals is not None
        waiting, arriving = self.presence(scope), self.series(scope, self.arrivals)
        over, scrape = self.over(scope), setting.scrape.seconds

        def off(level: Decimal, pace: int) -> bool:
            return any(float(level * pace) / rate != float(level) for rate in rates(pace * scrape, over, setting))

        paces = (n for n in range(1, 400) if not any(off(level, n) for level in setting.exact))
        pace = next(paces, 1)
        stream = self.feed(arriving, Motion.GROWS, pace * scrape)
        queue = self.feed(waiting, Motion.STAYS, Decimal(pace))
        return Source(
            lambda level: (stream, replace(queue, amount=level * pace)),
            self.kept(arriving, waiting),
            lambda level: not off(level, pace),
            warm=over.seconds,
            low=Decimal(0),
            idle=Idle((replace(stream, amount=Decimal(0)), queue), None),
        )

    def _per_second(self, scope: Scope) -> Decimal:
        assert self.seconds is not None
        return scope.metric(self.seconds.metric).measured_in.per_base


def _moments(kind: SignalBase, series: Selector, sign: Decimal) -> Source:
    """A point in time that stays as far from now as the level says."""
    return Source(
        lambda level: (kind.feed(series, Motion.FOLLOWS, sign * level),), kind.kept(series), lambda _level: True
    )


class ExpirySignal(SignalBase):
    """Seconds until a moment in the future; the earliest one counts."""

    kind: Literal["expiry"]
    until: Annotated[Reference, Field(description="when it ends, a Unix timestamp")]

    def unit(self, scope: Scope) -> Unit:
        return SECONDS

    def value(self, scope: Scope) -> Expr:
        return aggregate("min", self.presence(scope), self.by) - call("time")

    def presence(self, scope: Scope) -> Selector:
        return self.series(scope, self.until)

    def source(self, scope: Scope, setting: Setting, limit: Limit) -> Source:
        return _moments(self, self.presence(scope), Decimal(1))
