"""A dashboard as a whole: final, canonical, and the same every time."""

import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from grafanalib import core

from generators.dashboards import (
    Link,
    PanelIdError,
    Row,
    TagLink,
)
from generators.emit.grafana import dashboard_json
from generators.emit.grafana.dashboard import build
from tests.emit.grafana import golden
from tests.emit.grafana.sample import KINDS, dashboard
from tests.grafana_lint import lint
from tests.grafana_schema import schema_errors

Json = dict[str, Any]
PANEL = KINDS["stat"]


def _nulls(value: Any, place: str = "") -> list[str]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [place for _ in [0] if value is None]
    return found + [where for key, item in items for where in _nulls(item, f"{place}/{key}")]


def test_a_dashboard_is_a_grafanalib_dashboard() -> None:
    assert isinstance(build(dashboard()), core.Dashboard)


def test_grafanas_own_types_have_nothing_against_it() -> None:
    assert schema_errors(dashboard_json(dashboard())) == []


def test_the_lint_has_nothing_against_it() -> None:
    assert lint([dashboard_json(dashboard())]) == []


def test_it_is_what_was_approved() -> None:
    assert golden.written() == golden.GOLDEN.read_text(), "run python -m tests.emit.grafana.golden and read the diff"


def test_it_is_plain_json_with_sorted_keys() -> None:
    written = dashboard_json(dashboard())
    assert json.dumps(written) == json.dumps(json.loads(json.dumps(written)), sort_keys=True)


def test_it_is_the_same_every_time() -> None:
    assert json.dumps(dashboard_json(dashboard())) == json.dumps(dashboard_json(dashboard()))


def test_the_only_nulls_are_bases_of_ladders() -> None:
    places = _nulls(dashboard_json(dashboard()))
    assert places
    assert all(place.endswith("/thresholds/steps/0/value") or "/value/steps/0/value" in place for place in places)


def test_the_frame_is_of_the_last_classic_schema_and_carries_nothing_older() -> None:
    written = dashboard_json(dashboard())
    assert written.keys() == {
        "annotations",
        "description",
        "editable",
        "fiscalYearStartMonth",
        "graphTooltip",
        "links",
        "liveNow",
        "panels",
        "preload",
        "refresh",
        "schemaVersion",
        "tags",
        "templating",
        "time",
        "timepicker",
        "timezone",
        "title",
        "uid",
        "weekStart",
    }
    assert (written["schemaVersion"], written["graphTooltip"], written["editable"]) == (42, 1, False)


def test_settings_are_the_dashboards_own() -> None:
    written = dashboard_json(replace(dashboard(), refresh="5m", time_from="now-7d", timezone="browser"))
    assert (written["refresh"], written["time"], written["timezone"]) == (
        "5m",
        {"from": "now-7d", "to": "now"},
        "browser",
    )


def test_an_annotation_is_a_flat_query() -> None:
    built_in, firing = dashboard_json(dashboard())["annotations"]["list"]
    assert built_in["builtIn"] == 1
    assert firing == {
        "datasource": {"type": "prometheus", "uid": "${datasource}"},
        "enable": True,
        "expr": 'ALERTS{alertstate="firing"}',
        "hide": False,
        "iconColor": "red",
        "name": "Firing",
        "step": "60s",
        "tagKeys": "team,severity",
        "textFormat": "",
        "titleFormat": "",
        "useValueForTime": False,
    }


LINKS: dict[str, tuple[Link | TagLink, Json]] = {
    "a link out passes nothing on": (
        Link("Wiki", "https://wiki.example/"),
        {"type": "link", "url": "https://wiki.example/", "keepTime": False, "includeVars": False},
    ),
    "a link within passes time and variables on": (
        Link("Home", "/d/home", new_tab=False, keeps_context=True),
        {"type": "link", "targetBlank": False, "keepTime": True, "includeVars": True},
    ),
    "tags make a drop-down": (
        TagLink("All", ("tocsin",)),
        {"type": "dashboards", "asDropdown": True, "tags": ["tocsin"], "keepTime": True, "includeVars": True},
    ),
}


@pytest.mark.parametrize(("link", "expected"), LINKS.values(), ids=LINKS)
def test_a_link_of_a_dashboard(link: Link | TagLink, expected: Json) -> None:
    (written,) = dashboard_json(replace(dashboard(), links=(link,)))["links"]
    assert {key: written[key] for key in expected} == expected


def test_panels_follow_an_open_row() -> None:
    header, panel = dashboard_json(dashboard(Row("r", "Open", (PANEL,))))["panels"]
    assert (header["type"], header["collapsed"], header["panels"], panel["title"]) == (
        "row",
        False,
        [],
        PANEL.title,
    )


def test_panels_lie_inside_a_collapsed_row() -> None:
    (header,) = dashboard_json(dashboard(Row("r", "Closed", (PANEL,), collapsed=True)))["panels"]
    assert (header["collapsed"], [panel["title"] for panel in header["panels"]]) == (True, [PANEL.title])


def test_a_row_may_repeat() -> None:
    header, _ = dashboard_json(dashboard(Row("r", "Node $node", (PANEL,), repeat="node")))["panels"]
    assert header["repeat"] == "node"


def test_a_row_header_carries_nothing_of_a_panel() -> None:
    header, _ = dashboard_json(dashboard(Row("r", "Open", (PANEL,))))["panels"]
    assert header.keys() == {"collapsed", "gridPos", "id", "panels", "title", "type"}


def test_panels_of_one_key_are_refused() -> None:
    with pytest.raises(PanelIdError, match="'now' and 'now'"):
        dashboard_json(dashboard(Row("r", "", (PANEL, PANEL))))


@pytest.mark.parametrize("module", ["generators.dashboards", "generators.emit.grafana"])
def test_grafanalib_is_not_imported_before_it_is_needed(module: str) -> None:
    program = f"import sys, {module}; sys.exit('grafanalib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
