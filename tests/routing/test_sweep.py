"""The sweep finds nothing in a derived tree, and each kind of broken promise in a broken one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from generators.model.ownership import BusinessHours, Pager
from generators.routing.derive import routing_tree
from generators.routing.sweep import sweep
from generators.routing.tree import Policy, Role, Route, RoutingTree
from tests.routing.sample import POLICY, SEVERITIES, alert, every_alert

TREE = routing_tree(POLICY)
MONDAY = datetime(2024, 3, 25, tzinfo=UTC)
"""The week in which Berlin's clocks go forward."""


def messages(tree: RoutingTree, labels: dict[str, str], policy: Policy = POLICY) -> list[str]:
    return [broken.message for broken in sweep(tree, policy, [labels], MONDAY)]


def edit(route: Route, **changes: object) -> Route:
    """The route with every leaf that is not muted by the clock changed; the others as they are."""
    if route.routes:
        return replace(route, routes=tuple(edit(child, **changes) for child in route.routes))
    return replace(route, **changes) if route.active else route  # type: ignore[arg-type]


def silenced(tree: RoutingTree, kind: str) -> RoutingTree:
    def without_kind(route: Route) -> Route:
        who = route.receiver
        if who and who.role is Role.OWNER:
            kept = tuple(channel for channel in who.channels if type(channel).__name__ != kind)
            who = replace(who, channels=kept)
        return replace(route, receiver=who, routes=tuple(map(without_kind, route.routes)))

    return RoutingTree(without_kind(tree.root))


@pytest.mark.parametrize(
    "hours",
    [
        pytest.param(POLICY.hours, id="office hours"),
        pytest.param(BusinessHours(("sunday", "thursday"), "08:30", "17:00", "Asia/Dubai"), id="a week from Sunday"),
        pytest.param(BusinessHours(("friday", "monday"), "22:00", "06:00", "America/New_York"), id="weekend nights"),
        pytest.param(BusinessHours(("monday", "sunday"), "00:00", "24:00", "UTC"), id="around the clock"),
    ],
)
def test_a_derived_tree_keeps_every_promise(hours: BusinessHours) -> None:
    policy = replace(POLICY, hours=hours)
    assert sweep(routing_tree(policy), policy, every_alert(policy), MONDAY) == []


def with_pager(pager: Pager) -> Policy:
    """The promise of sev1 changed, though the tree is not."""
    return replace(POLICY, severities=(replace(SEVERITIES[0], pager=pager), *SEVERITIES[1:]))


@pytest.mark.parametrize(
    ("tree", "policy", "labels", "complaints"),
    [
        pytest.param(
            TREE,
            POLICY,
            alert(team="nobody"),
            ["no team owns it at this severity, so it ends at the fallback"],
            id="nobody owns it",
        ),
        pytest.param(
            TREE,
            POLICY,
            alert(severity="page"),
            ["no team owns it at this severity, so it ends at the fallback"],
            id="its severity is unknown",
        ),
        pytest.param(
            RoutingTree(replace(TREE.root, routes=TREE.root.routes[1:])),
            POLICY,
            alert(category="watchdog"),
            ["the watchdog does not go to the dead man's switch, and only there"],
            id="the watchdog goes to a team",
        ),
        pytest.param(
            TREE,
            with_pager(Pager.NEVER),
            alert(),
            ["sev1 pages after hours", "sev1 pages in business hours"],
            id="it pages though it never should",
        ),
        pytest.param(
            TREE,
            with_pager(Pager.BUSINESS_HOURS),
            alert(),
            ["sev1 pages after hours"],
            id="it pages at night",
        ),
        pytest.param(
            silenced(TREE, "PagerDuty"),
            POLICY,
            alert(severity="sev3"),
            ["sev3 does not page its owner in business hours"],
            id="it does not page by day",
        ),
        pytest.param(
            silenced(TREE, "Slack"),
            POLICY,
            alert(),
            [
                "sev1 reaches 0 chat channels of its owner after hours",
                "sev1 reaches 0 chat channels of its owner in business hours",
            ],
            id="its owner can't read it",
        ),
        pytest.param(
            RoutingTree(edit(TREE.root, goes_on=False)),
            POLICY,
            alert(severity="sev3"),
            [
                "nobody is told after hours",
                "sev3 reaches 0 chat channels of its owner after hours",
                "sev3 reaches 0 chat channels of its owner in business hours",
            ],
            id="a muted route swallows it",
        ),
        pytest.param(
            RoutingTree(replace(TREE.root, routes=(replace(TREE.root.routes[-2], goes_on=True), TREE.root.routes[-2]))),
            POLICY,
            alert(severity="sev4"),
            [
                "sev4 reaches 2 chat channels of its owner after hours",
                "one chat address is told 2 times after hours",
                "sev4 reaches 2 chat channels of its owner in business hours",
                "one chat address is told 2 times in business hours",
            ],
            id="it is said twice in one room",
        ),
    ],
)
def test_a_broken_promise_is_found(
    tree: RoutingTree, policy: Policy, labels: dict[str, str], complaints: list[str]
) -> None:
    assert messages(tree, labels, policy) == complaints


def test_the_first_moment_of_a_broken_promise_is_told() -> None:
    (broken,) = sweep(silenced(TREE, "PagerDuty"), POLICY, [alert(severity="sev3")], MONDAY)
    assert broken.at == datetime(2024, 3, 25, 8, tzinfo=UTC)
