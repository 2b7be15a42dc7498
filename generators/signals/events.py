"""events: bad and all events in PromQL of one's own, for SLOs that no other kind can say.

An SLO looks at many windows, and PromQL has no word for "over this window". So the expressions are written for one
window, and every range in them that is just as long is stretched to each of the others.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from generators.inventory import MetricType
from generators.promql import Binary, Call, Expr, Number, Selector, over_time, positive, walk
from generators.promql.labels import kept_labels
from generators.signals.base import Scope, SignalBase
from generators.signals.counted import Events
from generators.signals.example import UnprovableError
from generators.signals.examples import Examples
from generators.signals.expression import Expression, looks_back, presence_of, selected, stretched
from generators.signals.feed import Setting, Source
from generators.units import RATIO, Duration, Quantity, Unit

_STEP = Duration.parse("1m")
_FORMS = ({"bad", "total"}, {"good", "total"}, {"ratio", "total"}, {"ratio"})


def _divides(expr: Expr) -> bool:
    """Whether the expression can come to NaN, which no sum over time gets rid of again."""
    histogram = ("histogram_fraction", "histogram_quantile", "histogram_avg")
    return any(
        (isinstance(node, Binary) and node.operator in ("/", "%") and not isinstance(node.right, Number))
        or (isinstance(node, Call) and node.function in histogram)
        for node in walk(expr)
    )


class EventsSignal(SignalBase):
    """Rates of bad (or good) and of all events, or the share of bad ones, weighed by `total` or else by time."""

    kind: Literal["events"]
    bad: Annotated[Expression | None, Field(description="bad events")] = None
    good: Annotated[Expression | None, Field(description="good events")] = None
    total: Annotated[Expression | None, Field(description="all events")] = None
    ratio: Annotated[Expression | None, Field(description="the share of bad events, 0..1")] = None
    per: Annotated[
        Literal["second", "window"],
        Field(description="whether bad, good and total are rates, or counts over the window, as of `increase`"),
    ] = "second"
    examples: Annotated[Examples | None, Field(description="series to prove the alerts with")] = None
    is_share: ClassVar[bool] = True

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if {part for part in ("bad", "good", "total", "ratio") if getattr(self, part) is not None} not in _FORMS:
            raise ValueError("say one of: bad and total, good and total, ratio and total, ratio")
        for name in ("bad", "good", "total", "ratio"):
            self._keeps_by(name, getattr(self, name))
        return self

    def _keeps_by(self, name: str, expression: Expression | None) -> None:
        """Sides with different labels find nothing of each other, and all would look well."""
        kept = kept_labels(expression.expr) if expression is not None else None
        if kept is not None and set(kept) != set(self.by):
            said = f"[{', '.join(sorted(kept))}]" if kept else "no labels"
            raise ValueError(f"`{name}` keeps {said}, but `by` is [{', '.join(self.by)}]; they have to be the same")

    def types_of(self, _field: str) -> tuple[MetricType, ...]:
        return tuple(MetricType)

    @property
    def counts_evenly(self) -> bool:
        return self.total is None  # then every second weighs the same

    def unit(self, scope: Scope) -> Unit:
        return RATIO

    def value(self, scope: Scope) -> Expr:
        over = self.over(scope)
        if self.ratio is not None:
            return self._share(scope, self.ratio, over)
        events = self.events(scope, over, None)
        return events.bad / positive(events.total)

    def presence(self, scope: Scope) -> Selector:
        expression = self.total or self.ratio
        assert expression is not None
        return presence_of(expression, scope.select, self.select)

    def events(self, scope: Scope, window: Duration, under: Quantity | None) -> Events:
        if under:
            raise ValueError("`under` is for latency and lag signals")
        if self.ratio is not None:
            return self._weighed(scope, self.ratio, window)
        part = self.bad or self.good
        assert part is not None
        assert self.total is not None
        total = self._over(scope, self.total, window)
        return Events(self._over(scope, part, window), total, self.bad is not None, may_lack=True)

    def event_source(self, scope: Scope, setting: Setting, under: Quantity | None) -> Source:
        raise UnprovableError(f"nothing tells which input makes this {self.kind} signal good or bad")

    def _weighed(self, scope: Scope, ratio: Expression, window: Duration) -> Events:
        share = self._share(scope, ratio, window)
        if self.total is None:
            return Events(share, share * Decimal(0) + Decimal(1))
        total = self._over(scope, self.total, window)
        return Events(share * total, total, may_lack=True)

    def _share(self, scope: Scope, ratio: Expression, window: Duration) -> Expr:
        """The share over the window, without NaN; what has no range to stretch is averaged."""
        own = self.over(scope)
        share = selected(ratio, scope.select, self.select)
        if looks_back(share, own):
            return stretched(share, own, window) >= 0
        return share >= 0 if window == own else over_time("avg", share >= 0, window, step=_STEP)

    def _over(self, scope: Scope, expression: Expression, window: Duration) -> Expr:
        own = self.over(scope)
        expr = selected(expression, scope.select, self.select)
        if not looks_back(expr, own):
            raise ValueError(
                f"nothing in `{expression}` looks back {own}, so it can't be read over other windows; "
                "write its ranges so, or say with `window` how long they are"
            )
        told = stretched(expr, own, window)
        told = told >= 0 if _divides(told) else told
        return told if self.per == "second" else told / window.seconds
