"""SLOs exported as OpenSLO: as its specification has it, and the same SLOs when they are imported again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from generators import pipeline
from generators.interchange.openslo_names import cut, shorthand
from generators.model.catalog import Catalog
from generators.model.slo import Slo
from generators.units import Duration
from tests.helpers import bakery, changed, run, write_files
from tests.interchange.catalogs import catalog
from tests.shipped import ROOT

# One more SLO of each kind: a latency, a grouped one, slices, PromQL of one's own, and a composite of the calendar.
MORE = """-    period: 28d
+    period: 28d
+  quick: {signal: baking, objective: 95%, under: 600s}
+  edible-each: {signal: orders, objective: 99%, by: [result], period: 7d, tiers: {only: {long: 2h, spends: 20%}}}
+  warm: {signal: heat, objective: 90%, slices: {of: 1m, at_least: 260°C}, period: quarter}
+  ordered: {signal: own, objective: 99.5%}
+  whole: {of: [edible, quick], events: same, objective: 98%, period: month}
-  heat: {kind: gauge, metric: oven_temperature_celsius, by: [zone]}
+  heat: {kind: gauge, metric: oven_temperature_celsius, by: [zone]}
+  own:
+    kind: events
+    bad: sum(rate(oven_orders_total{result="lost"}[5m]))
+    total: sum(rate(oven_orders_total[5m]))
"""


@pytest.fixture
def bread(tmp_path: Path) -> Path:
    """The bakery with an SLO of each kind."""
    return write_files(tmp_path / "bread", changed(MORE))


def exported(folder: Path, environment: str) -> str:
    result = run("export", "openslo", "--catalog", str(folder), "-e", environment)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def again(text: str, folder: Path) -> Catalog:
    """The exported SLOs, imported and compiled."""
    (folder / "exported.yaml").write_text(text, encoding="utf-8")
    result = run("import", "openslo", str(folder / "exported.yaml"))
    assert result.exit_code == 0, result.stderr
    return catalog(result.stdout)


def slos(of: Catalog) -> dict[str, Slo]:
    return {f"{slo.service}-{slo.name}".replace("_", "-"): slo for service in of.services for slo in service.slos}


def reread(of: Catalog) -> dict[str, Slo]:
    return {slo.name: slo for service in of.services for slo in service.slos}


def told(slo: Slo) -> tuple[Any, ...]:
    """What has to be the same: the objective, the period, and the burn rates that alert."""
    tiers = {(t.long, t.short, round(t.factor(slo.period), 6)) for t in slo.tiers}
    return slo.objective, slo.period, tiers


SHIPPED = pipeline.compile_catalog(pipeline.read_folder(ROOT / "catalog"), ["prod"])[0]


def test_objectives_periods_and_tiers_come_back(tmp_path: Path) -> None:
    found = reread(again(exported(ROOT / "catalog", "prod"), tmp_path))
    assert {name: told(slo) for name, slo in found.items()} == {n: told(s) for n, s in slos(SHIPPED).items()}


def test_the_queries_of_events_come_back_to_the_letter(tmp_path: Path) -> None:
    found = reread(again(exported(ROOT / "catalog", "prod"), tmp_path))
    over = Duration.parse("5m")
    for name, slo in slos(SHIPPED).items():
        second, first = found[name].sli.events(over), slo.sli.events(over)
        assert (second.bad, second.total) == (first.bad, first.total), name


def test_every_kind_of_slo_comes_back(bread: Path, tmp_path: Path) -> None:
    found = reread(again(exported(bread, "shop"), tmp_path))
    mine = slos(pipeline.compile_catalog(bakery(MORE), ["shop"])[0])
    assert {n: (s.objective, s.period) for n, s in found.items()} == {
        n: (s.objective, s.period) for n, s in mine.items()
    }
    kinds = {name: slo.sli.signals[0].kind.kind for name, slo in found.items()}
    assert kinds == {
        "oven-edible": "ratio",
        "oven-quick": "latency",
        "oven-edible-each": "ratio",
        "oven-warm": "gauge",
        "oven-ordered": "ratio",
        "oven-whole": "events",
    }


def test_slices_are_judged_by_the_same_value(bread: Path, tmp_path: Path) -> None:
    found = reread(again(exported(bread, "shop"), tmp_path))["oven-warm"]
    mine = slos(pipeline.compile_catalog(bakery(MORE), ["shop"])[0])["oven-warm"]
    assert found.sli.events(Duration.parse("5m")) == mine.sli.events(Duration.parse("5m"))


def documents(folder: Path, environment: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(exported(folder, environment)))


def test_names_are_those_that_the_specification_allows(bread: Path) -> None:
    for document in documents(bread, "shop"):
        assert re.fullmatch(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?", document["metadata"]["name"])
        assert len(document["metadata"].get("displayName", "")) <= 63


def test_whatever_is_named_is_there(bread: Path) -> None:
    found = documents(bread, "shop")
    names = {(document["kind"], document["metadata"]["name"]) for document in found}
    assert len(names) == len(found)
    for spec in (document["spec"] for document in found):
        assert {("AlertPolicy", use["alertPolicyRef"]) for use in spec.get("alertPolicies", ())} <= names
        assert {("AlertCondition", use["conditionRef"]) for use in spec.get("conditions", ())} <= names
        targets = {("AlertNotificationTarget", use["targetRef"]) for use in spec.get("notificationTargets", ())}
        assert targets <= names
        assert "service" not in spec or ("Service", spec["service"]) in names


def test_a_policy_has_one_condition_and_somebody_to_tell(bread: Path) -> None:
    for policy in (d["spec"] for d in documents(bread, "shop") if d["kind"] == "AlertPolicy"):
        assert len(policy["conditions"]) == 1
        assert policy["notificationTargets"]


def test_what_openslo_has_no_key_for_stands_in_annotations(bread: Path) -> None:
    found = {d["metadata"]["name"]: d["metadata"] for d in documents(bread, "shop") if d["kind"] == "SLO"}
    assert found["oven-edible-each"]["annotations"]["tocsin/budget-for-each"] == "result"
    assert found["oven-edible"]["annotations"]["tocsin/environment"] == "shop"


def test_an_export_is_of_one_environment(bread: Path) -> None:
    result = run("export", "openslo", "--catalog", str(bread))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "`-e shop`" in result.stderr


def test_an_export_of_a_catalog_that_is_none(tmp_path: Path) -> None:
    assert run("export", "openslo", "--catalog", str(tmp_path / "nowhere")).exit_code == 2


@pytest.mark.parametrize(
    ("length", "said"), [("30d", "30d"), ("1h", "1h"), ("1h30m", "90m"), ("4w", "28d"), ("90s", "2m"), ("10s", "1m")]
)
def test_durations_are_a_whole_number_and_a_unit(length: str, said: str) -> None:
    assert shorthand(Duration.parse(length)) == said


def test_a_text_that_is_too_long_ends_in_dots() -> None:
    assert cut("bread", 5) == "bread"
    assert cut("breads", 5) == "br..."
