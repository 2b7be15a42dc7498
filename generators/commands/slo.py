"""An SLO in words: what is counted, what may be bad, and when each tier alerts."""

from __future__ import annotations

from collections.abc import Iterator

from generators.model.slo import Slo, Tier
from generators.promql import Expr, layout
from generators.rules.annotate import share_text
from generators.rules.slo_series import BASE
from generators.scalar import decimal_text


def told_of_slo(slo: Slo) -> Iterator[str]:
    """Lines for `tocsin explain`."""
    objective, budget = share_text(slo.objective), share_text(slo.budget)
    yield f"  objective: {objective} of all {slo.sli.noun} over {slo.period.in_words}, a budget of {budget}"
    events = slo.sli.events(BASE)
    yield from _expression(f"bad {slo.sli.noun} a second", events.bad)
    yield from _expression(f"all {slo.sli.noun} a second", events.total)
    if slo.min_bad_events:
        yield f"  alerts from {slo.min_bad_events} bad {slo.sli.noun} of a tier's long window on (min_bad_events)"
    for work in slo.maintenance:
        yield f"  not counted during: {work.title} ({work.name})"
    yield from (f"  tier {_tier(slo, tier)}" for tier in slo.table)


def _expression(what: str, expr: Expr) -> Iterator[str]:
    yield f"  {what}:"
    yield from (f"    {line}" for line in layout(expr).split("\n"))


def _tier(slo: Slo, tier: Tier) -> str:
    factor = decimal_text(round(tier.factor(slo.period), 2))
    said = f"{tier.name}: {share_text(tier.spends)} of the budget in {tier.long} ({factor} times too fast)"
    if tier not in slo.tiers:
        return f"{said}, left out (see `tocsin explain silent-slo`)"
    limit = share_text(round(slo.limit(tier), 6))
    return f"{said}: {tier.severity.name} where {tier.long} and {tier.short} have more than {limit} bad"
