"""Proofs of the burn-rate tiers that read raw events: their windows follow what happens, so that takes hours.

Events arrive evenly, at shares around the limit of a tier: inside it, beyond it, none bad, far beyond, none bad. Where
events can be counted one by one, the guard is proven too: bad events, and no others, come in bursts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generators.model.catalog import Catalog, Service
from generators.proof.case import Case, Pace, Reading
from generators.proof.slo import Proof
from generators.proof.timeline import Stage, Timeline, described, series_text
from generators.rules.burn_rate import Tier
from generators.signals.example import UnprovableError
from generators.units import Duration

_PACE = Pace(Duration.parse("1m"), Duration.parse("5m"))
_FEWEST = 3
_FAR = 4
_MARGIN, _WIDE = Decimal("0.01"), Decimal("0.05")


@dataclass(frozen=True, slots=True)
class _Part:
    """A stage in minutes, and when in it (minutes from its start) the alert surely fires or is silent."""

    stage: Stage
    fires: tuple[tuple[int, bool], ...] = ()


def cases(catalog: Catalog, service: Service) -> Iterator[Case]:
    """One or two cases for each such tier."""
    for slo in service.slos:
        proof = Proof(catalog, service, slo, _PACE)
        try:
            for tier in proof.prompt_tiers:
                yield _case(proof, tier, tuple(_shares(proof, tier)))
                if bursts := tuple(_bursts(proof)):
                    yield _case(proof, tier, bursts)
        except UnprovableError:  # the proof of the other tiers, which needs the same, says why
            continue


def _case(proof: Proof, tier: Tier, parts: Sequence[_Part]) -> Case:
    timeline = Timeline(tuple(part.stage for part in parts), _PACE.scrape)
    firing = {**proof.alert(tier).labels, **proof.firing(tier)}
    series, whole = (series_text("ALERTS", labels) for labels in (proof.firing(tier), {**proof.labels, **firing}))
    readings = tuple(
        Reading(start + 60 * minute, series, ((whole, Decimal(1)),) if fires else ())
        for start, part in zip(timeline.starts, parts, strict=False)
        for minute, fires in part.fires
    )
    name = f"{proof.name} ({tier.name}): {described(timeline)}"
    return Case(name, _PACE, timeline.inputs(), proof.claims, readings=readings)


def _shares(proof: Proof, tier: Tier) -> Iterator[_Part]:
    """The long window is full after `full` minutes, the short one, and what goes on firing, over after `brief`."""
    limit, margin = _bound(proof, tier)
    far = min(Decimal(1), _FAR * limit)
    full, short = (int(window.seconds / 60) + 10 for window in (tier.long, tier.short))
    brief = short + int(proof.keep(tier) / 60)
    soon = 5
    # Only now is the long window still below the limit, and only a while later still above it.
    below = far * (soon + 2) / (full - 10) < limit
    above = far * (full - 10 - brief - 2) / (full - 10) > limit
    yield _part(proof, f"inside > {limit.normalize():f}", limit * (1 - margin), full, (full - 5, False))
    yield _part(proof, f"beyond > {limit.normalize():f}", min(Decimal(1), limit * (1 + margin)), full, (full - 5, True))
    yield _part(proof, "no bad events", Decimal(0), full, (full - 5, False))
    yield _part(proof, "far beyond", far, full, *([(soon, False)] if below else []), (full - 5, True))
    yield _part(proof, "no bad events", Decimal(0), brief + 10, *([(brief, False)] if above else []))


def _bound(proof: Proof, tier: Tier) -> tuple[Decimal, Decimal]:
    """The share beyond which a tier fires, and how far around it nothing is certain.

    Of counted events there are as many as the guard asks for. Of checks there is one a scrape, so that it may take a
    greater share of them than the limit says; and one more or less within the window depends on the version.
    """
    if not proof.source.instant:
        return proof.limit(tier), _MARGIN
    checks = tier.long.seconds / _PACE.scrape.seconds
    return max(proof.limit(tier), proof.slo.min_bad_events / checks), _WIDE


def _part(proof: Proof, name: str, share: Decimal, minutes: int, *fires: tuple[int, bool]) -> _Part:
    return _Part(Stage(name, share, proof.source.at(share), minutes), fires)


def _bursts(proof: Proof) -> Iterator[_Part]:
    """One bad event less than the guard asks for; two more within the hour; and two after it."""
    source, least = proof.source, proof.slo.min_bad_events
    if source.idle is None or least < _FEWEST:
        return
    quiet = Stage("no events", None, source.idle.feeds, 66)
    yield _Part(quiet)
    for events, minutes, fires in ((least - 1, 40, False), (2, 70, True), (2, 10, False)):
        feeds = proof.source.counted(Decimal(events))
        yield _Part(Stage(f"{events} bad events", None, feeds, 1), ((4, fires),))
        yield _Part(Stage("no events", None, source.idle.feeds, minutes - 1))
