"""What every kind of signal has and can do. A kind says itself in PromQL; nothing else asks what kind it is."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field

from generators.frozen import Flag, Frozen, LabelName, Line, MetricName, Selection, Span, Text, matchers
from generators.inventory import Inventory, Metric, MetricType
from generators.naming import Category
from generators.promql import Expr, Selector, metric
from generators.signals.counted import Events
from generators.signals.example import UnprovableError, labels_for
from generators.signals.expression import Expression, selectors
from generators.signals.feed import Feed, Motion, Setting, Source
from generators.signals.limit import Limit, compare, share_limit
from generators.units import Duration, Quantity, Unit

Counted = Callable[[Selector, Duration], Expr]
Aggregation = Literal["sum", "max", "min", "avg"]


class MetricRef(Frozen):
    """A metric, and which of its series. Written as a plain name where no series are left out."""

    metric: MetricName
    select: Selection = {}


def _named(value: Any) -> Any:
    return {"metric": value} if isinstance(value, str) else value


Reference = Annotated[MetricRef, BeforeValidator(_named, json_schema_input_type=MetricName | MetricRef)]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a signal is read: its service, what selects its series, the environment's labels, the metrics known."""

    service: str
    select: Selection
    labels: Mapping[str, str]
    inventory: Inventory
    window: Duration

    def metric(self, name: str) -> Metric:
        return self.inventory[name]


@dataclass(frozen=True, slots=True)
class Use:
    """That a signal reads a metric, which types it can read, and the field that says so."""

    field: str
    metric: str
    types: tuple[MetricType, ...]
    labels: tuple[str, ...]


