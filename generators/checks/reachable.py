"""An alert would reach nobody, or not over the channel that its severity promises.

Why: a page that goes to a team without a pager is a page that nobody gets.

Instead: give the team the missing channel, or the severity another promise.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.diagnostics import Diagnostic
from generators.naming import Label
from generators.routing.reach import routing_problems
from generators.rules.bundle import Bundle

CODE = "unreachable"


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """Teams that have alerts of a severity which they can't be told as it promises."""
    catalog = bundle.catalog
    used = {(a.labels[Label.TEAM], a.labels[Label.SEVERITY]) for a in bundle.alerts}
    for problem in routing_problems(catalog.teams, catalog.severities, catalog.owner):
        if not (problem.team and problem.severity) or (problem.team, problem.severity) in used:
            origin = catalog.team_origins.get(problem.team)
            hint = "see `tocsin explain unreachable`"
            yield Diagnostic(CODE, problem.message, origin.at() if origin else None, hint)
