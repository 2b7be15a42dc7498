"""An objective leaves no burn-rate tier that could fire.

Why: a tier alerts when the error ratio is above its factor times the budget. Where that is 1 or more, not even a
full outage reaches it (a budget of 10 % burning 14.4 times too fast would be 144 % errors). Such tiers are left out;
where none is left, nobody would ever be told.

Instead: raise the objective, or watch the signal with a threshold.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.diagnostics import Diagnostic, Level
from generators.rules import annotate
from generators.rules import slo as rules
from generators.rules.bundle import Bundle
from generators.rules.burn_rate import TIERS

CODE = "silent-slo"


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """SLOs that lose tiers: all of them (an error), or the fastest (a warning)."""
    for service in bundle.catalog.services:
        for slo in service.slos:
            lost = [tier.name for tier in TIERS if tier.factor(slo.period) * slo.budget >= 1]
            if lost:
                left = rules.tiers(slo)
                message = f"with an error budget of {annotate.share_text(slo.budget)} {_tiers(lost)} can never fire"
                level: Level = "warning" if left else "error"
                yield Diagnostic(
                    CODE,
                    message,
                    slo.origin.at("objective"),
                    "raise the objective",
                    level=level,
                    subject=f"{service.name}.{slo.name}",
                )


def _tiers(names: list[str]) -> str:
    return f"the tier {names[0]}" if len(names) == 1 else f"the tiers {', '.join(names)}"
