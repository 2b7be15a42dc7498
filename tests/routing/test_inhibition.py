"""What hides what, in the simulator and in a real Alertmanager; and that no page is ever hidden by less."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.model.ownership import Pager
from generators.routing.derive import routing_tree
from generators.routing.simulate import inhibited_by, matches
from generators.routing.tree import Policy
from generators.toolchain import Tool
from tests.routing import strategies
from tests.routing.sample import POLICY, SEVERITIES, alert, without
from tests.routing.tools import alertmanager, every, get_alerts, post_alerts, write

TREE = routing_tree(POLICY)
BURN = alert(alertname="Burn", category="slo-burn", slo="availability", tier="slow", severity="sev3")
FAST = BURN | {"tier": "fast", "severity": "sev2", "alertname": "FastBurn"}
DB_DOWN = alert(alertname="Down", category="down", service="postgresql", team="dba", severity="sev2")
FOREIGN = without(alert(), "service", "environment", "team", "category")

PAIRS = [
    pytest.param(alert(), alert(severity="sev2"), True, id="worse hides milder"),
    pytest.param(alert(severity="sev2"), alert(), False, id="milder hides nothing worse"),
    pytest.param(alert(), alert(), False, id="an alert does not hide itself"),
    pytest.param(alert(), alert(severity="sev2", alertname="Other"), False, id="not another alert"),
    pytest.param(alert(), alert(severity="sev2", service="control"), False, id="not another service"),
    pytest.param(alert(), alert(severity="sev2", environment="staging"), False, id="not another environment"),
    pytest.param(alert(), alert(severity="sev2", team="dba"), False, id="not another team's"),
    pytest.param(alert(instance="a"), alert(severity="sev2", instance="b"), False, id="not another instance"),
    pytest.param(alert(instance="a"), alert(severity="sev2", instance="a"), True, id="the same instance"),
    pytest.param(FOREIGN, FOREIGN | {"severity": "sev2"}, False, id="a foreign alert without a service hides nothing"),
    pytest.param(alert(category="down", alertname="Down"), alert(category="no-data"), True, id="down hides no data"),
    pytest.param(
        alert(category="down", alertname="Down", severity="sev3"),
        alert(category="no-data"),
        False,
        id="a down that does not page hides no page",
    ),
    pytest.param(
        alert(category="down", alertname="Down"),
        alert(category="no-data", service="control"),
        False,
        id="down hides no data of its own service only",
    ),
    pytest.param(alert(category="down", alertname="Down"), alert(), False, id="down does not hide what has data"),
    pytest.param(
        DB_DOWN,
        alert(severity="sev3"),
        True,
        id="a dependency that is down hides what does not page at night",
    ),
    pytest.param(DB_DOWN, alert(severity="sev2"), False, id="but never what does"),
    pytest.param(DB_DOWN | {"severity": "sev4"}, alert(severity="sev3"), False, id="nor what is worse"),
    pytest.param(DB_DOWN, alert(severity="sev3", service="kafka"), False, id="nor a service that does not need it"),
    pytest.param(DB_DOWN, alert(severity="sev3", environment="staging"), False, id="nor another environment"),
    pytest.param(DB_DOWN, alert(severity="sev3", category="down"), False, id="nor that the dependant is down too"),
    pytest.param(
        DB_DOWN | {"category": "threshold"},
        alert(severity="sev3"),
        False,
        id="a dependency that is merely slow hides nothing",
    ),
    pytest.param(FAST, BURN, True, id="fast burn hides slow burn"),
    pytest.param(FAST, FAST | {"severity": "sev4", "alertname": "F"}, False, id="a tier has no say over itself"),
    pytest.param(BURN, FAST, False, id="slow burn does not hide fast burn"),
    pytest.param(FAST, BURN | {"slo": "latency"}, False, id="not that of another SLO"),
    pytest.param(FAST, BURN | {"slo": "latency", "alertname": "FastBurn"}, False, id="not even under the same name"),
    pytest.param(without(FAST, "slo"), without(BURN, "slo"), False, id="a burn without an SLO hides nothing"),
    pytest.param(FAST | {"severity": "sev4"}, BURN, False, id="a fast burn that does not page hides no page"),
    pytest.param(FAST, BURN | {"tier": "medium", "severity": "sev2"}, True, id="an equal severity is hidden"),
]


@pytest.mark.parametrize(("source", "target", "hidden"), PAIRS)
def test_hides(source: dict[str, str], target: dict[str, str], hidden: bool) -> None:
    assert bool(inhibited_by(TREE, target, [source, target])) is hidden


def test_the_rule_and_the_source_are_told() -> None:
    (found,) = inhibited_by(TREE, BURN, [FAST, BURN])
    assert (found.rule.name, found.source) == ("burn/fast/sev2", FAST)


def test_services_that_need_each_other_are_not_both_hidden() -> None:
    control = DB_DOWN | {"service": "control", "severity": "sev4"}
    postgresql = DB_DOWN | {"severity": "sev4"}
    assert [bool(inhibited_by(TREE, one, [control, postgresql])) for one in (control, postgresql)] == [
        False,
        False,
    ]


def test_what_is_not_in_chat_at_night_hides_nothing_that_is() -> None:
    silent = replace(SEVERITIES[2], chat=False)
    tree = routing_tree(replace(POLICY, severities=(*SEVERITIES[:2], silent, SEVERITIES[3])))
    assert inhibited_by(tree, alert(severity="sev4"), [alert(severity="sev3")]) == []


def test_a_severity_has_no_rule_against_itself() -> None:
    same_alert = [rule for rule in TREE.inhibitions if rule.name.startswith("same-alert/")]
    assert [[str(rule.source[0]), str(rule.target[0])] for rule in same_alert] == [
        ['severity="sev1"', 'severity=~"sev2|sev3|sev4"'],
        ['severity="sev2"', 'severity=~"sev3|sev4"'],
        ['severity="sev3"', 'severity="sev4"'],
    ]


def test_a_worse_severity_that_is_not_heard_hides_nothing() -> None:
    quiet = replace(SEVERITIES[0], pager=Pager.NEVER)
    tree = routing_tree(replace(POLICY, severities=(quiet, *SEVERITIES[1:])))
    assert inhibited_by(tree, alert(severity="sev2"), [alert()]) == []


_REACH = {Pager.NEVER: 0, Pager.BUSINESS_HOURS: 1, Pager.ALWAYS: 2}


@settings(max_examples=100, deadline=None)
@given(data=st.data(), policy=strategies.policies())
def test_nothing_is_hidden_by_less(data: st.DataObject, policy: Policy) -> None:
    severities = {severity.name: severity for severity in policy.severities}
    active = data.draw(st.lists(strategies.alerts(policy), min_size=2, max_size=6))
    for target, found in ((one, it) for one in active for it in inhibited_by(routing_tree(policy), one, active)):
        source, hidden = severities[found.source["severity"]], severities[target["severity"]]
        assert source.rank <= hidden.rank
        assert _REACH[source.pager] >= _REACH[hidden.pager]


@settings(max_examples=100, deadline=None)
@given(data=st.data(), policy=strategies.policies())
def test_something_always_stays_visible(data: st.DataObject, policy: Policy) -> None:
    active = data.draw(st.lists(strategies.alerts(policy), min_size=1, max_size=6))
    assert not all(inhibited_by(routing_tree(policy), one, active) for one in active)


def _suppressed(alerts: list[dict[str, Any]]) -> dict[frozenset[tuple[str, str]], bool]:
    return {frozenset(one["labels"].items()): bool(one["status"]["inhibitedBy"]) for one in alerts}


@every("alertmanager")
def test_a_real_alertmanager_agrees(tool: Tool, tmp_path: Path) -> None:
    """All alerts of the table, active at once in one server: who is inhibited, and who is told."""
    active: list[dict[str, str]] = []
    for number, pair in enumerate(PAIRS):
        active += [labels | {"batch": str(number)} for labels in pair.values[:2]]  # type: ignore[operator]
    tree = routing_tree(replace(POLICY, identity=("instance", "batch")))
    expected = {frozenset(one.items()): bool(inhibited_by(tree, one, active)) for one in active}
    with alertmanager(tool, write(tree, tmp_path, tool.version)) as url:
        post_alerts(url, active)
        found = _wait_for(url, expected)
    routes = {frozenset(one["labels"].items()): [r["name"] for r in one["receivers"]] for one in found}
    assert _suppressed(found) == expected
    assert routes == {frozenset(one.items()): [m.receiver.name for m in matches(tree, one)] for one in active}


def _wait_for(url: str, expected: dict[frozenset[tuple[str, str]], bool]) -> list[dict[str, Any]]:
    """The alerts of the server as soon as they are as expected, or after a while as they are."""
    end = time.monotonic() + 10
    while _suppressed(found := get_alerts(url)) != expected and time.monotonic() < end:
        time.sleep(0.1)
    return found


def test_a_fast_burn_of_one_tenant_leaves_the_page_of_another_alone() -> None:
    rules = routing_tree(replace(POLICY, identity=("tenant",))).inhibitions
    burning = [rule for rule in rules if rule.name.startswith("burn/")]
    assert burning
    assert all("tenant" in rule.equal for rule in burning)
