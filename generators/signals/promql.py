"""promql: the checked escape hatch, for what no other kind can say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generators.frozen import Line
from generators.inventory import MetricType
from generators.promql import Expr, Selector
from generators.signals.base import Scope, SignalBase
from generators.signals.examples import Examples
from generators.signals.expression import Expression, presence_of, selected
from generators.units import Unit


class PromqlSignal(SignalBase):
    """An expression of one's own: parsed, its metrics looked up, its unit and labels declared beside it."""

    kind: Literal["promql"]
    expr: Expression
    measured_in: Annotated[Line, Field(alias="unit", description="seconds, ratio, bytes, or what is counted")]
    examples: Annotated[Examples | None, Field(description="series to prove the alerts with")] = None

    def types_of(self, _field: str) -> tuple[MetricType, ...]:
        return tuple(MetricType)

    def unit(self, scope: Scope) -> Unit:
        return Unit.named(self.measured_in)

    def value(self, scope: Scope) -> Expr:
        return selected(self.expr, scope.select, self.select)

    def presence(self, scope: Scope) -> Selector:
        return presence_of(self.expr, scope.select, self.select)
