"""An objective leaves no burn-rate tier that could fire.

Why: a tier alerts when the error ratio is above its factor times the budget. Where that is 1 or more, not even a
full outage reaches it (a budget of 10 % burning 14.4 times too fast would be 144 % errors). Such tiers are left out;
where none is left, nobody would ever be told.

Instead: raise the objective, or watch the signal with a threshold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generators.diagnostics import Diagnostic, Level
from generators.model.slo import Slo, Tier
from generators.rules import annotate
from generators.rules.bundle import Bundle
from generators.scalar import decimal_text

CODE = "silent-slo"


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """SLOs that lose tiers: all of them (an error), or the fastest (a warning)."""
    for service in bundle.catalog.services:
        for slo in service.slos:
            subject = f"{service.name}.{slo.name}"
            level: Level = "warning" if slo.tiers else "error"
            if lost := [tier for tier in slo.table if not slo.reachable(tier)]:
                message = f"with an error budget of {annotate.share_text(slo.budget)} {_tiers(lost)} can never fire"
                message += f": {_limits(slo, lost)}"
                place = slo.origin.at("objective")
                yield Diagnostic(CODE, message, place, "raise the objective", level=level, subject=subject)
            if idle := [tier for tier in slo.table if not slo.matters(tier)]:
                message = f"{_tiers(idle)} alerts on less than {slo.period} may spend, so it is left out"
                hint = "let it spend more of the budget, or leave it out of `tiers`"
                yield Diagnostic(CODE, message, slo.origin.at("period"), hint, level=level, subject=subject)


def _limits(slo: Slo, tiers: Sequence[Tier]) -> str:
    factors = (f"{decimal_text(round(tier.factor(slo.period), 2))} times it" for tier in tiers)
    return f"{', '.join(factors)} is 100% of all events or more"


def _tiers(tiers: Sequence[Tier]) -> str:
    names = ", ".join(tier.name for tier in tiers)
    return f"the tier {names}" if len(tiers) == 1 else f"the tiers {names}"
