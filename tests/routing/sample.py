"""One small organisation, and alerts of it, that the routing tests speak of."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from generators.model.ownership import BusinessHours, Pager, Severity, Team
from generators.routing.tree import Policy
from generators.units import Duration

_MINUTES = Duration.parse

SEVERITIES = (
    Severity("sev1", 1, "Critical", "outage", _MINUTES("5m"), _MINUTES("1h"), Pager.ALWAYS, True),
    Severity("sev2", 2, "High", "degraded", _MINUTES("10m"), _MINUTES("30m"), Pager.ALWAYS, True),
    Severity("sev3", 3, "Medium", "impaired", _MINUTES("30m"), _MINUTES("1d"), Pager.BUSINESS_HOURS, True),
    Severity("sev4", 4, "Low", "cosmetic", None, None, Pager.NEVER, True),
)
HOURS = BusinessHours(("monday", "friday"), "09:00", "18:00", "Europe/Berlin")


def team(name: str, *domains: str) -> Team:
    return Team(
        name=name,
        title=name.title(),
        pagerduty_key_file=f"/etc/alertmanager/secrets/{name}-pagerduty",
        slack_channel=f"#{name}",
        slack_api_url_file="/etc/alertmanager/secrets/slack",
        domains=domains,
    )


TEAMS = (team("platform"), team("edge", "ingress"), team("dba", "data"))
POLICY = Policy(
    platform=TEAMS[0],
    teams=TEAMS,
    severities=SEVERITIES,
    hours=HOURS,
    watchdog_url_file="/etc/alertmanager/secrets/watchdog",
    identity=("instance",),
    dependencies=(("gateway", "postgresql"), ("control", "postgresql"), ("postgresql", "control")),
    tiers=(("fast", ("medium", "slow")), ("medium", ("slow",))),
)


def changed(name: str, **fields: object) -> Policy:
    """The sample policy with one of its teams changed."""
    teams = tuple(replace(one, **fields) if one.name == name else one for one in TEAMS)  # type: ignore[arg-type]
    return replace(POLICY, platform=teams[0], teams=teams)


def alert(**labels: str) -> dict[str, str]:
    """An alert with what every emitted alert carries, and these labels."""
    usual = {
        "alertname": "Slow",
        "severity": "sev1",
        "team": "edge",
        "service": "gateway",
        "environment": "prod",
        "category": "threshold",
    }
    return usual | labels


def without(labels: dict[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in labels.items() if name not in names}


def every_alert(policy: Policy) -> list[dict[str, str]]:
    """One alert for every team, severity and domain, without a domain too, and the watchdog."""
    domains = sorted({domain for one in policy.teams for domain in one.domains})
    alerts = [
        alert(team=owner.name, severity=severity.name) | ({"domain": domain} if domain else {})
        for owner, severity, domain in product(policy.teams, policy.severities, ["", *domains])
    ]
    return [*alerts, alert(alertname="Watchdog", category="watchdog", team=policy.platform.name)]
