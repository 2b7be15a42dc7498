"""Proofs of thresholds: a timeline through every limit of an alert, and one with too few bad events to matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from math import lcm

from generators.model.catalog import Catalog, Service, Threshold
from generators.proof import examples
from generators.proof.case import Case, Check, Firing, Unproven
from generators.proof.expected import firing as expected
from generators.proof.oracle import Oracle, Step
from generators.proof.timeline import Stage, Timeline, described, scrapes
from generators.rules.threshold import alert
from generators.signals.base import OPERATORS
from generators.signals.example import Unprovable
from generators.signals.feed import Feeds, Setting, Source
from generators.signals.probe import AbsenceSignal
from generators.units import Dimension, Duration

_BEYOND = Decimal("0.01")
_COARSE = Duration.parse("15m")
_LONG = Duration.parse("2h")


def cases(catalog: Catalog, service: Service) -> Iterator[Case | Unproven]:
    """The cases of every threshold; the steps of a ladder, which share a name, are proven together."""
    for steps in _families(service):
        try:
            if steps[0].signal.kind.is_handmade:
                yield from examples.cases(catalog, steps)
            elif not isinstance(steps[0].signal.kind, AbsenceSignal):  # the case without data proves those
                yield _Proof(catalog, service, steps).case()
        except Unprovable as why:
            yield Unproven(steps[0].alert, str(why))


def setting(catalog: Catalog, window: Duration) -> Setting:
    """The platform's intervals, or coarse ones for a signal that looks back for long."""
    platform = catalog.platform
    if window > _LONG:
        return Setting(_COARSE, _COARSE, (), ())
    return Setting(platform.scrape_interval, platform.evaluation_interval, (), ())


def _families(service: Service) -> Iterator[tuple[Threshold, ...]]:
    families: dict[tuple[object, ...], list[Threshold]] = {}
    for threshold in service.thresholds:
        # Each limit of a latency reads a bucket of its own, so a level of one says nothing of the others.
        own = threshold.limit.quantity if threshold.signal.kind.needs_quantile else None
        families.setdefault((threshold.alert, threshold.name, own), []).append(threshold)
    yield from map(tuple, families.values())


@dataclass(frozen=True)
class _Levels:
    """The levels that a timeline visits, from good to worst; `hits` are the limits themselves."""

    good: Decimal
    stops: tuple[tuple[Decimal, Decimal], ...]
    peak: Decimal

    @property
    def all(self) -> tuple[Decimal, ...]:
        return (self.good, *(level for stop in self.stops for level in stop), self.peak)


