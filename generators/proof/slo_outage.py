"""Proofs of SLOs from one story: the budget burns at just the rate it may, then all fails, recovers, and vanishes.

- Burning at exactly the budget never fires a tier that waits for more, and counters that start again change nothing.
- A full outage fires each tier that reads raw events once the share of the outage in its long window passes its limit.
- After the recovery it is over as soon as the short window is, while the long one is still beyond the limit.
- Without all events, even if bad ones are still counted, no ratio is told, and the alert on missing data waits to fire.

A window that is longer than the story tells of all of it. Versions of Prometheus see an edge up to two samples sooner
or later, so moments are proven but for those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from generators import naming
from generators.model.slo import Tier
from generators.naming import Label
from generators.proof.case import Case, Reading
from generators.proof.oracle import Step, followed
from generators.proof.slo import RAW_UP_TO, Proof
from generators.proof.timeline import Stage, Timeline, described, series_text
from generators.rules.slo_series import BASE
from generators.signals.example import UnprovableError
from generators.signals.feed import Setting, Source
from generators.units import Duration

_BEFORE = Duration.parse("15m")
_PLENTY = 20
_MORE, _CLOSE = Decimal("1.05"), Decimal("0.1")
_ONE = (("{}", Decimal(1)),)


def cases(proof: Proof) -> Iterator[Case]:
    """One case, if any share of the events can be made bad and a tier reads them raw."""
    tiers = tuple(tier for tier in proof.tiers if tier.long <= RAW_UP_TO)
    if tiers and proof.slo.sli.has_any_share:
        with suppress(UnprovableError):
            yield _Story(proof, tiers).case()


@dataclass(frozen=True)
class _Story:
    """What happens to one SLO, told for these tiers."""

    proof: Proof
    told: tuple[Tier, ...]

    @cached_property
    def source(self) -> Source:
        slo, pace = self.proof.slo, self.proof.pace
        levels = (Decimal(0), slo.budget, Decimal(1))
        return slo.sli.source(Setting(pace.scrape, pace.evaluation, levels, (), _PLENTY * slo.min_bad_events))

    @property
    def edge(self) -> Decimal:
        """How many seconds sooner or later a window may see something; with announced work, it reads recorded rates."""
        samples = 2 * self.source.every * self.proof.pace.scrape.seconds
        return samples + (BASE.seconds if self.proof.slo.maintenance else 0)

    @cached_property
    def timeline(self) -> Timeline:
        return Timeline(tuple(self._stages()), self.proof.pace.scrape)

    def case(self) -> Case:
        proof, (_start, outage, recovery, gone, end) = self.proof, self.timeline.starts
        last = end - proof.pace.tick
        readings = (
            *self._at_the_budget(outage),
            *(reading for tier in self.told for reading in self._of(tier, recovery)),
            *(_firing(last, proof.firing(tier), False) for tier in self.told),
            _firing(gone, self._waiting, False),
            _firing(last, self._waiting, True),
            Reading(last, proof.text(naming.error_ratio(BASE))),
        )
        name = f"{proof.slo.service} {proof.slo.name}: {described(self.timeline)}"
        return Case(name, proof.pace, self.timeline.inputs(), proof.claims, readings=readings)

    @property
    def _waiting(self) -> Mapping[str, str]:
        """The labels of the series that says that the alert on missing data is about to fire, or does."""
        return {Label.ALERT: naming.slo_no_data_alert(self.proof.service.name, self.proof.slo.name)}

    def _stages(self) -> Iterator[Stage]:
        budget, nothing, everything = self.proof.slo.budget, Decimal(0), Decimal(1)
        until_over = max(tier.short.seconds + self.proof.keep(tier) for tier in self.told)
        yield self._stage("just the budget burns, and counters start again", budget, _BEFORE.seconds, resets=True)
        yield self._stage("nothing but bad events", everything, max(map(self._fires_within, self.told)))
        yield self._stage("good again", nothing, until_over + self.edge)
        left = tuple(feed for feed in self.source.at(nothing) if feed.metric not in self._totals)
        yield Stage("all events are not counted any more", None, left, self._scrapes(BASE.seconds + self.edge))

    def _stage(self, name: str, level: Decimal, lasting: Decimal, resets: bool = False) -> Stage:
        return Stage(name, level, self.source.at(level), self._scrapes(lasting), resets=resets)

    def _scrapes(self, lasting: Decimal) -> int:
        return self.proof.pace.scrapes(lasting + 2 * self.proof.pace.tick, self.source.every)

    @property
    def _totals(self) -> frozenset[str]:
        return frozenset(s.kind.presence(s.scope).metric for s in self.proof.slo.sli.signals)

    def _fires_within(self, tier: Tier) -> Decimal:
        """After how many seconds of an outage a tier fires for sure."""
        limit, hold = self.proof.limit(tier), tier.hold.seconds if tier.hold else Decimal(0)
        all_before = limit / (1 - limit) * (_BEFORE.seconds + 4 * self.edge)
        counted = self._enough + BASE.seconds if self._enough else 0
        return min(limit * tier.long.seconds, all_before) + 2 * self.edge + counted + hold

    @property
    def _enough(self) -> Decimal:
        """How long it takes until enough events are bad, where each scrape is just one."""
        return self.proof.slo.min_bad_events * self.proof.pace.scrape.seconds if self.source.instant else Decimal(0)

    def _are_enough(self, at: Decimal) -> bool:
        """Whether they surely are: of the last minutes while it lasts, or of those that steps have added up."""
        since = at - self.timeline.starts[1] - self._enough - self.edge
        lately = at < self.timeline.starts[2] and self._enough + self.edge <= BASE.seconds
        return not self._enough or since >= BASE.seconds or (lately and since >= 0)

    def _at_the_budget(self, end: Decimal) -> Iterator[Reading]:
        """Every window says so, also when the counters have just started again, and nobody is told."""
        proof, last = self.proof, end - self.proof.pace.tick
        shortly = _next(end / 2 + self.edge, proof.pace.tick)
        for at, window in ((shortly, BASE), (last, BASE), (last, self._longest)):
            ratio = f"{proof.text(naming.error_ratio(window))} / {proof.slo.budget.normalize():f}"
            yield Reading(at, f"abs({ratio} - 1) < bool {_CLOSE}", ((series_text("", proof.labels), Decimal(1)),))
        for tier in proof.tiers:
            if proof.limit(tier) > proof.slo.budget * _MORE:
                yield from (_firing(at, proof.firing(tier), False) for at in (shortly, last))

    @property
    def _longest(self) -> Duration:
        return max(tier.long for tier in self.told)

    def _of(self, tier: Tier, recovery: Decimal) -> Iterator[Reading]:
        """Just before and after a tier starts or ends to fire; when it ends, the long window is beyond the limit."""
        ticks = self.proof.pace.ticks(self.timeline.starts[3])
        hold = tier.hold.seconds if tier.hold else Decimal(0)
        step = Step("above", self.proof.limit(tier), hold, self.proof.keep(tier))
        doubts = [self._burns(tier, at) for at in ticks]
        sure, maybe = (list(followed(step, ticks, [both[n] for both in doubts])) for n in (0, 1))
        states = [now if now == may else None for now, may in zip(sure, maybe, strict=True)]
        labels = self.proof.firing(tier)
        for (at, now), (_later, then) in pairwise(zip(ticks, states, strict=True)):
            if now is not None and now != then:
                yield _firing(at, labels, now)
            if then is not None and now != then:
                yield _firing(at + self.proof.pace.tick, labels, then)
        long = self.proof.text(naming.error_ratio(tier.long))
        beyond = f"count({long} > {self.proof.limit(tier).normalize():f})"
        yield Reading(recovery + tier.short.seconds, beyond, _ONE)

    def _burns(self, tier: Tier, at: Decimal) -> tuple[bool, bool]:
        """Whether both windows are surely, and whether they may be, beyond the limit."""
        shares = [self._share(window, at) for window in (tier.long, tier.short)]
        low, high = (all(share[n] > self.proof.limit(tier) for share in shares) for n in (0, 1))
        return low and self._are_enough(at), high

    def _share(self, window: Duration, at: Decimal) -> tuple[Decimal, Decimal]:
        """Between what the share of bad events lies: all of the outage, and of what was before as many as may be."""
        _start, outage, recovery, *_ = self.timeline.starts
        lasting, budget = max(self.edge, min(at, window.seconds)), self.proof.slo.budget * _MORE
        seen = max(Decimal(0), min(at, recovery) - max(at - lasting, outage))
        low, high = (seen - self.edge) / (lasting + self.edge), (seen + self.edge) / max(self.edge, lasting - self.edge)
        return max(Decimal(0), low), budget + (high if at > outage else 0)


def _firing(at: Decimal, labels: Mapping[str, str], fires: bool) -> Reading:
    return Reading(at, f"count({series_text('ALERTS', labels)})", _ONE if fires else ())


def _next(seconds: Decimal, tick: Decimal) -> Decimal:
    return (seconds // tick + 1) * tick
