"""Severities, teams and pages, linked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from generators.assemble import Read
from generators.frozen import Frozen
from generators.model.ownership import BusinessHours, EscalationStep, Severity, Team
from generators.model.page import Page
from generators.resolve.names import Problems
from generators.source import locate
from generators.spec.ownership import PageSpec, SeveritiesSpec, TeamSpec
from generators.spec.platform import PlatformSpec


def severities(spec: SeveritiesSpec) -> tuple[Severity, ...]:
    """The severities, ranked by their order."""
    return tuple(
        Severity(name, rank, s.title, s.meaning, s.ack, s.updates, s.pager, s.chat, s.status_page)
        for rank, (name, s) in enumerate(spec.severities.items(), 1)
    )


def team(spec: TeamSpec) -> Team:
    """A team; its channels are only paths and names."""
    steps = tuple(EscalationStep(e.to, e.after) for e in spec.escalation)
    return Team(
        spec.team,
        spec.title,
        spec.pagerduty_key_file,
        spec.slack_channel,
        spec.slack_api_url_file,
        spec.domains,
        spec.code_owner,
        steps,
    )


def hours(spec: PlatformSpec) -> BusinessHours:
    """When people are at work, in the platform's time zone."""
    work = spec.business_hours
    return BusinessHours((work.first, work.last), work.start, work.end, spec.timezone)


def pages(
    found: Iterable[Read[Frozen]],
    kind: str,
    teams: Mapping[str, Team],
    severity_names: Mapping[str, Severity],
    problems: Problems,
) -> tuple[Page, ...]:
    """The playbooks or SOPs."""
    result = []
    for document in found:
        spec = cast(PageSpec, document.spec)
        owner = problems.find("team", spec.owner, teams, locate(document.root, ("owner",)))
        problems.find("severity", spec.severity, severity_names, locate(document.root, ("severity",)), "severities")
        # Without an owner the catalog is refused; the page is kept so that nothing else is said to lack it.
        result.append(Page(getattr(spec, kind), spec, document.body, cast(Team, owner)))
    return tuple(result)
