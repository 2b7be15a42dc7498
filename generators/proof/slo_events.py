"""Proofs of SLOs from raw events: none of them bad (and no series of bad ones), nothing but bad ones, none at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal

from generators import naming
from generators.proof.case import Case, Check, Reading
from generators.proof.expected import firing
from generators.proof.slo import Proof
from generators.proof.timeline import Stage, Timeline, described, series_text
from generators.rules import slo_series as rules
from generators.signals.example import UnprovableError
from generators.units import Duration

_HEALTHY, _OUTAGE = Duration.parse("7m"), Duration.parse("12m")
_RECENT = Duration.parse("5m")
_INTO = Duration.parse("4m")
_CLOSE = Decimal("0.15")
_MANY = 10
"""Slices are so many that one that is neither good nor bad doesn't matter."""
_SURE = Decimal("0.5")
"""More than this share of all events so far is bad when the outage has lasted."""


def cases(proof: Proof) -> Iterator[Case]:
    """Two cases, if anything is known of the events' series."""
    with suppress(UnprovableError):
        yield _case(proof)
        yield _from_the_start(proof)


def _from_the_start(proof: Proof) -> Case:
    """Nothing was ever good, so every ratio is 1 and every tier fires."""
    timeline = Timeline((_bad(proof),), proof.pace.scrape)
    everything = tuple(firing(proof.alert(tier), proof.labels, Decimal(1)) for tier in proof.tiers)
    check = Check(timeline.starts[1] - proof.pace.tick, proof.name, everything)
    name = f"{proof.slo.service} {proof.slo.name}: {described(timeline)}"
    return Case(name, proof.pace, timeline.inputs(), proof.claims, (check,))


def _case(proof: Proof) -> Case:
    timeline = Timeline(tuple(_stages(proof)), proof.pace.scrape)
    healthy, outage, *idle = (start - proof.pace.tick for start in timeline.starts[1:])
    readings = (
        *_healthy(proof, healthy),
        *_outage(proof, outage),
        *_recently(proof, timeline),
        *(_nothing(proof, at) for at in idle),
    )
    no_data = naming.slo_no_data_alert(proof.service.name, proof.slo.name)
    checks = (Check(healthy, proof.name), *(Check(at, no_data) for at in (outage, *idle)))
    name = f"{proof.slo.service} {proof.slo.name}: {described(timeline)}"
    return Case(name, proof.pace, timeline.inputs(), proof.claims, checks, readings)


def _stages(proof: Proof) -> Iterator[Stage]:
    source, pace = proof.source, proof.pace
    good = source.at(Decimal(0))
    without_bad = tuple(feed for feed in good if feed.amount) or good
    yield Stage("no bad events", Decimal(0), without_bad, pace.scrapes(_HEALTHY.seconds))
    yield _bad(proof)
    if source.idle and source.idle.level is None:
        behind = proof.slo.sli.slice.seconds if proof.slo.sli.slice else Decimal(0)
        yield Stage("no events", None, source.idle.feeds, pace.scrapes(_HEALTHY.seconds + behind))


def _bad(proof: Proof) -> Stage:
    """Long enough for as many bad events as alerts ask for, even if there is just one a scrape."""
    slices = _MANY * proof.slo.sli.slice.seconds if proof.slo.sli.slice else Decimal(0)
    lasting = max(_OUTAGE.seconds, 2 * proof.slo.min_bad_events * proof.pace.scrape.seconds, slices)
    return Stage("nothing but bad events", Decimal(1), proof.source.at(Decimal(1)), proof.pace.scrapes(lasting))


def _healthy(proof: Proof, at: Decimal) -> Iterator[Reading]:
    """Everything recorded, to the last bit."""
    recorded = {
        **dict.fromkeys(rules.ratios(proof.slo), Decimal(0)),
        naming.SLO_BAD: Decimal(0),
        naming.SLO_REMAINING: Decimal(1),
        naming.SLO_BURN_RATE: Decimal(0),
    }
    for name, value in recorded.items():
        yield Reading(at, proof.text(name), ((proof.text(name), value),))
    for name, value in ((naming.SLO_OBJECTIVE, proof.slo.objective), (naming.SLO_BUDGET, proof.slo.budget)):
        series = series_text(name, proof.identity)
        yield Reading(at, series, ((series, value),))
    about = series_text(naming.SLO_INFO, proof.info)
    yield Reading(at, about, ((about, Decimal(1)),))


def _outage(proof: Proof, at: Decimal) -> Iterator[Reading]:
    """Every tier fires whose limit leaves no doubt; on a full outage, that is all that can."""
    recent = proof.text(naming.error_ratio(_RECENT))
    yield Reading(at, recent, ((recent, Decimal(1)),))
    for tier in proof.tiers:
        if proof.limit(tier) < _SURE:
            yield Reading(at, f"count({series_text('ALERTS', proof.firing(tier))})", (("{}", Decimal(1)),))


def _recently(proof: Proof, timeline: Timeline) -> Iterator[Reading]:
    """Four of five minutes into a stage, the rates over five minutes have a fifth of the one before.

    (Not where slices are good or bad as a whole, or events that are bad twice count once.)
    """
    if not proof.slo.sli.blends:
        return
    _healthy, outage, *idle = timeline.starts[:-1]
    ratio, total = proof.text(naming.error_ratio(_RECENT)), proof.text(naming.SLO_TOTAL)
    same = ((series_text("", proof.labels), Decimal(1)),)
    yield Reading(outage + _INTO.seconds, f"abs({ratio} - 0.8) < bool {_CLOSE}", same)
    for start in idle:
        before = f"{total} offset {_INTO}"
        yield Reading(start + _INTO.seconds, f"abs({total} / {before} - 0.2) < bool {_CLOSE}", same)


def _nothing(proof: Proof, at: Decimal) -> Reading:
    """No ratio at all, rather than NaN."""
    return Reading(at, proof.text(naming.error_ratio(_RECENT)))
