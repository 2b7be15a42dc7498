"""Proofs as promtool test files: promtool agrees with them, and no longer does once a rule is changed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml

from generators.emit import prometheus, promtool
from generators.proof.case import ALONE, Case, Check, Firing, Pace, Reading
from generators.toolchain import Tool, judges
from generators.units import Duration
from tests.helpers import bundles, write_files

PACE = Pace(Duration.parse("15s"), Duration.parse("30s"))
SLOW = Pace(Duration.parse("5m"), Duration.parse("30s"))
WATCHDOG = "-retention: 30d\n+retention: 30d\n+watchdog: {url_file: /etc/alertmanager/watchdog}"


def names(cases: list[Case]) -> list[str]:
    return ["".join(case.name for case in together) for together in promtool.packed(cases)]


def case(name: str, claims: str, pace: Pace = PACE) -> Case:
    return Case(name, pace, {}, ALONE if claims == "*" else frozenset(claims))


def test_cases_that_feed_other_series_run_side_by_side() -> None:
    assert names([case("a", "xy"), case("b", "z"), case("c", "y"), case("d", "w")]) == ["abd", "c"]


def test_nothing_runs_beside_a_case_that_is_alone() -> None:
    assert names([case("a", "x"), case("b", "*"), case("c", "y")]) == ["ac", "b"]


def test_what_is_scraped_at_another_pace_runs_apart() -> None:
    assert names([case("a", "x"), case("b", "y", SLOW)]) == ["a", "b"]


def test_a_case_becomes_a_group_of_tests() -> None:
    check = Check(Decimal(90), "Hot", (Firing({"zone": "a"}, {"summary": "hot"}),))
    silent = Check(Decimal(60), "Hot")
    labels_only = Check(Decimal(120), "Hot", (Firing({"zone": "a"}),))
    reading = Reading(Decimal(30), "up", (("{}", Decimal(1)),))
    of = Case("hot", PACE, {"x{}": "1x4"}, frozenset("x"), (silent, check, labels_only), (reading,))
    assert promtool.test_file([of], ["../rules/oven.yaml"]) == {
        "rule_files": ["../rules/oven.yaml"],
        "evaluation_interval": "30s",
        "tests": [
            {
                "name": "hot",
                "interval": "15s",
                "input_series": [{"series": "x{}", "values": "1x4"}],
                "alert_rule_test": [
                    {"eval_time": "1m", "alertname": "Hot"},
                    {
                        "eval_time": "1m30s",
                        "alertname": "Hot",
                        "exp_alerts": [{"exp_labels": {"zone": "a"}, "exp_annotations": {"summary": "hot"}}],
                    },
                ],
                "promql_expr_test": [
                    {
                        "expr": 'ALERTS{alertname="Hot",alertstate="firing"}',
                        "eval_time": "2m",
                        "exp_samples": [{"labels": 'ALERTS{alertname="Hot",alertstate="firing",zone="a"}', "value": 1}],
                    },
                    {"expr": "up", "eval_time": "30s", "exp_samples": [{"labels": "{}", "value": 1}]},
                ],
            }
        ],
    }


def test_what_is_not_proven_is_said_at_the_top() -> None:
    text = artifacts()["prometheus/tests/mill.no-data.test.yaml"]
    assert "# Not proven: MillDust: nothing tells what is good or bad input" in text.split("rule_files")[0]


@cache
def artifacts() -> dict[str, str]:
    """The rules and tests of the bakery's shop."""
    bundle = bundles(WATCHDOG)["shop"]
    return {a.path: a.text for family in (prometheus, promtool) for a in family.artifacts(bundle)}


def judged(tool: Tool, folder: Path, name: str) -> tuple[bool, str]:
    tests = sorted(folder.glob(f"{promtool.FOLDER}/{name}*.test.yaml"))
    done = subprocess.run([tool.path, "test", "rules", *tests], capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["oven", "mill", "platform"])
@pytest.mark.parametrize("tool", judges("promtool"), ids=str)
def test_promtool_agrees(tool: Tool, name: str, tmp_path: Path) -> None:
    passed, said = judged(tool, write_files(tmp_path, artifacts()), name)
    assert passed, said


