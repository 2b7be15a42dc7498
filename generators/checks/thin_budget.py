"""An SLO has so few events that its error budget is less than one of them, or that its tiers can't tell.

Why: with 100 requests a day and an objective of 99.99%, a month may have 0.3 bad ones. The first bad event overspends
the budget, and one bad event in an hour is a burn rate of hundreds. If on the other hand a tier waits for five bad
events in an hour that has three, not even a full outage alerts.

Instead: lower the objective, take a longer period, combine SLOs (`of`), send synthetic traffic, or change
`min_bad_events` or the `tiers`. Events are known of time slices, and of others from the SLO's `traffic`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generators.diagnostics import Diagnostic
from generators.model.slo import Slo, Tier
from generators.rules.annotate import share_text
from generators.rules.bundle import Bundle
from generators.scalar import decimal_text

CODE = "thin-budget"
_LARGE = 1000
_HINT = "see `tocsin explain thin-budget` for ways out"


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """SLOs with known traffic that is too little, warned of with the numbers."""
    for service in bundle.catalog.services:
        for slo in service.slos:
            place = slo.origin.at("traffic" if slo.origin.says("traffic") else "objective")
            for message in _thin(slo, slo.traffic) if slo.traffic else ():
                subject = f"{service.name}.{slo.name}"
                yield Diagnostic(CODE, message, place, _HINT, level="warning", subject=subject)


def _thin(slo: Slo, traffic: Decimal) -> Iterator[str]:
    events = traffic * slo.period.length.seconds
    if events * slo.budget < 1:
        spare = f"a budget of {share_text(slo.budget)} is {_about(events * slo.budget)} of them"
        yield f"{slo.period} has {_about(events)} {slo.sli.noun}, so {spare}: the first bad one overspends it"
    deaf = [tier for tier in slo.tiers if traffic * tier.long.seconds < slo.min_bad_events]
    if deaf:
        yield _unheard(slo, deaf[0], traffic)
    jumpy = [tier for tier in slo.tiers if _trips(slo, tier, traffic)]
    if jumpy and not deaf:
        yield _jumpy(slo, jumpy[0], traffic)


def _trips(slo: Slo, tier: Tier, traffic: Decimal) -> bool:
    """Whether a single bad event is a share beyond the tier's limit, and nothing waits for a second one."""
    return slo.min_bad_events <= 1 and traffic * tier.long.seconds * slo.limit(tier) < 1


def _unheard(slo: Slo, tier: Tier, traffic: Decimal) -> str:
    events = _about(traffic * tier.long.seconds)
    return (
        f"the tier {tier.name} waits for {slo.min_bad_events} bad {slo.sli.noun} (min_bad_events), but {tier.long} has "
        f"only {events}: not even a full outage alerts"
    )


def _jumpy(slo: Slo, tier: Tier, traffic: Decimal) -> str:
    events, limit = _about(traffic * tier.long.seconds), share_text(round(slo.limit(tier), 6))
    return (
        f"{tier.long} has {events} {slo.sli.noun}, so a single bad one is more than the {limit} of the tier {tier.name}"
    )


def _about(number: Decimal) -> str:
    """Three digits of a small number, all of a large one before its point."""
    return decimal_text(Decimal(f"{number:.3g}")) if number < _LARGE else f"{number:,.0f}"
