"""The emitted configuration and templates, judged by amtool and a real Alertmanager."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generators.emit.alertmanager import (
    RoutingCase,
    alertmanager_config,
    notification_templates,
    routing_tests,
)
from generators.emit.yaml_text import yaml_text
from generators.model.ownership import BusinessHours
from generators.routing.derive import routing_tree
from generators.routing.tree import Route, RoutingTree
from generators.toolchain import Tool
from tests.routing.sample import POLICY, alert
from tests.routing.tools import BASELINE, alertmanager, every, listener, post_alerts, run, write

TREE = routing_tree(POLICY)
NEWEST = (0, 34)


def config(version: tuple[int, ...] = BASELINE, tree: RoutingTree = TREE) -> dict[str, Any]:
    return alertmanager_config(tree, version)


def receiver(name: str, version: tuple[int, ...] = BASELINE) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in config(version)["receivers"] if one["name"] == name)
    return found


def strings(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from strings(item)
    if isinstance(data, str):
        yield data


def keys(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        yield from data
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from keys(item)


@every("amtool")
def test_amtool_accepts_it(tool: Tool, tmp_path: Path) -> None:
    answer = run(tool, "check-config", str(write(TREE, tmp_path, tool.version)))
    assert answer.returncode == 0, answer.stdout + answer.stderr


@every("amtool")
def test_amtool_accepts_hours_across_midnight(tool: Tool, tmp_path: Path) -> None:
    nights = BusinessHours(("friday", "monday"), "22:00", "06:00", "Europe/Berlin")
    tree = routing_tree(replace(POLICY, hours=nights))
    answer = run(tool, "check-config", str(write(tree, tmp_path, tool.version)))
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_root_has_a_receiver_and_takes_everything() -> None:
    root = config()["route"]
    assert root["receiver"] == "unowned"
    assert not {"matchers", "continue", "active_time_intervals", "mute_time_intervals"} & root.keys()


def test_the_watchdog_is_sent_at_every_tick() -> None:
    first = config()["route"]["routes"][0]
    assert (first["group_wait"], first["group_interval"], first["repeat_interval"]) == ("0s", "1m", "50s")


def test_a_pager_in_business_hours_goes_on_to_chat() -> None:
    edge = next(r for r in config()["route"]["routes"] if r["matchers"] == ['team="edge"'])
    assert [r for r in edge["routes"] if r["matchers"] == ['severity="sev3"']] == [
        {
            "matchers": ['severity="sev3"'],
            "receiver": "edge/page/sev3",
            "repeat_interval": "1d",
            "active_time_intervals": ["business-hours"],
            "continue": True,
        },
        {"matchers": ['severity="sev3"'], "receiver": "edge/chat", "repeat_interval": "1d"},
    ]


def test_a_route_that_is_muted_says_so() -> None:
    hours = TREE.intervals[0]
    root = replace(TREE.root, routes=(Route(muted=(hours,)),))
    assert config(tree=RoutingTree(root))["route"]["routes"] == [{"mute_time_intervals": ["business-hours"]}]


def test_a_run_of_one_day_is_that_day() -> None:
    hours = BusinessHours(("monday", "sunday"), "09:00", "18:00", "UTC")
    (interval,) = config(tree=routing_tree(replace(POLICY, hours=hours)))["time_intervals"]
    assert interval["time_intervals"][0]["weekdays"] == ["monday:saturday", "sunday"]


def test_the_templates_are_found_beside_the_configuration(tmp_path: Path) -> None:
    write(TREE, tmp_path)
    (pattern,) = config()["templates"]
    assert {path.name for path in tmp_path.glob(pattern)} == notification_templates().keys()


def test_business_hours_say_where() -> None:
    assert config()["time_intervals"] == [
        {
            "name": "business-hours",
            "time_intervals": [
                {
                    "weekdays": ["monday:friday"],
                    "times": [{"start_time": "09:00", "end_time": "18:00"}],
                    "location": "Europe/Berlin",
                }
            ],
        }
    ]


@pytest.mark.parametrize(
    ("version", "named"),
    [
        pytest.param((0, 29), False, id="0.29 knows no names"),
        pytest.param((0, 30), True, id="0.30 knows them"),
    ],
)
def test_inhibitions_are_named_where_the_version_knows_names(version: tuple[int, ...], named: bool) -> None:
    assert {"name" in rule for rule in config(version)["inhibit_rules"]} == {named}


@pytest.mark.parametrize(
    ("version", "kind", "field"),
    [
        pytest.param((0, 27), "slack_configs", "api_url_file", id="before 0.28 the switch is posted to as Slack is"),
        pytest.param((0, 28), "webhook_configs", "url_file", id="from 0.28 the switch is a webhook"),
    ],
)
def test_the_switch(version: tuple[int, ...], kind: str, field: str) -> None:
    found = receiver("watchdog", version)
    assert found[kind] == [{field: POLICY.watchdog_url_file, "send_resolved": False}]


def test_without_a_switch_the_watchdog_goes_nowhere() -> None:
    tree = routing_tree(replace(POLICY, watchdog_url_file=""))
    assert {"name": "watchdog"} in config(tree=tree)["receivers"]


def test_the_configuration_is_plain_data() -> None:
    found = [*strings(config()), *keys(config())]
    assert {type(text) for text in found} == {str}


@pytest.mark.parametrize("version", [BASELINE, NEWEST])
def test_no_secret_is_written(version: tuple[int, ...]) -> None:
    inline = {"routing_key", "service_key", "api_url", "url", "slack_api_url", "credentials", "password"}
    assert not inline & set(keys(config(version)))


def test_every_notification_tells_when_it_is_over() -> None:
    sent = [
        one["send_resolved"]
        for each in config()["receivers"]
        if each["name"] != "watchdog"
        for kind in ("pagerduty_configs", "slack_configs")
        for one in each.get(kind, [])
    ]
    assert set(sent) == {True}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        pytest.param("edge/page/sev1", '{{ template "tocsin.slack.title" . }}', id="an owner"),
        pytest.param("unowned", 'NO OWNER: {{ template "tocsin.slack.title" . }}', id="the fallback"),
        pytest.param("dba/copy", 'FYI: {{ template "tocsin.slack.title" . }}', id="an expert"),
    ],
)
def test_the_title_says_why_one_is_told(name: str, title: str) -> None:
    assert receiver(name)["slack_configs"][0]["title"] == title


def test_routing_tests_say_what_the_simulator_says() -> None:
    both = RoutingCase("worse hides milder", (alert(), alert(severity="sev2")))
    night = RoutingCase("whatever the time", (alert(severity="sev3"),))
    assert routing_tests(TREE, [both, night]) == {
        "tests": [
            {
                "name": "worse hides milder",
                "alerts": [
                    {"labels": alert(), "expected_receivers": ["edge/page/sev1"]},
                    {"labels": alert(severity="sev2"), "expected_inhibited": True},
                ],
            },
            {
                "name": "whatever the time",
                "alerts": [{"labels": alert(severity="sev3"), "expected_receivers": ["edge/page/sev3", "edge/chat"]}],
            },
        ]
    }


@every("alertmanager")
def test_a_real_alertmanager_calls_the_switch(tool: Tool, tmp_path: Path) -> None:
    with listener() as (switch, heard):
        (tmp_path / "url").write_text(switch)
        tree = routing_tree(replace(POLICY, watchdog_url_file=str(tmp_path / "url")))
        with alertmanager(tool, write(tree, tmp_path, tool.version)) as url:
            post_alerts(url, [alert(alertname="Watchdog", category="watchdog")])
            end = time.monotonic() + 10
            while not heard and time.monotonic() < end:
                time.sleep(0.05)
    assert heard


def test_the_text_is_the_same_every_time() -> None:
    assert yaml_text(config()) == yaml_text(alertmanager_config(routing_tree(POLICY), BASELINE))