def test_every_alert_but_the_unproven_is_seen_silent_and_firing() -> None:
    silent: set[str] = set()
    fired: set[str] = set()
    for path, text in artifacts().items():
        for group in yaml.safe_load(text).get("tests", []) if path.endswith(".test.yaml") else []:
            for check in group.get("alert_rule_test", []):
                (fired if "exp_alerts" in check else silent).add(check["alertname"])
    alerts = {alert.name for alert in bundles(WATCHDOG)["shop"].alerts} - {"MillDust"}
    assert (alerts - fired, alerts - silent) == (set(), {"Watchdog"})


MUTANTS = {
    "a limit that counts as crossed": ("OvenBurnt", r"> 0\.02", ">= 0.02"),
    "a limit 10 % higher": ("OvenBurnt", r"> 0\.02", "> 0.022"),
    "a limit half as high": ("OvenHot", r"> 260", "> 130"),
    "the other direction": ("OvenHot", r"> 260", "< 260"),
    "twice the wait": ("OvenFuel", r"for: 15m", "for: 30m"),
    "no wait": ("OvenFuel", r"for: 15m", "for: 0s"),
    "going on for twice as long": ("OvenHot", r"keep_firing_for: 5m", "keep_firing_for: 10m"),
    "twice the window": ("OvenBurnt", r"\[5m\]", "[10m]"),
    "half the window": ("OvenSlow", r"\[5m\]", "[150s]"),
    "no guard": ("OvenBurnt", r"\s+and\s+sum\(increase.*?>=\s+5", ""),
    "a guard twice as high": ("OvenBurnt", r">= 5\b", ">= 10"),
    "a guard that leaves out the limit": ("OvenBurnt", r">= 5\b", "> 5"),
    "no team": ("OvenBurnt", r"\n +team: bakers", ""),
    "another severity": ("OvenBurnt", r"severity: fire", "severity: smoke"),
    "no runbook": ("OvenBurnt", r"\n +runbook_url: [^\n]*", ""),
    "labels that are lost": ("OvenHot", r"max by \(zone\) ", "max"),
    "a budget that burns unseen": ("OvenEdibleBudgetBurn", r"> 0\.1344", "> 0.2"),
    "a burn rate in one window": ("OvenEdibleBudgetBurn", r"\s+and\s+slo:error_ratio:rate5m\S+ > 0\.1344", ""),
    "missing data that nobody hears of": ("OvenHeatNoData", r"for: 15m", "for: 30m"),
}


@pytest.mark.parametrize(("alert", "pattern", "replacement"), MUTANTS.values(), ids=MUTANTS)
def test_a_changed_rule_is_found(alert: str, pattern: str, replacement: str, tmp_path: Path) -> None:
    changed = dict(about(alert))
    path = f"prometheus/rules/oven{'.slo.edible' if 'Budget' in alert else ''}.yaml"
    changed[path] = "".join(mutated(changed[path], alert, pattern, replacement))
    passed, _said = judged(judges("promtool")[0], write_files(tmp_path, changed), "oven")
    assert not passed


def about(alert: str) -> Iterator[tuple[str, str]]:
    """The rules, and of the tests those that say something of the alert: the others would only take time."""
    for path, text in artifacts().items():
        if not path.startswith(promtool.FOLDER):
            yield path, text
            continue
        data = yaml.safe_load(text)
        data["tests"] = [group for group in data["tests"] if alert in group["name"] or alert in str(_checks(group))]
        if data["tests"]:
            yield path, yaml.safe_dump(data)


def _checks(group: dict[str, list[dict[str, object]]]) -> list[dict[str, object]]:
    return group.get("alert_rule_test", []) + group.get("promql_expr_test", [])


def mutated(text: str, alert: str, pattern: str, replacement: str) -> Iterator[str]:
    """The rule file with the first match within the first rule of that alert replaced."""
    head, start, tail = text.partition(f"- alert: {alert}\n")
    rule, rest, more = tail.partition("\n      - ")
    new, found = re.subn(pattern, replacement, rule, count=1, flags=re.DOTALL)
    assert found, rule
    yield from (head, start, new, rest, more)
