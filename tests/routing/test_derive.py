"""Who is told of which alert, when: the derived tree as a table."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from generators.model.ownership import Pager
from generators.routing.derive import routing_tree
from generators.routing.simulate import deliveries, matches
from generators.routing.tree import PagerDuty, Policy
from tests.routing.sample import POLICY, SEVERITIES, alert, changed, team, without

TREE = routing_tree(POLICY)
BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2024, 4, 2, 12, tzinfo=BERLIN)
SUNDAY_NIGHT = datetime(2024, 4, 7, 3, tzinfo=BERLIN)


def told(policy: Policy, labels: dict[str, str], at: datetime) -> list[str]:
    return [each.receiver.name for each in deliveries(routing_tree(policy), labels, at) if not each.muted]


@pytest.mark.parametrize(
    ("labels", "at", "receivers"),
    [
        pytest.param(alert(severity="sev1"), NOON, ["edge/page/sev1"], id="sev1 pages at noon"),
        pytest.param(alert(severity="sev2"), SUNDAY_NIGHT, ["edge/page/sev2"], id="sev2 pages on Sunday night"),
        pytest.param(alert(severity="sev3"), NOON, ["edge/page/sev3", "edge/chat"], id="sev3 pages at noon"),
        pytest.param(alert(severity="sev3"), SUNDAY_NIGHT, ["edge/chat"], id="sev3 only talks on Sunday night"),
        pytest.param(alert(severity="sev4"), NOON, ["edge/chat"], id="sev4 only talks at noon"),
        pytest.param(alert(team="nobody"), NOON, ["unowned"], id="an unknown team ends at the fallback"),
        pytest.param(without(alert(), "team"), NOON, ["unowned"], id="no team ends at the fallback"),
        pytest.param(alert(severity="page"), NOON, ["unowned"], id="an unknown severity ends at the fallback"),
        pytest.param(alert(category="watchdog"), NOON, ["watchdog"], id="the watchdog goes to its switch only"),
        pytest.param(
            alert(domain="data"),
            NOON,
            ["dba/copy/page/sev1", "edge/page/sev1"],
            id="the expert's pager gets a copy",
        ),
        pytest.param(
            alert(domain="data", severity="sev3"),
            NOON,
            ["dba/copy", "edge/page/sev3", "edge/chat"],
            id="a copy of what pages in business hours goes to chat",
        ),
        pytest.param(
            alert(domain="data", team="dba"),
            NOON,
            ["dba/page/sev1"],
            id="an expert gets no copy of its own alerts",
        ),
        pytest.param(
            alert(domain="data", team="nobody"), NOON, ["unowned"], id="a copy does not hide an unowned alert"
        ),
        pytest.param(alert(domain="data", severity="page"), NOON, ["unowned"], id="no copy of an unknown severity"),
        pytest.param(alert(domain="poetry"), NOON, ["edge/page/sev1"], id="a domain without an expert is no matter"),
    ],
)
def test_told(labels: dict[str, str], at: datetime, receivers: list[str]) -> None:
    assert told(POLICY, labels, at) == receivers


@pytest.mark.parametrize(
    ("policy", "labels", "receivers"),
    [
        pytest.param(
            changed("dba", pagerduty_key_file="/etc/alertmanager/secrets/edge-pagerduty"),
            alert(domain="data"),
            ["edge/page/sev1"],
            id="no copy to the pager that rings anyway",
        ),
        pytest.param(
            changed("dba", slack_channel="#edge"),
            alert(domain="data", severity="sev4"),
            ["edge/chat"],
            id="no copy to the room that reads it anyway",
        ),
        pytest.param(
            changed("dba", slack_channel="#edge"),
            alert(domain="data", severity="sev4", team="platform"),
            ["dba/copy", "platform/chat"],
            id="the same room still gets copies from other owners",
        ),
        pytest.param(
            changed("platform", domains=("data",), slack_channel="#dba"),
            alert(domain="data", severity="sev4"),
            ["platform/copy", "edge/chat"],
            id="two experts in one room get one copy",
        ),
        pytest.param(
            changed("edge", pagerduty_key_file=None),
            alert(),
            ["unowned"],
            id="who can't be told leaves it to the fallback",
        ),
    ],
)
def test_no_address_is_told_twice(policy: Policy, labels: dict[str, str], receivers: list[str]) -> None:
    assert told(policy, labels, NOON) == receivers


def test_an_expert_with_nobody_to_get_copies_from_does_not_hide_an_unowned_alert() -> None:
    alone = replace(POLICY, teams=(team("dba", "data"),))
    assert told(alone, without(alert(domain="data"), "team"), NOON) == ["unowned"]


def test_a_muted_route_is_told_apart_from_one_that_speaks() -> None:
    found = deliveries(TREE, alert(severity="sev3"), SUNDAY_NIGHT)
    assert [(each.receiver.name, each.muted_by) for each in found] == [
        ("edge/page/sev3", "outside business-hours"),
        ("edge/chat", ""),
    ]


def test_a_delivery_says_its_way_through_the_tree() -> None:
    (only,) = deliveries(TREE, alert(), NOON)
    assert only.path == ("{}", '{team="edge"}', '{severity="sev1"}')


@pytest.mark.parametrize(("severity", "urgency"), [("sev1", "critical"), ("sev2", "error"), ("sev3", "warning")])
def test_the_rank_is_the_urgency_of_the_page(severity: str, urgency: str) -> None:
    first = matches(TREE, alert(severity=severity))[0].receiver.channels[0]
    assert isinstance(first, PagerDuty)
    assert first.severity == urgency


def test_the_fallback_is_loud() -> None:
    (fallback,) = matches(TREE, alert(team="nobody"))
    assert [type(channel).__name__ for channel in fallback.receiver.channels] == ["PagerDuty", "Slack"]


def test_only_receivers_that_a_route_names_exist() -> None:
    named = {route.receiver.name for route in TREE.root.walk() if route.receiver}
    assert [receiver.name for receiver in TREE.receivers] == list(dict.fromkeys(r.name for r in TREE.receivers))
    assert {receiver.name for receiver in TREE.receivers} == named


def test_business_hours_are_left_out_where_no_severity_asks_for_them() -> None:
    severities = tuple(replace(one, pager=Pager.ALWAYS) for one in SEVERITIES)
    assert routing_tree(replace(POLICY, severities=severities)).intervals == ()


def test_an_alert_is_said_again_when_its_update_is_due() -> None:
    repeats = {match.receiver.name: match.path[-1].timing.repeat for match in matches(TREE, alert(severity="sev2"))}
    assert {name: str(repeat) for name, repeat in repeats.items()} == {"edge/page/sev2": "30m"}
