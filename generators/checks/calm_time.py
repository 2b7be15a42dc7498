"""Routing breaks a promise at some time of the week.

Why: a severity says when its pager rings. This simulates every alert through a whole week and finds the ones that
are paged when they should not be, are not paged when they should, reach nobody, or reach somebody twice.

Instead: this comes from severities, teams or business hours that contradict each other; the message says when.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from generators.diagnostics import Diagnostic
from generators.naming import Category, Label
from generators.routing.derive import routing_tree
from generators.routing.policy import alert_labels, policy_of
from generators.routing.sweep import sweep
from generators.rules.bundle import Bundle

CODE = "broken-promise"
_A_MONDAY = datetime(2024, 1, 1, tzinfo=UTC)


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """Every broken promise, told once for each team, severity and kind of mistake."""
    policy = policy_of(bundle)
    distinct: dict[tuple[str, ...], dict[str, str]] = {}
    for labels in alert_labels(bundle):
        if labels[Label.CATEGORY] != Category.WATCHDOG:
            key = tuple(labels.get(n, "") for n in (Label.TEAM, Label.SEVERITY, Label.CATEGORY, Label.DOMAIN))
            distinct.setdefault(key, dict(labels))
    for broken in sweep(routing_tree(policy), policy, distinct.values(), _A_MONDAY):
        who = f"{broken.labels[Label.TEAM]} {broken.labels[Label.SEVERITY]}"
        when = broken.at.strftime("%A %H:%M UTC")
        yield Diagnostic(CODE, f"{who}, {when}: {broken.message}", None, "see `tocsin explain broken-promise`")