@dataclass(frozen=True)
class _Proof:
    """The steps of one ladder (or a single threshold), the mildest first."""

    catalog: Catalog
    service: Service
    given: Sequence[Threshold]

    @cached_property
    def thresholds(self) -> tuple[Threshold, ...]:
        return tuple(sorted(self.given, key=lambda t: self.sign * self._limit(t)))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return tuple(
            Step(
                t.limit.comparison,
                self._limit(t),
                t.hold.seconds,
                t.keep_firing_for.seconds if t.keep_firing_for else Decimal(0),
            )
            for t in self.thresholds
        )

    @property
    def sign(self) -> int:
        """1 where more is worse, -1 where less is."""
        return 1 if self.given[0].limit.comparison in ("above", "at_least") else -1

    @property
    def strict(self) -> bool:
        """Whether the limit itself is still fine."""
        return self.given[0].limit.comparison in ("above", "below")

    @staticmethod
    def _limit(threshold: Threshold) -> Decimal:
        return threshold.signal.kind.level(threshold.signal.scope, threshold.limit)

    @cached_property
    def base(self) -> Setting:
        signal = self.given[0].signal
        base = setting(self.catalog, signal.kind.over(signal.scope))
        guard = max(t.limit.min_bad_events for t in self.given)
        return replace(base, exact=tuple(step.limit for step in self.steps), min_bad_events=guard)

    def _source(self, levels: Sequence[Decimal]) -> Source:
        threshold = self.given[0]
        wanted = replace(self.base, levels=tuple(levels))
        return threshold.signal.kind.source(threshold.signal.scope, wanted, threshold.limit)

    @cached_property
    def levels(self) -> _Levels:
        """What a first source, made for the limits alone, can reach."""
        limits = [step.limit for step in self.steps]
        source = self._source(limits)
        stops = tuple(self._stop(source, limit) for limit in limits)
        if any(quiet == loud for quiet, loud in stops):
            raise Unprovable("its value can't go beyond the limit")
        good = limits[0] - self.sign * (abs(limits[0]) / 2 if self.sign > 0 else abs(limits[0]) or 1)
        worst = 3 if self.sign > 0 else Decimal("0.75")
        peak = limits[-1] + self.sign * worst * (abs(limits[-1]) or 1)
        beyond = max if self.sign > 0 else min
        return _Levels(_within(source, good), stops, beyond(_within(source, peak), stops[-1][1]))

    def _stop(self, source: Source, limit: Decimal) -> tuple[Decimal, Decimal]:
        """The last level at which the alert has to be silent, and the first at which it has to fire."""
        away = self.sign * _BEYOND * (abs(limit) or 1)
        # Where the limit can't be hit to the last bit, stay a tenth of that on the side that is sure.
        hit = limit if source.exactly(limit) else limit - (1 if self.strict else -1) * away / 10
        return (hit, _within(source, limit + away)) if self.strict else (_within(source, limit - away), hit)

    @cached_property
    def source(self) -> Source:
        source = self._source(self.levels.all)
        return replace(source, at=lambda level: source.at(level))

    def case(self) -> Case:
        """Few events, at each limit and beyond it, far beyond, good again, and nothing to do."""
        timeline = Timeline(tuple(self._stages()), self.base.scrape)
        oracle = Oracle(timeline, self.source, self.base.evaluation)
        name = f"{self.thresholds[0].alert}: {described(timeline.stages, timeline.starts)}"
        claims = frozenset(feed.metric for stage in timeline.stages for feed in stage.feeds)
        return Case(
            name, timeline.inputs(), self._checks(oracle), (), claims, self.base.scrape, self.base.evaluation
        )

    def _stages(self) -> Iterator[Stage]:
        source, levels = self.source, self.levels
        settle = source.memory + 2 * source.every * self.base.scrape.seconds if source.memory else Decimal(0)
        longest = max(step.hold for step in self.steps)
        longest, keep = (max(getattr(step, name) for step in self.steps) for name in ("hold", "keep"))
        if self._few_matter:
            name = f"fewer than {self.base.min_bad_events} bad events and no good ones"
            every = max(feed.every for feed in source.few)
            yield Stage(name, None, source.few, self._scrapes(2 * settle + longest, every))
        for step, (quiet, loud) in zip(self.steps, levels.stops, strict=True):
            yield self._stage(step, quiet, settle + step.hold, loud=False)
            lasting = max(settle, step.hold) if self.strict else settle + step.hold
            yield self._stage(step, loud, lasting, loud=True)
        if settle and levels.peak != levels.stops[-1][1]:
            yield Stage("far beyond", levels.peak, self._feeds(levels.peak), self._scrapes(settle))
        again = self._scrapes(settle + keep)
        yield Stage("good again", levels.good, self._feeds(levels.good), again, resets=True)
        if source.idle:
            yield Stage("idle", source.idle.level, source.idle.feeds, self._scrapes(settle + longest + keep))

    @property
    def _few_matter(self) -> bool:
        """Whether too few bad events would fire if their number didn't count."""
        return bool(self.source.few) and any(step.crossed(self.source.few_level) for step in self.steps)

    def _stage(self, step: Step, level: Decimal, lasting: Decimal, loud: bool) -> Stage:
        place = "at" if level == step.limit else "beyond" if loud else "inside"
        name = f"{place} {OPERATORS[step.comparison]} {step.limit.normalize():f}"
        misses = loud and self.strict
        return Stage(name, level, self._feeds(level), self._scrapes(lasting), misses=misses)

    def _feeds(self, level: Decimal) -> Feeds:
        return self.source.at(level)

    def _scrapes(self, lasting: Decimal, every: int = 1) -> int:
        """So long and two evaluations more, in whole samples and evaluations."""
        scrape, evaluation = self.base.scrape, self.base.evaluation
        milli = lcm(int(scrape.seconds * 1000) * lcm(self.source.every, every), int(evaluation.seconds * 1000))
        return scrapes(lasting + 2 * evaluation.seconds, Decimal(milli) / 1000, scrape)

    def _checks(self, oracle: Oracle) -> tuple[Check, ...]:
        """Where a step starts or ends to fire and the tick before, and the end of each stage."""
        states = [oracle.firing(step) for step in self.steps]
        at = [tuple(zip(*tick, strict=True)) for tick in zip(*states, strict=True)]
        ticks = oracle.ticks()
        ends = {int(start / self.base.evaluation.seconds) - 1 for start in oracle.timeline.starts[1:]}
        changes = {n for i, (was, now) in enumerate(pairwise(at)) if was != now for n in (i, i + 1)}
        return tuple(
            Check(ticks[n], self.thresholds[0].alert, tuple(self._firings(oracle, ticks[n], at[n][0])))
            for n in sorted(ends | changes)
            if at[n][0] == at[n][1]
        )

    def _firings(self, oracle: Oracle, at: Decimal, firing: Sequence[bool]) -> Iterator[Firing]:
        value = oracle.value(at)
        for threshold, step, fires in zip(self.thresholds, self.steps, firing, strict=True):
            if fires:
                rule = alert(self.catalog, self.service, threshold)
                level = value.low if value and value.settled else None
                shown = level is not None and step.crossed(level) and self._is_told(level)
                yield expected(rule, self.source.labels, level if shown else None)

    def _is_told(self, level: Decimal) -> bool:
        """Whether the text of a value can be foretold: seconds are cut off, not rounded."""
        signal = self.given[0].signal
        time = signal.kind.alert_unit(signal.scope).dimension is Dimension.TIME
        return not time or self.source.exactly(level)


def _within(source: Source, level: Decimal) -> Decimal:
    """The nearest level that series can reach."""
    low, high = source.low, source.high
    level = level if low is None else max(low, level)
    return source.nearest(level if high is None else min(high, level))
