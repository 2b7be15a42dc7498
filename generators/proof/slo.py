"""Proofs of the alerts of SLOs: every tier at its limit, beyond it in one window and in both; and from raw events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import lcm

from generators import naming
from generators.model.catalog import Catalog, Service, Slo
from generators.naming import Category, Label
from generators.proof.case import Case, Check, Firing, Reading, Unproven
from generators.proof.expected import firing as expected
from generators.proof.oracle import Step, followed
from generators.proof.timeline import Stage, Timeline, described, scrapes, series_text
from generators.rules import slo as rules
from generators.rules.burn_rate import Tier
from generators.rules.group import Alert
from generators.signals.example import Unprovable
from generators.signals.feed import Feed, Feeds, Motion, Setting, Source
from generators.units import Duration

_STEP = Decimal(300)
_BEYOND = Decimal("1.01")


def cases(catalog: Catalog, service: Service) -> Iterator[Case | Unproven]:
    """The cases of each SLO."""
    for slo in service.slos:
        try:
            proof = Proof(catalog, service, slo)
            yield proof.burning()
            yield proof.events()
        except Unprovable as why:
            yield Unproven(naming.burn_alert(service.name, slo.name), str(why))


@dataclass(frozen=True)
class Proof:
    """One SLO: what is recorded for it, what feeds it, and its alerts by tier."""

    catalog: Catalog
    service: Service
    slo: Slo

    @cached_property
    def source(self) -> Source:
        """Series for a share of bad events."""
        signal = self.slo.signal
        scrape, evaluation = self.catalog.platform.scrape_interval, self.catalog.platform.evaluation_interval
        setting = Setting(scrape, evaluation, (Decimal("0.5"),), (), self.slo.min_bad_events)
        return signal.kind.event_source(signal.scope, setting, self.slo.under)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The labels of everything recorded."""
        return {**self.source.labels, **{str(k): v for k, v in rules.identity(self.catalog, self.slo).items()}}

    @property
    def name(self) -> str:
        return naming.burn_alert(self.service.name, self.slo.name)

    @property
    def claims(self) -> frozenset[str]:
        """Whatever is counted for it, and what is recorded."""
        metrics = {feed.metric for level in (0, 1) for feed in self.source.at(Decimal(level))}
        return frozenset(metrics | {f"{self.service.name}/{self.slo.name}"})

    def series(self, name: str, level: Decimal) -> Feed:
        """A recorded series, fed as it stands."""
        return Feed(name, self.labels, Motion.STAYS, level)

    def text(self, name: str) -> str:
        return series_text(name, self.labels)

    def limit(self, tier: Tier) -> Decimal:
        return tier.factor(self.slo.period) * self.slo.budget

    def alert(self, tier: Tier) -> Alert:
        found = (rule for group in rules.groups(self.catalog, self.service) for rule in group.rules)
        return next(
            rule
            for rule in found
            if isinstance(rule, Alert)
            and rule.labels["category"] == Category.SLO_BURN
            and (rule.labels[Label.SLO], rule.labels[Label.TIER]) == (self.slo.name, tier.name)
        )

    def burning(self) -> Case:
        """From the recorded ratios, so that every window can be set alone."""
        steps = list(self._steps())
        timeline = Timeline(tuple(stage for stage, _ratios, _enough in steps), self.catalog.platform.scrape_interval)
        checks = tuple(self._checks(timeline, [(ratios, enough) for _stage, ratios, enough in steps]))
        name = f"{self.name}: {described(timeline.stages, timeline.starts)}"
        return self._case(name, timeline, checks)

    def _steps(self) -> Iterator[tuple[Stage, Mapping[Duration, Decimal], bool]]:
        """Stages with the ratio of each window, and whether there are enough bad events."""
        tiers = rules.tiers(self.slo)
        least = self.slo.min_bad_events
        every = {window: Decimal(1) for tier in tiers for window in (tier.long, tier.short)}
        if least:
            yield self._stage(f"fewer than {least} bad events", every, Decimal(least - 1), _STEP), every, False
        for tier in reversed(tiers):
            for what, ratios in self._windows(tier).items():
                yield self._stage(f"{tier.name} {what}", ratios, Decimal(10 * least), Decimal(0)), ratios, True
            keep = self.catalog.platform.defaults.keep_firing_for.seconds if tier.pages else Decimal(0)
            yield self._stage("over", {}, Decimal(10 * least), keep), {}, True

    def _windows(self, tier: Tier) -> Mapping[str, Mapping[Duration, Decimal]]:
        at, over = self.limit(tier), min(Decimal(1), self.limit(tier) * _BEYOND)
        return {
            "at its limit": {tier.long: at, tier.short: at},
            "beyond it in the long window": {tier.long: over, tier.short: at},
            "beyond it in the short window": {tier.long: at, tier.short: over},
            "beyond it in both": {tier.long: over, tier.short: over},
        }

    def _stage(self, name: str, ratios: Mapping[Duration, Decimal], bad: Decimal, lasting: Decimal) -> Stage:
        windows = {w for tier in rules.tiers(self.slo) for w in (tier.long, tier.short)}
        feeds = [self.series(naming.error_ratio(w), ratios.get(w, Decimal(0))) for w in sorted(windows)]
        feeds.append(self.series(naming.SLO_BAD, round(bad / _STEP, 6)))
        return Stage(name, None, tuple(feeds), self._scrapes(lasting))

    def _scrapes(self, lasting: Decimal) -> int:
        platform = self.catalog.platform
        scrape, tick = platform.scrape_interval, platform.evaluation_interval
        unit = Decimal(lcm(*(int(d.seconds * 1000) for d in (scrape, tick)))) / 1000
        return scrapes(lasting if lasting == _STEP else lasting + 2 * tick.seconds, unit, scrape)

    def _checks(
        self, timeline: Timeline, states: list[tuple[Mapping[Duration, Decimal], bool]]
    ) -> Iterator[Check]:
        tick = self.catalog.platform.evaluation_interval.seconds
        ticks = [n * tick for n in range(int(timeline.starts[-1] // tick))]
        at = [states[max(n for n, start in enumerate(timeline.starts[:-1]) if start <= t)] for t in ticks]
        fires = {tier: self._fires(tier, ticks, at) for tier in rules.tiers(self.slo)}
        for n, t in enumerate(ticks):
            if t + tick in timeline.starts or self._changes(fires, n):
                yield Check(t, self.name, tuple(self._firings(fires, n, at[n][0])))

    @staticmethod
    def _changes(fires: Mapping[Tier, list[bool]], n: int) -> bool:
        return any(n and f[n] != f[n - 1] or n + 1 < len(f) and f[n] != f[n + 1] for f in fires.values())

    def _fires(
        self, tier: Tier, ticks: list[Decimal], states: list[tuple[Mapping[Duration, Decimal], bool]]
    ) -> list[bool]:
        keep = self.catalog.platform.defaults.keep_firing_for.seconds if tier.pages else Decimal(0)
        conditions = [enough and self._burns(tier, ratios) for ratios, enough in states]
        return list(followed(Step("above", self.limit(tier), Decimal(0), keep), ticks, conditions))

    def _burns(self, tier: Tier, ratios: Mapping[Duration, Decimal]) -> bool:
        return all(ratios.get(window, Decimal(0)) > self.limit(tier) for window in (tier.long, tier.short))

    def _firings(
        self, fires: Mapping[Tier, list[bool]], n: int, ratios: Mapping[Duration, Decimal]
    ) -> Iterator[Firing]:
        for tier, states in fires.items():
            if states[n]:
                value = ratios.get(tier.long) if self._burns(tier, ratios) else None
                yield expected(self.alert(tier), self.labels, value)

    def events(self) -> Case:
        """From raw events: none of them bad and no series of bad ones, then all of them bad, then none at all."""
        source, minutes = self.source, Decimal(60)
        good = tuple(feed for feed in source.at(Decimal(0)) if feed.amount) or source.at(Decimal(0))
        stages = [
            Stage("no bad events", Decimal(0), good, self._scrapes(6 * minutes)),
            Stage("nothing but bad events", Decimal(1), source.at(Decimal(1)), self._scrapes(11 * minutes)),
        ]
        if source.idle:
            stages.append(Stage("no events", None, source.idle.feeds, self._scrapes(6 * minutes)))
        timeline = Timeline(tuple(stages), self.catalog.platform.scrape_interval)
        tick = self.catalog.platform.evaluation_interval.seconds
        ends = [start - tick for start in timeline.starts[1:]]
        readings = [*self._healthy(ends[0]), *self._outage(ends[1]), *(self._nothing(end) for end in ends[2:])]
        name = f"{self.slo.service} {self.slo.name}: {described(timeline.stages, timeline.starts)}"
        no_data = naming.slo_no_data_alert(self.service.name, self.slo.name)
        return self._case(name, timeline, (Check(ends[0], self.name), Check(ends[-1], no_data)), tuple(readings))

    def _case(
        self, name: str, timeline: Timeline, checks: tuple[Check, ...], readings: tuple[Reading, ...] = ()
    ) -> Case:
        platform = self.catalog.platform
        return Case(
            name, timeline.inputs(), checks, readings, self.claims, platform.scrape_interval, platform.evaluation_interval
        )

    def _healthy(self, at: Decimal) -> Iterator[Reading]:
        """Everything recorded, to the last bit."""
        recorded = {
            **{naming.error_ratio(window): Decimal(0) for window in rules.windows(self.slo)},
            naming.SLO_BAD: Decimal(0),
            naming.SLO_REMAINING: Decimal(1),
            naming.SLO_BURN_RATE: Decimal(0),
        }
        for name, value in recorded.items():
            yield Reading(at, self.text(name), ((self.text(name), value),))

    def _outage(self, at: Decimal) -> Iterator[Reading]:
        """The tiers that a half of all events being bad is far beyond."""
        recent = self.text(naming.error_ratio(Duration(_STEP)))
        yield Reading(at, recent, ((recent, Decimal(1)),))
        for tier in rules.tiers(self.slo):
            if self.limit(tier) < Decimal("0.5"):
                state = {"alertname": self.name, "alertstate": "firing", "tier": tier.name}
                yield Reading(at, f"count({series_text('ALERTS', state)})", (("{}", Decimal(1)),))

    def _nothing(self, at: Decimal) -> Reading:
        """No ratio instead of NaN."""
        return Reading(at, self.text(naming.error_ratio(Duration(_STEP))))


