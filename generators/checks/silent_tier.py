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
            left = rules.tiers(slo)
            lost = [t.name for t in TIERS if t not in left]
            if lost:
                names = ", ".join(lost)
                message = f"with an error budget of {annotate.share_text(slo.budget)} the tier(s) {names} can never fire"
                level: Level = "warning" if left else "error"
                subject = f"{service.name}.{slo.name}"
                yield Diagnostic(
                    CODE,
                    message,
                    slo.origin.at("objective"),
                    "raise the objective",
                    level=level,
                    subject=subject,
                )
