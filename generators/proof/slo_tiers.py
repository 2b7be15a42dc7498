"""Proofs of burn-rate alerts: each tier at its limit, beyond it in one of its windows, and in both.

The recorded ratios are fed as they stand, so that every window can be set alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import inf, nextafter

from generators import naming
from generators.model.slo import Tier
from generators.proof.case import Case, Check, Firing, up
from generators.proof.expected import firing as expected
from generators.proof.oracle import Step, followed
from generators.proof.slo import Proof
from generators.proof.timeline import Stage, Timeline, described
from generators.units import Duration

_STEP = Duration.parse("5m")
_BEYOND = Decimal("1.01")
_PLENTY = 10


def cases(proof: Proof) -> Iterator[Case]:
    """One case."""
    moments = list(_moments(proof))
    timeline = Timeline(tuple(_stage(proof, moment) for moment in moments), proof.pace.scrape)
    checks = tuple(_checks(proof, timeline, moments))
    yield Case(f"{proof.name}: {described(timeline)}", proof.pace, timeline.inputs(), proof.claims, checks)


@dataclass(frozen=True, slots=True)
class _Moment:
    """The ratio of each window (0 where nothing is said), for how long, and the rate of bad events.

    `enough` says whether there were enough of them until then.
    """

    name: str
    ratios: Mapping[Duration, Decimal]
    lasting: Decimal
    rate: Decimal
    enough: bool = True

    def burns(self, proof: Proof, tier: Tier) -> bool:
        """Whether both windows of a tier are beyond its limit, with enough bad events."""
        beyond = (self.ratios.get(window, Decimal(0)) > proof.limit(tier) for window in (tier.long, tier.short))
        return self.enough and all(beyond)


def _moments(proof: Proof) -> Iterator[_Moment]:
    yield from _few(proof)
    rate, shortly = Decimal(_PLENTY * proof.slo.min_bad_events), 2 * proof.pace.tick
    for tier in reversed(proof.tiers):
        at = proof.limit(tier)
        beyond = min(Decimal(1), at * _BEYOND)
        yield _Moment(f"{tier.name} at its limit", {tier.long: at, tier.short: at}, shortly, rate)
        for where, long, short in (("long window", beyond, at), ("short window", at, beyond), ("both", beyond, beyond)):
            ratios = {tier.long: long, tier.short: short}
            hold = tier.hold.seconds if tier.hold else Decimal(0)
            yield _Moment(f"{tier.name} beyond it in the {where}", ratios, shortly + hold, rate)
        yield _Moment("over", {}, proof.keep(tier) + shortly, rate)


def _few(proof: Proof) -> Iterator[_Moment]:
    """All bad in every window, but one event less than the guard asks for; then as many, just now or within steps."""
    least, pace = proof.slo.min_bad_events, proof.pace
    if not least:
        return
    worst = {window: Decimal(1) for tier in proof.tiers for window in (tier.long, tier.short)}
    keep = max((proof.keep(tier) for tier in proof.tiers), default=Decimal(0))
    over = _Moment("over", {}, up(keep + 2 * pace.tick, _STEP.seconds), Decimal(0))
    almost, one_more, all_of_them = _rates(least)
    first = pace.scrapes(_STEP.seconds / 2) * pace.scrape.seconds
    yield _Moment(f"fewer than {least} bad events", worst, first, almost, enough=False)
    if first < _STEP.seconds:  # else nothing is evaluated between two steps
        yield _Moment(f"{least} bad events just now", worst, _STEP.seconds - first, all_of_them)
        yield over
    yield _Moment(f"{least} bad events by now", worst, _STEP.seconds, one_more)
    yield over


def _rates(least: int) -> tuple[Decimal, Decimal, Decimal]:
    """The rate of one event less than that, of the last one, and of all, by the floats that Prometheus computes."""
    seconds = float(_STEP.seconds)
    almost, one_more, all_of_them = (least - 1) / seconds, 1 / seconds, least / seconds
    while (almost + one_more) * seconds < least:
        one_more = nextafter(one_more, inf)
    while all_of_them * seconds < least:
        all_of_them = nextafter(all_of_them, inf)
    return Decimal(repr(almost)), Decimal(repr(one_more)), Decimal(repr(all_of_them))


def _stage(proof: Proof, moment: _Moment) -> Stage:
    windows = sorted({window for tier in proof.tiers for window in (tier.long, tier.short)})
    ratios = [proof.feed(naming.error_ratio(w), moment.ratios.get(w, Decimal(0))) for w in windows]
    rate = proof.feed(naming.SLO_BAD, moment.rate)
    return Stage(moment.name, None, (*ratios, rate), proof.pace.scrapes(moment.lasting))


def _checks(proof: Proof, timeline: Timeline, moments: list[_Moment]) -> Iterator[Check]:
    """The end of each moment, and wherever an alert starts or ends to fire."""
    ticks = proof.pace.ticks(timeline.starts[-1])
    now = [timeline.number(at) for at in ticks]
    burning = {tier: [moment.burns(proof, tier) for moment in moments] for tier in proof.tiers}
    fires = {tier: _fires(proof, tier, ticks, [burns[n] for n in now]) for tier, burns in burning.items()}
    states = list(zip(*fires.values(), strict=True))
    for n, at in enumerate(ticks):
        neighbours = {states[max(0, n - 1)], states[min(n + 1, len(ticks) - 1)]}
        if at + proof.pace.tick in timeline.starts or neighbours != {states[n]}:
            firing = [tier for tier, fired in zip(fires, states[n], strict=True) if fired]
            yield Check(at, proof.name, tuple(_firings(proof, firing, moments[now[n]])))


def _fires(proof: Proof, tier: Tier, ticks: list[Decimal], burns: list[bool]) -> list[bool]:
    hold = tier.hold.seconds if tier.hold else Decimal(0)
    return list(followed(Step("above", proof.limit(tier), hold, proof.keep(tier)), ticks, burns))


def _firings(proof: Proof, tiers: list[Tier], moment: _Moment) -> Iterator[Firing]:
    for tier in tiers:
        value = moment.ratios[tier.long] if moment.burns(proof, tier) else None
        yield expected(proof.alert(tier), proof.labels, value)
