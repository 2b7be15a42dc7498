"""ratio: which share of the events is bad (or good)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from generators.frozen import Selection, matchers
from generators.inventory import MetricType
from generators.promql import Expr, Matcher, MatchOp, Selector, fill, increase, metric, positive, rate, sum_by
from generators.signals.base import Counted, Reference, Scope, Use
from generators.signals.counted import Events
from generators.signals.counters import Counters
from generators.signals.example import labels_for
from generators.signals.feed import Feed, Motion, Setting, Source
from generators.signals.limit import Limit, compare
from generators.signals.shares import Split, growing, of_one_counter, of_two_counters
from generators.units import RATIO, Duration, Quantity, Unit

_PARTS = ("bad", "good", "bad_counter", "good_counter")


class RatioSignal(Counters):
    """Bad (or good) events of all events. Its value is the share of the part that is named."""

    kind: Literal["ratio"]
    counter: Annotated[Reference, Field(description="counts all events")]
    bad: Annotated[Selection | None, Field(description="which series of the counter are bad")] = None
    good: Annotated[Selection | None, Field(description="which series of the counter are good")] = None
    bad_counter: Annotated[Reference | None, Field(description="counts bad events")] = None
    good_counter: Annotated[Reference | None, Field(description="counts good events")] = None

    is_share: ClassVar[bool] = True

    @model_validator(mode="after")
    def _one_part(self) -> Self:
        if sum(getattr(self, part) is not None for part in _PARTS) != 1:
            raise ValueError(f"say exactly one of {', '.join(_PARTS)}")
        return self

    def types_of(self, _field: str) -> tuple[MetricType, ...]:
        return self.counters

    def uses(self) -> Iterator[Use]:
        yield from super().uses()
        labels = tuple(self.bad or self.good or {})
        yield Use("bad" if self.bad else "good", self.counter.metric, self.counters, labels)

    def unit(self, scope: Scope) -> Unit:
        return RATIO

    def value(self, scope: Scope) -> Expr:
        over = self.over(scope)
        return self._filled(scope, over, rate) / positive(self._total(scope, over, rate))

    def presence(self, scope: Scope) -> Selector:
        return self.series(scope, self.counter)

    def sources(self, scope: Scope, _limits: Collection[Quantity]) -> Mapping[str, Selector]:
        """The counter with the labels that tell bad from good: without them, all would look well."""
        every = self.presence(scope)
        said = {matcher.label for matcher in every.matchers}
        told_by = (label for label in (self.bad or self.good or {}) if label not in said)
        there = (Matcher(label, MatchOp.NOT_EQUAL, "") for label in told_by)
        return {"": replace(every, matchers=tuple(sorted((*every.matchers, *there))))}

    def judged(self, scope: Scope, limit: Limit) -> Expr:
        if self._names_bad != (limit.comparison in ("above", "at_least")):
            which, needed = ("bad", "above") if self._names_bad else ("good", "below")
            said = limit.comparison.replace("_", " ")
            raise ValueError(f"a share of {which} events alerts {needed} a limit, not {said}")
        return self.value(scope)

    def crossed(self, scope: Scope, limit: Limit) -> Expr:
        """Leaner than what is judged: where there are no series of bad events, nothing is wrong."""
        self.judged(scope, limit)
        over = self.over(scope)
        share = self._filled(scope, over, rate, self._names_bad) / positive(self._total(scope, over, rate))
        enough = self._bad_events(scope, over, increase, lean=True) >= limit.min_bad_events
        return compare(share, limit.comparison, self.level(scope, limit)) & enough

    def events(self, scope: Scope, window: Duration, under: Quantity | None) -> Events:
        if under:
            raise ValueError("`under` is for latency signals")
        total = self._total(scope, window, rate)
        return Events(self._part(scope, window, rate), total, self._names_bad, may_lack=True)

    def _bad_events(self, scope: Scope, window: Duration, per: Counted, *, lean: bool = False) -> Expr:
        if self._names_bad:
            return self._filled(scope, window, per, lean)
        return self._total(scope, window, per) - self._filled(scope, window, per)

    def _filled(self, scope: Scope, window: Duration, per: Counted, lean: bool = False) -> Expr:
        """The part, 0 where it has no series; `lean` where no series means that nothing is wrong."""
        part = self._part(scope, window, per)
        return part if lean else fill(part, self._total(scope, window, per))

    @property
    def _names_bad(self) -> bool:
        return self.bad is not None or self.bad_counter is not None

    def _total(self, scope: Scope, window: Duration, per: Counted) -> Expr:
        return sum_by(self.once(per(self.series(scope, self.counter), window)), self.by)

    def _part(self, scope: Scope, window: Duration, per: Counted) -> Expr:
        return sum_by(self.once(per(self._part_series(scope), window)), self.by)

    def _part_series(self, scope: Scope) -> Selector:
        other = self.bad_counter or self.good_counter
        reference = other or self.counter
        chosen = {} if other else (self.bad or self.good or {})
        return metric(reference.metric, matchers(scope.select, self.select, reference.select, chosen))

    def source(self, scope: Scope, setting: Setting, limit: Limit) -> Source:
        return self._split(scope).source(setting)

    def event_source(self, scope: Scope, setting: Setting, under: Quantity | None) -> Source:
        return self._split(scope).bad_source(setting)

    def _split(self, scope: Scope) -> Split:
        two = self.bad_counter or self.good_counter
        part = self.feed(self._part_series(scope), Motion.GROWS, Decimal(0))
        rest = self._all_events(scope) if two else self._other_events(scope)
        return Split(
            lambda some, others, everything: (growing(part, some), growing(rest, everything if two else others)),
            of_two_counters if two else of_one_counter,
            self.kept(self._part_series(scope)),
            self.over(scope),
            self._names_bad,
        )

    def _all_events(self, scope: Scope) -> Feed:
        every, part = self.presence(scope), self._part_series(scope)
        labels = labels_for(every.matchers, self.by)
        return Feed(every.metric, {**labels, **self.kept(part)}, Motion.GROWS, Decimal(0))

    def _other_events(self, scope: Scope) -> Feed:
        """The series of the counter that are not of the part, with the same labels to keep."""
        every, part = self.presence(scope), self._part_series(scope)
        chosen = [m for m in part.matchers if m not in every.matchers]
        labels = labels_for(every.matchers, self.by, but=chosen)
        return Feed(every.metric, {**labels, **self.kept(part)}, Motion.GROWS, Decimal(0))
