"""What a person reads in a notification, rendered by amtool."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generators.emit.alertmanager import alertmanager_config, notification_templates
from generators.emit.yaml_text import yaml_text
from generators.routing.derive import routing_tree
from generators.toolchain import require
from tests.routing.sample import POLICY, alert
from tests.routing.tools import BASELINE, run, write

TREE = routing_tree(POLICY)
CONFIG = alertmanager_config(TREE, BASELINE)


def test_every_template_that_is_named_is_defined_and_the_other_way_round() -> None:
    texts = "\n".join(notification_templates().values())
    named = set(re.findall(r'template \\*"(tocsin[^"\\]+)', texts + yaml_text(CONFIG)))
    assert named == set(re.findall(r'define "(tocsin[^"]+)"', texts))


def test_the_templates_are_the_files_of_the_folder() -> None:
    folder = Path(__file__).parents[2] / "generators" / "emit" / "templates" / "alertmanager"
    assert sorted(notification_templates()) == sorted(path.name for path in folder.iterdir())


FIRING: dict[str, Any] = {
    "status": "firing",
    "labels": alert(instance="a"),
    "annotations": {
        "summary": "gateway is slow on a",
        "description": "6 % of requests take longer than 3 s",
        "runbook_url": "https://runbooks.example/slow",
        "dashboard_url": "https://grafana.example/d/gateway",
    },
    "generatorURL": "https://prometheus.example/graph",
}
RESOLVED: dict[str, Any] = FIRING | {
    "status": "resolved",
    "labels": alert(instance="b"),
    "annotations": FIRING["annotations"] | {"summary": "gateway is slow on b"},
}


def notification(*alerts: dict[str, Any], **labels: str) -> dict[str, Any]:
    firing = any(one["status"] == "firing" for one in alerts)
    common = {name: value for name, value in (alert() | labels).items() if value}
    return {
        "receiver": "edge/page/sev1",
        "status": "firing" if firing else "resolved",
        "alerts": list(alerts),
        "groupLabels": common,
        "commonLabels": common,
        "commonAnnotations": {"ack_within": "5m", "updates_every": "1h"},
        "externalURL": "https://alertmanager.example",
    }


def rendered(text: str, data: dict[str, Any], folder: Path) -> str:
    """What the preferred amtool makes of it; every version of it has the same template language."""
    write(TREE, folder)
    (folder / "data.json").write_text(json.dumps(data))
    answer = run(
        require("amtool"),
        "template",
        "render",
        f"--template.glob={folder}/templates/*.tmpl",
        f"--template.data={folder}/data.json",
        f"--template.text={text}",
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


@pytest.mark.parametrize(
    ("data", "title"),
    [
        pytest.param(notification(FIRING), "[SEV1] gateway: gateway is slow on a (prod)", id="one alert"),
        pytest.param(
            notification(RESOLVED, FIRING, FIRING),
            "[SEV1 x2] gateway: gateway is slow on a (prod)",
            id="several: those that fire are counted, and speak",
        ),
        pytest.param(notification(RESOLVED), "[RESOLVED] gateway: gateway is slow on b (prod)", id="all is well again"),
        pytest.param(
            notification(FIRING | {"annotations": {}}, severity="", service="", environment=""),
            "[FIRING] Slow",
            id="an alert of somebody else's rules",
        ),
    ],
)
def test_title(data: dict[str, Any], title: str, tmp_path: Path) -> None:
    assert rendered('{{ template "tocsin.title" . }}', data, tmp_path) == title


TEXT = """\
*Severity* sev1 | *Service* gateway | *Team* edge | *Environment* prod
*Alerts* 1 firing, 1 resolved | *Acknowledge within* 5m | *Updates every* 1h

*gateway is slow on a*
6 % of requests take longer than 3 s
<https://runbooks.example/slow|Runbook> <https://grafana.example/d/gateway|Dashboard> <https://prometheus.example/graph|Query>

Resolved: *gateway is slow on b*
6 % of requests take longer than 3 s
<https://runbooks.example/slow|Runbook> <https://grafana.example/d/gateway|Dashboard> <https://prometheus.example/graph|Query>"""


def test_slack_text(tmp_path: Path) -> None:
    assert rendered('{{ template "tocsin.slack.text" . }}', notification(FIRING, RESOLVED), tmp_path) == TEXT


def test_slack_shows_five_alerts_and_counts_all(tmp_path: Path) -> None:
    text = rendered('{{ template "tocsin.slack.text" . }}', notification(*[FIRING] * 7), tmp_path)
    assert (text.count("|Runbook>"), text.splitlines()[-1]) == (5, "and more: the first 5 of 7 are shown")


@pytest.mark.parametrize(
    ("detail", "value"),
    [
        ("severity", "sev1"),
        ("service", "gateway"),
        ("team", "edge"),
        ("environment", "prod"),
        ("summary", "gateway is slow on a"),
        (
            "description",
            "6 % of requests take longer than 3 s\nresolved: 6 % of requests take longer than 3 s",
        ),
        ("runbook", "https://runbooks.example/slow"),
        ("dashboard", "https://grafana.example/d/gateway"),
        ("acknowledge", "within 5m"),
        ("updates", "every 1h"),
        ("alerts", "1 firing, 1 resolved"),
    ],
)
def test_pagerduty_details(detail: str, value: str, tmp_path: Path) -> None:
    pager = next(one for one in CONFIG["receivers"] if one["name"] == "edge/page/sev1")
    template = pager["pagerduty_configs"][0]["details"][detail]
    assert rendered(template, notification(FIRING, RESOLVED), tmp_path) == value
