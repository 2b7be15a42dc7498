"""SLOs under sloth's names: all that its dashboards and people's queries ask for, and nothing of ours mixed in."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from generators.emit.prometheus import rule_file
from generators.emit.yaml_text import yaml_text
from generators.promql import render
from generators.rules.group import Alert, Group, Recording
from generators.toolchain import Tool
from tests.helpers import bundles
from tests.promtool import EVERY_PROMTOOL, run_rules

SLOTH = "-timezone: Europe/Vienna\n+timezone: Europe/Vienna\n+compatibility: [sloth]\n"
CHANGE = SLOTH + "-    objective: 99%\n-    period: 28d\n+    objective: 99.9%\n+    period: 30d\n"
IDS = {"sloth_id": "oven-edible", "sloth_service": "oven", "sloth_slo": "edible"}
# Names of the recordings of sloth 0.16 for an SLO of 30 days (its README and `examples/_gen/getting-started.yml`).
WINDOWS = ("5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d")
META = {
    "slo:objective:ratio": "0.999",
    "slo:error_budget:ratio": "0.001",
    "slo:time_period:days": "30",
    "slo:current_burn_rate:ratio": None,
    "slo:period_burn_rate:ratio": None,
    "slo:period_error_budget_remaining:ratio": None,
    "sloth_slo_info": "1",
}


def group(change: str = CHANGE) -> Group:
    files = {file.name: file for file in bundles(change)["shop"].files}
    return next(g for g in files["oven"].groups if g.name == "oven.slo.edible")


def sloths(change: str = CHANGE) -> dict[str, Recording]:
    rules = (rule for rule in group(change).rules if isinstance(rule, Recording) and "sloth_id" in rule.labels)
    return {rule.name: rule for rule in rules}


def test_every_name_of_sloth_is_recorded_and_no_other() -> None:
    assert set(sloths()) == {f"slo:sli_error:ratio_rate{window}" for window in WINDOWS} | set(META)


@pytest.mark.parametrize("window", WINDOWS)
def test_a_window_has_the_labels_of_sloth_alone(window: str) -> None:
    assert sloths()[f"slo:sli_error:ratio_rate{window}"].labels == {**IDS, "sloth_window": window}


@pytest.mark.parametrize(("name", "value"), [item for item in META.items() if item[1]])
def test_a_constant_has_the_value_of_sloth(name: str, value: str) -> None:
    assert render(sloths()[name].expr) == f"vector({value})"


def test_info_tells_the_objective_as_sloth_writes_it() -> None:
    labels = sloths()["sloth_slo_info"].labels
    assert {**labels, **IDS} == labels
    assert labels["sloth_objective"] == "99.9"


def test_burn_alerts_have_the_labels_that_sloths_dashboards_look_for() -> None:
    burning = [rule for rule in group().rules if isinstance(rule, Alert) and "tier" in rule.labels]
    assert {rule.labels["tier"]: rule.labels["sloth_severity"] for rule in burning} == {
        "fast": "page",
        "medium": "page",
        "slow": "ticket",
        "long": "ticket",
    }
    assert all(IDS.items() <= rule.labels.items() for rule in burning)


def test_without_the_switch_there_is_nothing_of_sloth() -> None:
    assert sloths("") == {}
    assert not [rule for rule in group("").rules if "sloth_id" in rule.labels]


@EVERY_PROMTOOL
def test_values_are_ours_under_the_names_of_sloth(promtool: Tool, tmp_path: Path) -> None:
    ours = '{environment="shop",service="oven",slo="edible"}'
    ids = ",".join(f'{name}="{value}"' for name, value in IDS.items())
    burnt, orders = (f'oven_orders_total{{job="oven",result="{result}"}}' for result in ("burnt", "fine"))
    expected = {}
    for window in WINDOWS:
        text = f'slo:sli_error:ratio_rate{window}{{{ids},sloth_window="{window}"}}'
        expected[text] = Decimal("0.25")
    expected[f"slo:current_burn_rate:ratio{{{ids}}}"] = Decimal(250)
    expected[f"slo:period_burn_rate:ratio{{{ids}}}"] = Decimal(250)
    expected[f"slo:period_error_budget_remaining:ratio{{{ids}}}"] = Decimal(-249)
    rules = yaml_text(rule_file((group(),), "1m"))
    assert ours in rules
    assert yaml.safe_load(rules)["groups"]
    run_rules(promtool, tmp_path, rules, {burnt: "0+15x60", orders: "0+45x60"}, expected)
