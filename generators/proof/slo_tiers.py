"""Proofs of the burn-rate tiers that read recorded events: at the limit, beyond it in one window, and in both.

The recorded ratios are fed as they stand, so that every window can be set alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import inf, nextafter

from generators import naming
from generators.model.catalog import Catalog, Service
from generators.proof.case import Case, Check, Firing, Unproven
from generators.proof.expected import firing as expected
from generators.proof.oracle import Step, followed
from generators.proof.slo import Proof
from generators.proof.timeline import Stage, Timeline, described
from generators.rules.burn_rate import Tier
from generators.signals.example import UnprovableError
from generators.units import Duration

_STEP = Duration.parse("5m")
_BEYOND = Decimal("1.01")
_PLENTY = 10


def cases(catalog: Catalog, service: Service) -> Iterator[Case | Unproven]:
    """One case for each SLO."""
    for slo in service.slos:
        proof = Proof(catalog, service, slo)
        try:
            yield _case(proof)
        except UnprovableError as why:
            yield Unproven(proof.name, str(why))


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


def _case(proof: Proof) -> Case:
    moments = list(_moments(proof))
    timeline = Timeline(tuple(_stage(proof, moment) for moment in moments), proof.pace.scrape)
    checks = tuple(_checks(proof, timeline, moments))
    return Case(f"{proof.name}: {described(timeline)}", proof.pace, timeline.inputs(), proof.claims, checks)


def _moments(proof: Proof) -> Iterator[_Moment]:
    yield from _few(proof)
    rate, shortly = Decimal(_PLENTY * proof.slo.min_bad_events), 2 * proof.pace.tick
    for tier in reversed(proof.patient_tiers):
        at = proof.limit(tier)
        beyond = min(Decimal(1), at * _BEYOND)
        yield _Moment(f"{tier.name} at its limit", {tier.long: at, tier.short: at}, shortly, rate)
        for where, long, short in (("long window", beyond, at), ("short window", at, beyond), ("both", beyond, beyond)):
            ratios = {tier.long: long, tier.short: short}
            yield _Moment(f"{tier.name} beyond it in the {where}", ratios, shortly, rate)
        yield _Moment("over", {}, proof.keep(tier) + shortly, rate)


def _few(proof: Proof) -> Iterator[_Moment]:
    """All bad in every window, but one event less than the guard asks for; then, a step later, the last one."""
    least = proof.slo.min_bad_events
    if least:
        worst = {window: Decimal(1) for tier in proof.patient_tiers for window in (tier.long, tier.short)}
        first, second = _rates(least)
        keep = max((proof.keep(tier) for tier in proof.patient_tiers), default=Decimal(0))
        yield _Moment(f"fewer than {least} bad events", worst, _STEP.seconds, first, enough=False)
        yield _Moment(f"just {least} bad events", worst, _STEP.seconds, second)
        yield _Moment("over", {}, keep + 2 * proof.pace.tick, Decimal(0))


def _rates(least: int) -> tuple[Decimal, Decimal]:
    """The rates of two steps that count up to just so many events, by the floats that Prometheus computes."""
    seconds = float(_STEP.seconds)
    first, second = (least - 1) / seconds, 1 / seconds
    while (first + second) * seconds < least:
        second = nextafter(second, inf)
    return Decimal(repr(first)), Decimal(repr(second))


def _stage(proof: Proof, moment: _Moment) -> Stage:
    windows = sorted({window for tier in proof.patient_tiers for window in (tier.long, tier.short)})
    ratios = [proof.feed(naming.error_ratio(w), moment.ratios.get(w, Decimal(0))) for w in windows]
    rate = proof.feed(naming.SLO_BAD, moment.rate)
    return Stage(moment.name, None, (*ratios, rate), proof.pace.scrapes(moment.lasting))


def _checks(proof: Proof, timeline: Timeline, moments: list[_Moment]) -> Iterator[Check]:
    """The end of each moment, and wherever an alert starts or ends to fire."""
    ticks = proof.pace.ticks(timeline.starts[-1])
    now = [moments[max(n for n, start in enumerate(timeline.starts[:-1]) if start <= at)] for at in ticks]
    fires = {tier: _fires(proof, tier, ticks, now) for tier in proof.patient_tiers}
    states = list(zip(*fires.values(), strict=True))
    for n, at in enumerate(ticks):
        neighbours = {states[max(0, n - 1)], states[min(n + 1, len(ticks) - 1)]}
        if at + proof.pace.tick in timeline.starts or neighbours != {states[n]}:
            yield Check(at, proof.name, tuple(_firings(proof, [t for t in fires if fires[t][n]], now[n])))


def _fires(proof: Proof, tier: Tier, ticks: list[Decimal], now: list[_Moment]) -> list[bool]:
    step = Step("above", proof.limit(tier), Decimal(0), proof.keep(tier))
    return list(followed(step, ticks, [moment.burns(proof, tier) for moment in now]))


def _firings(proof: Proof, tiers: list[Tier], moment: _Moment) -> Iterator[Firing]:
    for tier in tiers:
        value = moment.ratios[tier.long] if moment.burns(proof, tier) else None
        yield expected(proof.alert(tier), proof.labels, value)
