"""Proofs of thresholds: a timeline through every limit of an alert, followed by an oracle that knows no PromQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from generators.model.catalog import Catalog, Service, Threshold
from generators.proof import examples, levels
from generators.proof.case import Case, Check, Firing, Pace, Unproven
from generators.proof.expected import firing as expected
from generators.proof.oracle import Oracle, Step
from generators.proof.timeline import Stage, Timeline, described
from generators.rules.threshold import alert
from generators.signals.example import UnprovableError
from generators.signals.feed import Setting, Source
from generators.signals.limit import OPERATORS
from generators.signals.probe import AbsenceSignal
from generators.units import Dimension, Duration

# What takes longer than this is scraped and evaluated this seldom, or its proof would take too long.
_SELDOM = {Duration.parse("2h"): Duration.parse("15m"), Duration.parse("30m"): Duration.parse("5m")}
_FEW = ("fewer than", "just")


def cases(catalog: Catalog, service: Service) -> Iterator[Case | Unproven]:
    """The cases of every threshold; the steps of a ladder, which share a name, are proven together."""
    for family in _families(service):
        try:
            yield from _cases(catalog, service, family)
        except UnprovableError as why:
            yield Unproven(family[0].alert, str(why))


def _cases(catalog: Catalog, service: Service, family: Sequence[Threshold]) -> Iterator[Case]:
    kind = family[0].signal.kind
    if kind.is_handmade:
        yield from examples.cases(catalog, family)
    elif not isinstance(kind, AbsenceSignal):  # those are proven by the case without any data
        yield _Proof(catalog, service, family).case()


def _families(service: Service) -> Iterator[tuple[Threshold, ...]]:
    families: dict[tuple[object, ...], list[Threshold]] = {}
    for one in service.thresholds:
        # Each limit of a latency reads a bucket of its own, so a level of one says nothing of the others.
        own = one.limit.quantity if one.signal.kind.needs_quantile else None
        families.setdefault((one.alert, one.name, own), []).append(one)
    yield from map(tuple, families.values())


@dataclass(frozen=True)
class _Proof:
    """The steps of one ladder, or a single threshold."""

    catalog: Catalog
    service: Service
    given: Sequence[Threshold]

    @cached_property
    def thresholds(self) -> tuple[Threshold, ...]:
        """The mildest first."""
        return tuple(sorted(self.given, key=lambda t: _step(t).sign * _step(t).limit))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return tuple(map(_step, self.thresholds))

    @cached_property
    def pace(self) -> Pace:
        """The platform's, or a slower one where a value looks back, or an alert waits, for long."""
        signal, own = self.given[0].signal, Pace.of(self.catalog.platform)
        window = signal.kind.over(signal.scope)
        lasting = max(window, *(t.hold for t in self.given))
        return Pace(_seldom(window) or own.scrape, max(_seldom(lasting) or own.evaluation, own.evaluation))

    @property
    def guard(self) -> int:
        return max(t.limit.min_bad_events for t in self.given)

    def _source(self, visited: Sequence[Decimal]) -> Source:
        threshold, limits = self.given[0], tuple(step.limit for step in self.steps)
        setting = Setting(self.pace.scrape, self.pace.evaluation, tuple(visited), limits, self.guard)
        return threshold.signal.kind.source(threshold.signal.scope, setting, threshold.limit)

    @cached_property
    def levels(self) -> levels.Levels:
        limits = [step.limit for step in self.steps]
        return levels.around(self.steps, self._source(limits))

    @cached_property
    def source(self) -> Source:
        return self._source(self.levels.all)

    def case(self) -> Case:
        """Few events, at each limit and beyond it, far beyond, good again, and nothing to do."""
        timeline = Timeline(tuple(self._stages()), self.pace.scrape)
        oracle = Oracle(timeline, self.source, self.pace)
        name = f"{self.thresholds[0].alert}: {described(timeline)}"
        claims = frozenset(feed.metric for stage in timeline.stages for feed in stage.feeds)
        return Case(name, self.pace, timeline.inputs(), claims, tuple(self._checks(oracle)))

    def _stages(self) -> Iterator[Stage]:
        source, settle = self.source, self._settle
        longest, keep = max(step.hold for step in self.steps), max(step.keep for step in self.steps)
        if any(step.crossed(source.few_level) for step in self.steps):
            yield from self._few(settle + longest)
        for step, stop in zip(self.steps, self.levels.stops, strict=True):
            yield from self._around(step, *stop)
        if settle and self.levels.far != self.levels.stops[-1][1]:
            yield Stage("far beyond", self.levels.far, source.at(self.levels.far), self._scrapes(settle))
        good, again = source.at(self.levels.good), self._scrapes(settle + keep)
        yield Stage("good again", self.levels.good, good, again, resets=True)
        if source.idle:
            yield Stage("idle", source.idle.level, source.idle.feeds, self._scrapes(settle + longest + keep))

    def _few(self, lasting: Decimal) -> Iterator[Stage]:
        """Nothing but bad events, at first too few of them to alert on."""
        for feeds, level, how_many in zip(self.source.few, (None, self.source.few_level), _FEW, strict=False):
            scrapes = self._scrapes(lasting, max(feed.every for feed in feeds))
            yield Stage(f"{how_many} {self.guard} bad events and no good ones", level, feeds, scrapes, apart=True)

    def _around(self, step: Step, fine: Decimal, bad: Decimal) -> Iterator[Stage]:
        """At the limit for longer than the alert waits, then beyond it; a missed scrape there changes nothing."""
        limit = f"{OPERATORS[step.comparison]} {step.limit.normalize():f}"
        at, source, settle = ("at", "inside"), self.source, self._settle
        first, second = at[fine != step.limit], "beyond" if bad != step.limit else "at"
        # Not only as long as it waits: what may have fired on the way here must surely be over.
        yield Stage(f"{first} {limit}", fine, source.at(fine), self._scrapes(settle + max(step.hold, step.keep)))
        lasting = self._scrapes(max(settle, step.hold) if step.strict else settle + step.hold)
        yield Stage(f"{second} {limit}", bad, source.at(bad), lasting, misses=step.strict)

    @property
    def _settle(self) -> Decimal:
        """After how many seconds nothing of an earlier level is left."""
        sample = self.source.every * self.pace.scrape.seconds
        return max(self.source.memory, self.source.warm) + 2 * sample if self.source.settles else Decimal(0)

    def _scrapes(self, lasting: Decimal, every: int = 1) -> int:
        return self.pace.scrapes(lasting + 2 * self.pace.tick, max(every, self.source.every))

    def _checks(self, oracle: Oracle) -> Iterator[Check]:
        """Where a step starts or ends to fire, the evaluation before, and the end of each stage."""
        followed = [oracle.firing(step) for step in self.steps]
        sure, maybe = ([tuple(state[n] for state in tick) for tick in zip(*followed, strict=True)] for n in (0, 1))
        ends = {int(start / self.pace.tick) - 1 for start in oracle.timeline.starts[1:]}
        states = list(zip(sure, maybe, strict=True))
        changes = {n for i, (was, now) in enumerate(pairwise(states)) if was != now for n in (i, i + 1)}
        for n in sorted(ends | changes):
            if sure[n] == maybe[n]:
                at = n * self.pace.tick
                yield Check(at, self.thresholds[0].alert, tuple(self._firings(oracle, at, sure[n])))

    def _firings(self, oracle: Oracle, at: Decimal, firing: Sequence[bool]) -> Iterator[Firing]:
        value = oracle.value(at)
        level = value.low if value and value.settled else None
        for threshold, step, fires in zip(self.thresholds, self.steps, firing, strict=True):
            if fires:
                told = level is not None and step.crossed(level) and self._is_told(level)
                rule = alert(self.catalog, self.service, threshold)
                yield expected(rule, self.source.labels, level if told else None)

    def _is_told(self, level: Decimal) -> bool:
        """Whether the text of a value can be foretold: of a time, parts of a second are cut off, not rounded."""
        signal = self.given[0].signal
        return signal.kind.alert_unit(signal.scope).dimension is not Dimension.TIME or self.source.exactly(level)


def _seldom(lasting: Duration) -> Duration | None:
    return next((step for long, step in _SELDOM.items() if lasting > long), None)


def _step(threshold: Threshold) -> Step:
    kind, keep = threshold.signal.kind, threshold.keep_firing_for
    return Step(
        threshold.limit.comparison,
        kind.level(threshold.signal.scope, threshold.limit),
        threshold.hold.seconds,
        keep.seconds if keep else Decimal(0),
    )