class SignalBase(Frozen):
    """The fields and abilities that all kinds share."""

    kind: str
    title: Annotated[Line | None, Field(description="how people call it; the title of its panel")] = None
    description: Annotated[Text | None, Field(description="what it measures, and what it means when it is bad")] = None
    select: Annotated[Selection, Field(description="label matchers on every metric of the signal")] = {}
    by: Annotated[tuple[LabelName, ...], Field(description="labels to keep; one alert for each combination")] = ()
    window: Annotated[Span | None, Field(description="how much history one value looks at")] = None
    vanishes: Annotated[Flag, Field(description="true where it is normal that there is no series")] = False
    panel: Annotated[Flag, Field(description="false keeps it off the dashboard")] = True

    counters: ClassVar[tuple[MetricType, ...]] = (MetricType.COUNTER,)
    needs_quantile: ClassVar[bool] = False
    is_share: ClassVar[bool] = False
    tells_down: ClassVar[bool] = False
    measures_age: ClassVar[bool] = False
    only_when_bad: ClassVar[bool] = False

    def uses(self) -> Iterator[Use]:
        """Every metric that the signal reads."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, MetricRef):
                yield self._use(name, value)
            elif isinstance(value, Expression):
                yield from (Use(name, s.metric, tuple(MetricType), _labels(s)) for s in selectors(value))

    def types_of(self, _field: str) -> tuple[MetricType, ...]:
        """The metric types that a field takes."""
        return (MetricType.GAUGE,)

    def labels_of(self, _field: str) -> tuple[str, ...]:
        """The labels that a field's metric needs beside those it is selected by."""
        return self.by

    def _use(self, field: str, reference: MetricRef) -> Use:
        labels = dict.fromkeys((*self.labels_of(field), *self.select, *reference.select))
        return Use(field, reference.metric, self.types_of(field), tuple(labels))

    def series(self, scope: Scope, reference: MetricRef, suffix: str = "", **extra: str) -> Selector:
        """The selector of a metric of this signal, with everything that selects it."""
        selected = matchers(scope.select, self.select, reference.select)
        return metric(reference.metric + suffix, selected, **extra)

    @property
    def category(self) -> Category:
        """What kind of alert it makes; only where nothing is left of a service is the service down."""
        if not self.tells_down:
            return Category.THRESHOLD
        return Category.PARTLY_DOWN if self.by else Category.DOWN

    def over(self, scope: Scope) -> Duration:
        """The window of one value."""
        return self.window or scope.window

    # What a kind has to say.

    @abstractmethod
    def unit(self, scope: Scope) -> Unit:
        """What the value is measured in, and so what a threshold has to be written in."""

    @abstractmethod
    def value(self, scope: Scope) -> Expr:
        """The signal as a number: what the panel shows and the threshold compares."""

    @abstractmethod
    def presence(self, scope: Scope) -> Selector:
        """The series without which there is no value."""

    # What most kinds can leave as it is.

    def sources(self, scope: Scope, _limits: Collection[Quantity]) -> Mapping[str, Selector]:
        """All series without any of which an alert at these limits could not fire, by what is said of each."""
        return {"": self.presence(scope)}

    def recordings(self, _scope: Scope) -> Iterator[tuple[str, Mapping[str, str], Expr]]:
        """What has to be recorded for its value: name, labels and expression of each rule."""
        yield from ()

    def alert_unit(self, scope: Scope) -> Unit:
        """What the value of an alert on the signal is measured in."""
        return self.unit(scope)

    def crossed(self, scope: Scope, limit: Limit) -> Expr:
        """The condition of an alert at that limit. Raises ValueError where the limit makes no sense here."""
        return compare(self.judged(scope, limit), limit.comparison, self.level(scope, limit))

    def judged(self, scope: Scope, limit: Limit) -> Expr:
        """The number that is compared. Raises ValueError where the limit makes no sense here."""
        return self.value(scope)

    def level(self, scope: Scope, limit: Limit) -> Decimal:
        """The number that the value is compared with at that limit."""
        return share_limit(limit) if self.is_share else limit.quantity.in_unit(self.unit(scope))

    def measured(self, _limit: Limit) -> str:
        """What the value of an alert is, for its description."""
        return "Now"

    def allowed(self, limit: Limit) -> str:
        """What the value of an alert has to stay within, for its description."""
        return f"{limit.comparison.replace('_', ' ')} {limit.quantity}"

    def shown(self, scope: Scope) -> Iterator[tuple[str, Expr]]:
        """The lines of its panel: a legend (empty: the labels) and an expression each."""
        yield "", self.value(scope)

    def events(self, scope: Scope, window: Duration, under: Quantity | None) -> Events:
        """Bad and all events, for an SLO. Raises ValueError for a kind that counts no events."""
        raise ValueError(
            f"a {self.kind} signal counts no events; say with `slices` which minutes are bad, "
            "or use a ratio, latency, probe or events signal"
        )

    @property
    def counts_evenly(self) -> bool:
        """Whether its events come at a steady pace, so that few bad ones are no matter of chance."""
        return False

    def grouped(self, by: tuple[str, ...]) -> Self:
        """The signal with other labels kept. Raises ValueError where it can't keep them."""
        if self.is_handmade and by != self.by:
            raise ValueError("the PromQL of the signal decides which labels are kept; say `by` there")
        return self.model_copy(update={"by": by})

    # What tests of its alerts are made from.

    @property
    def is_handmade(self) -> bool:
        """Whether a person wrote its PromQL, so that nothing is known of what makes it which value."""
        return any(isinstance(value, Expression) for _name, value in self)

    def source(self, scope: Scope, setting: Setting, limit: Limit) -> Source:
        """Which input series make the value of an alert what. Raises UnprovableError where nobody can know."""
        raise UnprovableError(
            f"nothing tells which input makes this {self.kind} signal good or bad; give it `examples`"
        )

    def event_source(self, scope: Scope, setting: Setting, under: Quantity | None) -> Source:
        """Which input series make which share of the events bad, for an SLO."""
        raise UnprovableError(f"a {self.kind} signal counts no events")

    def event_labels(self, scope: Scope) -> Mapping[str, str]:
        """The labels that its events keep of the input of tests."""
        return {label: f"some-{label}" for label in self.by} if self.is_handmade else self.kept(self.presence(scope))

    def feed(self, series: Selector, motion: Motion, amount: Decimal) -> Feed:
        """An input series that a selector finds."""
        return Feed(series.metric, labels_for(series.matchers, self.by), motion, amount)

    def kept(self, *series: Selector) -> dict[str, str]:
        """The labels of a value that is aggregated `by` its labels."""
        labels = labels_for([m for s in series for m in s.matchers], self.by)
        return {label: labels[label] for label in self.by if label in labels}


def _labels(selector: Selector) -> tuple[str, ...]:
    return tuple(m.label for m in selector.matchers)
