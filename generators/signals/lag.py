"""lag: how far behind something is, in seconds. expiry: how long something is still good for."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from generators.frozen import LabelName
from generators.inventory import MetricType
from generators.promql import Expr, Selector, aggregate, call, on, positive, rate, sum_by
from generators.signals.base import Aggregation, Reference, Scope, SignalBase
from generators.units import SECONDS, Unit


class LagSignal(SignalBase):
    """Seconds behind: told by the exporter, or a backlog over the rate at which it comes in, or an age."""

    kind: Literal["lag"]
    seconds: Annotated[Reference | None, Field(description="a metric that is the lag already")] = None
    backlog: Annotated[Reference | None, Field(description="how many items wait")] = None
    arrivals: Annotated[Reference | None, Field(description="counts items coming in, or an offset that grows")] = None
    arrivals_by: Annotated[tuple[LabelName, ...], Field(description="labels that arrivals share with backlog")] = ()
    since: Annotated[Reference | None, Field(description="when it last happened, a Unix timestamp")] = None
    aggregate: Aggregation = "max"

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

    def _estimated(self, scope: Scope) -> Expr:
        """Little's law: waiting items over arrivals a second. No arrivals, no estimate: pair it with a backlog alert."""
        assert self.arrivals is not None
        waiting = sum_by(call("clamp_min", self.presence(scope), 0), self.by)
        arriving = sum_by(rate(self.series(scope, self.arrivals), self.over(scope)), self.arrivals_by)
        ratio = waiting / positive(arriving)
        return ratio if set(self.by) == set(self.arrivals_by) else on(ratio, *self.arrivals_by, group="group_left")

    def _per_second(self, scope: Scope) -> Decimal:
        assert self.seconds is not None
        return scope.metric(self.seconds.metric).measured_in.per_base


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
