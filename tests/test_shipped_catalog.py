"""The shipped catalog: it compiles, its output is current, and the servers' own tools accept all of it."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from generators import pipeline
from generators.commands.schema import catalog_schema
from generators.dashboards.ids import panel_id
from generators.naming import Label
from generators.promql.parse import parse
from generators.routing.derive import routing_tree
from generators.routing.policy import alert_labels, policy_of
from generators.routing.sweep import sweep
from generators.toolchain import Tool, judges
from generators.writer import plan
from tests import shipped
from tests.grafana_lint import lint
from tests.grafana_schema import schema_errors

ENVIRONMENTS = sorted(shipped.bundles())
RULES = sorted(path for path in shipped.artifacts() if "/prometheus/rules/" in path)
PROOFS = sorted(path for path in shipped.artifacts() if "/prometheus/tests/" in path)
DASHBOARDS = sorted(path for path in shipped.artifacts() if "/grafana/dashboards/" in path)
BERLIN_CHANGES_CLOCKS = datetime(2026, 3, 25, tzinfo=UTC)
YAML_FILES = sorted(shipped.CATALOG.rglob("*.yaml"))


def test_the_checks_have_nothing_to_say() -> None:
    assert pipeline.checked(shipped.bundles().values()) == []


def test_the_committed_output_is_what_the_catalog_says() -> None:
    artifacts = pipeline.artifacts(shipped.bundles().values())
    assert plan(artifacts, shipped.OUTPUT).is_current, "run `make render` and commit what it writes"


@pytest.mark.parametrize("path", RULES)
def test_every_expression_parses(path: str) -> None:
    for group in yaml.safe_load(shipped.artifacts()[path])["groups"]:
        for rule in group["rules"]:
            parse(rule["expr"])


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("promtool", judges("promtool"), ids=str)
def test_promtool_accepts_every_rule_file(promtool: Tool, environment: str) -> None:
    rules = sorted((shipped.OUTPUT / environment / "prometheus" / "rules").glob("*.yaml"))
    done = subprocess.run([promtool.path, "check", "rules", *rules], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", PROOFS)
@pytest.mark.parametrize("promtool", judges("promtool"), ids=str)
def test_the_generated_tests_hold(promtool: Tool, path: str) -> None:
    command = [str(promtool.path), "test", "rules", str(shipped.OUTPUT / path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_alert_has_a_generated_test_or_says_why_not(environment: str) -> None:
    proofs = "".join(
        text for path, text in shipped.artifacts().items() if path.startswith(f"{environment}/prometheus/t")
    )
    assert [a.name for a in shipped.bundles()[environment].alerts if a.name not in proofs] == []


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("amtool", judges("amtool"), ids=str)
def test_amtool_accepts_the_configuration(amtool: Tool, environment: str) -> None:
    config = shipped.OUTPUT / environment / "alertmanager" / "alertmanager.yaml"
    done = subprocess.run([amtool.path, "check-config", config], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "start", [datetime(2026, 1, 5, tzinfo=UTC), BERLIN_CHANGES_CLOCKS], ids=["winter", "clock change"]
)
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_alert_keeps_the_promise_of_its_severity_all_week(environment: str, start: datetime) -> None:
    bundle = shipped.bundles()[environment]
    policy = policy_of(bundle)
    alerts = [labels for labels in alert_labels(bundle) if labels[Label.CATEGORY] != "watchdog"]
    assert sweep(routing_tree(policy), policy, alerts, start) == []


ROUTES = [
    ("prod", "team=edge severity=sev1 service=gateway category=down", "edge/page/sev1"),
    ("prod", "team=edge severity=sev2 service=gateway category=slo-burn", "edge/page/sev2"),
    ("prod", "team=edge severity=sev3 service=gateway category=threshold", "edge/page/sev3,edge/chat"),
    ("prod", "team=edge severity=sev4 service=gateway category=threshold", "edge/chat"),
    (
        "prod",
        "team=data-platform severity=sev2 domain=data category=down",
        "database/copy/page/sev2,data-platform/page/sev2",
    ),
    ("prod", "team=control severity=sev3 domain=security", "security/copy,control/page/sev3,control/chat"),
    ("prod", "team=edge severity=sev1 domain=ingress", "network/copy/page/sev1,edge/page/sev1"),
    ("prod", "category=watchdog team=platform-sre severity=sev4", "watchdog"),
    ("prod", "alertname=SomebodyElses severity=sev1", "unowned"),
    ("staging", "team=edge severity=sev1 service=gateway category=down", "edge/chat"),
]


@pytest.mark.parametrize(
    ("environment", "labels", "receivers"), ROUTES, ids=[f"{where}: {labels}" for where, labels, _ in ROUTES]
)
@pytest.mark.parametrize("amtool", judges("amtool"), ids=str)
def test_alerts_reach_their_receivers(amtool: Tool, environment: str, labels: str, receivers: str) -> None:
    config = shipped.OUTPUT / environment / "alertmanager" / "alertmanager.yaml"
    command = [str(amtool.path), "config", "routes", "test", f"--config.file={config}", *labels.split()]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == receivers


@pytest.mark.parametrize("path", DASHBOARDS)
def test_grafanas_own_types_accept_the_dashboard(path: str) -> None:
    assert schema_errors(json.loads(shipped.artifacts()[path])) == []


# A panel reads the very window that its alert reads, so that its threshold line means what it shows.
_OWN_WINDOW = "rate-interval:"


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_dashboards_are_free_of_known_mistakes(environment: str) -> None:
    found = [json.loads(shipped.artifacts()[path]) for path in DASHBOARDS if path.startswith(f"{environment}/")]
    assert [complaint for complaint in lint(found) if not complaint.startswith(_OWN_WINDOW)] == []


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_alert_links_to_a_page_and_a_panel_that_are_there(environment: str) -> None:
    pages = {Path(p).stem for p in shipped.artifacts() if p.startswith(f"{environment}/runbooks/")}
    panels = {
        (board["uid"], panel["id"])
        for path in DASHBOARDS
        if path.startswith(f"{environment}/")
        for board in [json.loads(shipped.artifacts()[path])]
        for panel in _panels(board)
    }
    for alert in shipped.bundles()[environment].alerts:
        page = alert.annotations["runbook_url"].rpartition("/")[2].removesuffix(".md")
        assert page in pages or page == "Watchdog"
        if url := alert.annotations.get("dashboard_url"):
            found = re.search(r"/d/([^?]+)(?:\?viewPanel=(\d+))?", url)
            assert found is not None
            there = {uid for uid, _id in panels} if found[2] is None else panels
            assert (found[1] if found[2] is None else (found[1], int(found[2]))) in there, alert.name


def _panels(board: dict[str, list[dict[str, object]]]) -> list[dict[str, object]]:
    rows = [panel for panel in board["panels"] if panel["type"] == "row"]
    inner = [p for row in rows for p in row.get("panels", [])]  # type: ignore[attr-defined]
    return [*board["panels"], *inner]


@pytest.mark.parametrize("path", YAML_FILES, ids=[p.relative_to(shipped.CATALOG).as_posix() for p in YAML_FILES])
def test_catalog_files_point_to_the_schema_and_hold_to_it(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    said = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert said is not None
    assert (path.parent / said[1]).resolve() == shipped.ROOT / "docs" / "catalog.schema.json"
    validator = Draft202012Validator(catalog_schema())
    for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
        errors = [
            f"{e.json_path}: {e.message}" for e in validator.iter_errors(json.loads(json.dumps(document, default=str)))
        ]
        assert errors == []


def test_a_misspelt_key_does_not_hold_to_the_schema() -> None:
    validator = Draft202012Validator(catalog_schema())
    assert not validator.is_valid({"team": "edge", "title": "Edge", "ownr": "x"})


# Every number of the operations review, sections 2 and 4: service, threshold, limit, and the severities it takes.
LIMITS = [
    ("gateway", "slow", "above 3s"),
    ("gateway", "errors", "above 1%"),
    ("control", "slow", "above 3s"),
    ("control", "errors", "above 1%"),
    ("console", "slow", "above 3s"),
    ("workers", "queue-deep", "above 1000"),
    ("kafka", "consumer-lag", "above 60s"),
    ("nodes", "cpu-high", "above 75%"),
    ("nodes", "memory-high", "above 80%"),
    ("gpus", "saturated", "above 85%"),
    ("postgresql", "connections-high", "above 80%"),
    ("postgresql", "replication-lagging", "above 5s"),
    ("minio", "space-low", "above 80%"),
    ("nodes", "disk-filling", "above 70%, above 85%, above 95%"),
]


@pytest.mark.parametrize(("service", "threshold", "limits"), LIMITS, ids=[f"{s}.{t}" for s, t, _ in LIMITS])
def test_the_reviews_thresholds_are_alerts_in_production(service: str, threshold: str, limits: str) -> None:
    found = next(s for s in shipped.bundles()["prod"].catalog.services if s.name == service)
    steps = [f"{t.limit.comparison} {t.limit.quantity}" for t in found.thresholds if t.name == threshold]
    assert limits in ", ".join(steps)


def test_disk_alerts_rise_in_severity() -> None:
    nodes = next(s for s in shipped.bundles()["prod"].catalog.services if s.name == "nodes")
    assert [t.severity.name for t in nodes.thresholds if t.name == "disk-filling"] == ["sev4", "sev3", "sev2"]


@pytest.mark.parametrize("service", ["gateway", "control", "console"])
def test_the_entrances_promise_three_nines_a_month(service: str) -> None:
    found = next(s for s in shipped.bundles()["prod"].catalog.services if s.name == service)
    assert ("99.9", "month") in {(f"{slo.objective * 100:f}".rstrip("0"), str(slo.period)) for slo in found.slos}


SEVERITIES = [
    ("sev1", "5m", "1h", "always"),
    ("sev2", "10m", "30m", "always"),
    ("sev3", "30m", "1d", "business-hours"),
]


@pytest.mark.parametrize(("name", "ack", "updates", "pager"), SEVERITIES)
def test_severities_are_answered_as_the_review_says(name: str, ack: str, updates: str, pager: str) -> None:
    severity = shipped.bundles()["prod"].catalog.severity(name)
    assert (str(severity.ack), str(severity.updates), severity.pager) == (ack, updates, pager)


def test_every_team_escalates_after_five_minutes() -> None:
    for team in shipped.bundles()["prod"].catalog.teams:
        assert [str(step.after) for step in team.escalation[:2]] == ["0s", "5m"], team.name
        assert len(team.escalation) == 3, team.name


def test_panel_ids_are_the_ones_that_links_use() -> None:
    board = json.loads(shipped.artifacts()["prod/grafana/dashboards/Services/aion-gateway.json"])
    assert panel_id("aion-gateway", "gateway.latency") in {panel["id"] for panel in _panels(board)}


def test_no_file_of_the_output_holds_a_secret_or_a_path_of_this_machine() -> None:
    for path, text in shipped.artifacts().items():
        assert str(shipped.ROOT) not in text, path
        assert not re.search(r"hooks\.slack\.com|routing_key: |api_url: |BEGIN [A-Z ]*PRIVATE KEY", text), path
