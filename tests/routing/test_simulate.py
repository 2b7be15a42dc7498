"""The simulator against amtool, and the rules of time that amtool has no word for."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generators.model.ownership import BusinessHours
from generators.routing.derive import routing_tree
from generators.routing.intervals import business_hours
from generators.routing.matchers import one_of
from generators.routing.reach import routing_problems
from generators.routing.simulate import deliveries, inhibited_by, matches
from generators.routing.sweep import sweep
from generators.routing.tree import InhibitRule, Policy, Receiver, Role, Route, RoutingTree
from generators.toolchain import Tool
from tests.routing import strategies
from tests.routing.sample import every_alert
from tests.routing.tools import amtool_receivers, every, write

A, B = (Receiver(name, "t", Role.OWNER, ()) for name in "ab")
MORNING = business_hours(BusinessHours(("monday", "sunday"), "00:00", "12:00", "UTC"), "morning")
ALWAYS = business_hours(BusinessHours(("monday", "sunday"), "00:00", "24:00", "UTC"), "always")
AT_NINE = datetime(2024, 4, 2, 9, tzinfo=UTC)
AT_NOON = datetime(2024, 4, 2, 12, tzinfo=UTC)
_FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def receivers(tree: RoutingTree, labels: dict[str, str]) -> list[str]:
    return [match.receiver.name for match in matches(tree, labels)]


def assert_amtool_agrees(tool: Tool, tree: RoutingTree, label_sets: list[dict[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        config = write(tree, Path(folder))
        for labels in label_sets:
            assert receivers(tree, labels) == amtool_receivers(tool, config, labels)


@every("amtool")
@_FEW
@given(tree=strategies.trees, label_sets=st.lists(strategies.label_sets, min_size=1, max_size=3))
def test_amtool_agrees_on_any_tree(tool: Tool, tree: RoutingTree, label_sets: list[dict[str, str]]) -> None:
    assert_amtool_agrees(tool, tree, label_sets)


@every("amtool")
@_FEW
@given(data=st.data(), policy=strategies.policies())
def test_amtool_agrees_on_derived_trees(tool: Tool, data: st.DataObject, policy: Policy) -> None:
    label_sets = data.draw(st.lists(strategies.alerts(policy), min_size=1, max_size=3))
    assert_amtool_agrees(tool, routing_tree(policy), label_sets)


@settings(max_examples=100, deadline=None)
@given(policy=strategies.policies())
def test_a_sound_organisation_breaks_no_promise(policy: Policy) -> None:
    if routing_problems(policy.teams, policy.severities, policy.platform):
        return
    assert sweep(routing_tree(policy), policy, every_alert(policy), datetime(2024, 3, 28, tzinfo=UTC)) == []


@settings(max_examples=100, deadline=None)
@given(data=st.data(), policy=strategies.policies())
def test_no_alert_is_lost_even_where_a_team_cannot_be_told(data: st.DataObject, policy: Policy) -> None:
    labels = data.draw(strategies.alerts(policy))
    roles = {match.receiver.role for match in matches(routing_tree(policy), labels)}
    assert roles & {Role.OWNER, Role.FALLBACK}


@pytest.mark.parametrize(
    ("route", "at", "muted_by"),
    [
        pytest.param(Route(A, active=(MORNING,)), AT_NINE, "", id="inside an active interval it speaks"),
        pytest.param(Route(A, active=(MORNING,)), AT_NOON, "outside morning", id="outside it is muted"),
        pytest.param(Route(A, active=(MORNING, ALWAYS)), AT_NOON, "", id="one active interval is enough"),
        pytest.param(Route(A, muted=(MORNING,)), AT_NINE, "in morning", id="inside a muted interval it is muted"),
        pytest.param(Route(A, muted=(MORNING,)), AT_NOON, "", id="outside a muted interval it speaks"),
        pytest.param(Route(A, muted=(MORNING,), active=(ALWAYS,)), AT_NINE, "in morning", id="muting wins"),
    ],
)
def test_muted_by(route: Route, at: datetime, muted_by: str) -> None:
    tree = RoutingTree(Route(B, routes=(route,)))
    assert [(each.receiver, each.muted_by) for each in deliveries(tree, {}, at)] == [(A, muted_by)]


def test_a_muted_route_keeps_the_alert_from_its_siblings() -> None:
    tree = RoutingTree(Route(B, routes=(Route(A, active=(MORNING,)), Route(B))))
    assert [each.receiver for each in deliveries(tree, {}, AT_NOON) if not each.muted] == []


@pytest.mark.parametrize(
    ("source", "target", "hidden"),
    [
        pytest.param({"kind": "x"}, {"kind": "y"}, True, id="a source hides a target"),
        pytest.param(
            {"kind": "x", "n": "1"},
            {"kind": "x", "n": "2"},
            False,
            id="like hides not like",
        ),
        pytest.param({"kind": "z"}, {"kind": "y"}, False, id="what is no source hides nothing"),
        pytest.param({"kind": "x"}, {"kind": "w"}, False, id="what is no target is not hidden"),
        pytest.param({"kind": "x", "where": "a"}, {"kind": "y"}, False, id="a missing label differs"),
    ],
)
def test_inhibited_by(source: dict[str, str], target: dict[str, str], hidden: bool) -> None:
    rule = InhibitRule("r", (one_of("kind", ["x"]),), (one_of("kind", ["x", "y"]),), ("where",))
    tree = RoutingTree(Route(A), (rule,))
    assert bool(inhibited_by(tree, target, [source, target])) is hidden


def test_intervals_are_not_inherited() -> None:
    child = Route(A, matchers=(one_of("x", ["1"]),))
    tree = RoutingTree(Route(B, routes=(Route(active=(MORNING,), routes=(child,)),)))
    assert [each.muted for each in deliveries(tree, {"x": "1"}, AT_NOON)] == [False]


def test_a_parent_is_not_told_when_a_child_is_even_one_that_goes_on() -> None:
    tree = RoutingTree(Route(B, routes=(Route(A, goes_on=True),)))
    assert receivers(tree, {}) == ["a"]
