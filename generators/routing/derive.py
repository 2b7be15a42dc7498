"""From teams x severities to a routing tree. Nobody types a route.

Order matters: the watchdog first, then copies for domain experts (which let the alert go on), then the
owners. What no owner takes ends at the root, which pages the platform team and says that nobody owned it.
A copy is made only of alerts that some team owns: a route that matched, even one that goes on, keeps an
alert from its parent, so a copy of an unowned alert would hide it from the root.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, product

from generators.model.ownership import Severity, Team
from generators.naming import Category, Label
from generators.routing import reach
from generators.routing.inhibition import inhibit_rules
from generators.routing.intervals import TimeInterval, business_hours
from generators.routing.matchers import one_of
from generators.routing.tree import Policy, Receiver, Role, Route, RoutingTree, Timing, Webhook
from generators.units import Duration

BUSINESS_HOURS = "business-hours"
GROUP_BY = (Label.ALERT, Label.SERVICE, Label.ENVIRONMENT)
_TIMING = Timing(Duration.parse("30s"), Duration.parse("5m"), Duration.parse("4h"))
# A repeat as long as the interval is sent at every second tick only, because a notification is logged a
# moment after its tick; a shorter one is sent at every tick (prometheus/alertmanager #3370; 0.26 and later
# log a warning).
_HEARTBEAT = Timing(Duration.parse("0s"), Duration.parse("1m"), Duration.parse("50s"))


def routing_tree(policy: Policy) -> RoutingTree:
    hours = business_hours(policy.hours, BUSINESS_HOURS)
    owners = (_owner(team, policy.severities, hours) for team in policy.teams)
    return RoutingTree(
        root=Route(
            reach.fallback(policy.platform, policy.severities),
            timing=_TIMING,
            group_by=GROUP_BY,
            routes=(_watchdog(policy), *_copies(policy), *owners),
        ),
        inhibitions=tuple(inhibit_rules(policy)),
    )


def _watchdog(policy: Policy) -> Route:
    switch = (Webhook(policy.watchdog_url_file),) if policy.watchdog_url_file else ()
    listener = Receiver("watchdog", policy.platform.name, Role.WATCHDOG, switch)
    return Route(listener, (one_of(Label.CATEGORY, [Category.WATCHDOG]),), timing=_HEARTBEAT)


def _owner(team: Team, severities: tuple[Severity, ...], hours: TimeInterval) -> Route:
    """All alerts of a team. Where a severity has no route here, the inherited receiver is the fallback."""
    told = tuple(chain.from_iterable(_told(team, severity, hours) for severity in severities))
    return Route(matchers=(one_of(Label.TEAM, [team.name]),), routes=told)


def _told(team: Team, severity: Severity, hours: TimeInterval) -> Iterator[Route]:
    """One route a step. All but the last go on, since a route that is muted keeps the alert from the next."""
    path = reach.steps(team, severity)
    for place, step in enumerate(path, 1):
        yield Route(
            step.receiver,
            (one_of(Label.SEVERITY, [severity.name]),),
            goes_on=place < len(path),
            active=(hours,) if step.in_hours else (),
            timing=_reminder(severity),
        )


def _copies(policy: Policy) -> Iterator[Route]:
    for expert, severity in product(policy.teams, policy.severities):
        receiver = reach.copy(expert, severity) if expert.domains else None
        if receiver is None:
            continue
        owners = [team.name for team in policy.teams if not _same_address(team, expert, severity)]
        domains = [domain for domain in expert.domains if not _told_before(policy, expert, severity, domain)]
        if owners and domains:
            about = (Label.DOMAIN, domains), (Label.TEAM, owners), (Label.SEVERITY, [severity.name])
            matchers = tuple(one_of(label, values) for label, values in about)
            yield Route(receiver, matchers, goes_on=True, timing=_reminder(severity))


def _told_before(policy: Policy, expert: Team, severity: Severity, domain: str) -> bool:
    """Whether an expert earlier in the list hears of that domain at the same address."""
    earlier = policy.teams[: policy.teams.index(expert)]
    return any(domain in team.domains and _same_address(team, expert, severity) for team in earlier)


def _same_address(one: Team, other: Team, severity: Severity) -> bool:
    """Whether two teams would hear of that severity through one pager or in one room."""
    ours, theirs = reach.copy(one, severity), reach.copy(other, severity)
    return ours is not None and theirs is not None and reach.addresses(ours) == reach.addresses(theirs)


def _reminder(severity: Severity) -> Timing:
    """An alert that still fires is sent again when its next update is due."""
    return Timing(repeat=severity.updates)
