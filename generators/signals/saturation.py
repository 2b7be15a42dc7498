"""saturation: which share of a capacity is used, 0 to 1, whatever the resource.

All of them are recorded under one metric name with a `resource` label, so that one alert shape, one dashboard and
one forecast serve CPU, memory, disks, connections and everything else that can be full.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from generators import naming
from generators.frozen import Name
from generators.promql import Expr, Selector, aggregate, call, metric, positive
from generators.signals.base import Aggregation, Reference, Scope, SignalBase
from generators.signals.examples import Examples
from generators.signals.expression import Expression, presence_of, selected
from generators.signals.feed import Feed, Feeds, Motion, Setting, Source
from generators.signals.limit import Limit
from generators.units import RATIO, Dimension, Quantity, Unit

_FORMS = (("used", "capacity"), ("free", "capacity"), ("share",), ("expr",))


class SaturationSignal(SignalBase):
    """Used of capacity, free of capacity, a metric that is a share already, or an expression for the share."""

    kind: Literal["saturation"]
    resource: Annotated[Name, Field(description="what can be full: cpu, memory, disk, connections, ...")]
    used: Reference | None = None
    free: Reference | None = None
    capacity: Reference | None = None
    reserved: Annotated[Reference | None, Field(description="part of the capacity that nobody can use")] = None
    share: Annotated[Reference | None, Field(description="a metric in ratio (0..1) or percent (0..100)")] = None
    expr: Annotated[Expression | None, Field(description="PromQL for the share, 0..1")] = None
    aggregate: Aggregation = "max"
    is_share: ClassVar[bool] = True
    examples: Annotated[Examples | None, Field(description="with expr: series to prove the alerts with")] = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        said = tuple(f for f in ("used", "free", "capacity", "share", "expr") if getattr(self, f) is not None)
        if set(said) not in [set(form) for form in _FORMS]:
            raise ValueError("say one of: used and capacity, free and capacity, share, expr")
        return self

    def grouped(self, by: tuple[str, ...]) -> Self:
        if by != self.by:
            raise ValueError("a saturation is recorded with the labels that it has by itself; say `by` there")
        return self

    def unit(self, scope: Scope) -> Unit:
        return RATIO

    def value(self, scope: Scope) -> Expr:
        return metric(naming.SATURATION, **self._identity(scope))

    def recordings(self, scope: Scope) -> Iterator[tuple[str, Mapping[str, str], Expr]]:
        yield naming.SATURATION, self._identity(scope), call("clamp", self._share(scope), 0, 1)

    def _identity(self, scope: Scope) -> dict[str, str]:
        return {**scope.labels, naming.Label.SERVICE: scope.service, naming.Label.RESOURCE: self.resource}

    def presence(self, scope: Scope) -> Selector:
        if self.expr is not None:
            return presence_of(self.expr, scope.select, self.select)
        reference = self.used or self.free or self.share
        assert reference is not None
        return self.series(scope, reference)

    def sources(self, scope: Scope, _limits: Collection[Quantity]) -> Mapping[str, Selector]:
        parts = {"capacity": self.capacity, "reserved": self.reserved}
        others = {name: self.series(scope, reference) for name, reference in parts.items() if reference is not None}
        return {"": self.presence(scope), **others}

    def _share(self, scope: Scope) -> Expr:
        if self.expr is not None:
            return selected(self.expr, scope.select, self.select)
        if self.share is not None:
            return self._of_share(scope, self.share)
        assert self.capacity is not None
        capacity = self._part(scope, self.capacity)
        if self.reserved is not None:
            capacity = capacity - self._part(scope, self.reserved)
        if self.free is not None:
            return 1 - self._part(scope, self.free) / positive(capacity)
        assert self.used is not None
        return self._part(scope, self.used) / positive(capacity)

    def _of_share(self, scope: Scope, share: Reference) -> Expr:
        unit = scope.metric(share.metric).measured_in
        if unit.dimension is not Dimension.RATIO:
            raise ValueError(f"{share.metric} is measured in {unit.name}, which is no share of anything")
        part = self._part(scope, share)
        return part if unit.per_base == 1 else part / unit.per_base

    def _part(self, scope: Scope, reference: Reference) -> Expr:
        return aggregate(self.aggregate, self.series(scope, reference), self.by)

    def source(self, scope: Scope, setting: Setting, limit: Limit) -> Source:
        if self.expr is not None:
            return super().source(scope, setting, limit)
        size = Decimal(10 ** (setting.decimals + 3))
        parts = [r for r in (self.used, self.free, self.capacity, self.reserved, self.share) if r]
        return Source(
            lambda level: self._parts(scope, level, size),
            self.kept(*(self.series(scope, part) for part in parts)) | self._identity(scope),
            lambda level: self.free is None or 1 - float(1 - level) == float(level),
            low=Decimal(0),
            high=Decimal(1),
        )

    def _parts(self, scope: Scope, level: Decimal, size: Decimal) -> Feeds:
        """A tenth of the capacity is reserved, where something is."""
        percent = scope.metric(self.share.metric).measured_in.per_base if self.share else Decimal(1)
        held = size / 10 if self.reserved else Decimal(0)
        amounts = (
            (self.used, level * size),
            (self.free, (1 - level) * size),
            (self.capacity, size + held),
            (self.reserved, held),
            (self.share, level * percent),
        )
        return tuple(self._feed(scope, part, amount) for part, amount in amounts if part is not None)

    def _feed(self, scope: Scope, part: Reference, amount: Decimal) -> Feed:
        return self.feed(self.series(scope, part), Motion.STAYS, amount)
