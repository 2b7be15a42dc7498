"""What grafanalib 0.7.1 writes wrongly for today's Grafana, each pinned.

The adapter works around every one. When one of these tests fails after an upgrade, its workaround may go.
"""

import json
from typing import Any

import pytest
from grafanalib import core
from grafanalib._gen import DashboardEncoder

from tests.grafana_schema import schema_errors

Json = dict[str, Any]


def _written(thing: Any) -> Json:
    """As grafanalib itself writes it."""
    document: Json = json.loads(json.dumps(thing, cls=DashboardEncoder))
    return document


def _at(document: Any, path: str) -> Any:
    for step in path.split("."):
        document = document[int(step)] if isinstance(document, list) else document[step]
    return document


LADDER = [core.Threshold("green", 0, 0.0), core.Threshold("red", 1, 0.9)]
STEPS = "fieldConfig.defaults.thresholds.steps"

WRONG: dict[str, tuple[Any, str, Any]] = {
    "the schema is 12, where Grafana drops the shared crosshair": (core.Dashboard("d"), "schemaVersion", 12),
    "a page is fetched every ten seconds": (core.Dashboard("d"), "refresh", "10s"),
    "a page is editable": (core.Dashboard("d"), "editable", True),
    "a page carries rows": (core.Dashboard("d"), "rows", []),
    "a page carries inputs": (core.Dashboard("d"), "__inputs", []),
    "the base of a ladder is a text, so all values have its colour": (
        core.Stat(thresholds=LADDER),
        f"{STEPS}.0.value",
        "null",
    ),
    "a stat without thresholds has a text for steps, and throws": (core.Stat(), STEPS, ""),
    "a graph is cut to 100 points": (core.TimeSeries(), "maxDataPoints", 100),
    "a query has half the points": (core.Target(refId="A"), "intervalFactor", 2),
    "a query has a step of its own": (core.Target(refId="A"), "step", 10),
    "a gauge reduces in the wrong place": (core.GaugePanel(), "fieldConfig.defaults.calcs", ["mean"]),
    "a bar gauge reduces in the place of version 6": (
        core.BarGauge(),
        "options.fieldOptions.calcs",
        ["mean"],
    ),
    "a table has its mappings where none looks": (core.Table(mappings=[{"a": 1}]), "mappings", [{"a": 1}]),
    "a table shows cells as before version 10": (
        core.Table(),
        "fieldConfig.defaults.custom.displayMode",
        "auto",
    ),
    "a heat map has a list for options": (core.Heatmap(), "options", []),
    "a heat map has its options beside": (core.Heatmap(), "dataFormat", "timeseries"),
    "an alert list has its options beside": (core.AlertList(), "onlyAlertsOnDashboard", True),
    "a row header has queries": (core.RowPanel(), "targets", []),
    "a variable stays when the time range changes": (core.Template("v", "q"), "refresh", 1),
    "All is a value named All": (core.Template("v", "q", default="All"), "current.value", "All"),
    "a variable has tags": (core.Template("v", "q"), "useTags", False),
    "a panel carries the fields of version 4": (core.TimeSeries(), "span", None),
}


@pytest.mark.parametrize(("thing", "path", "value"), WRONG.values(), ids=WRONG)
def test_grafanalib_still_writes(thing: Any, path: str, value: Any) -> None:
    assert _at(_written(thing), path) == value


def test_a_gauge_has_no_options() -> None:
    assert "options" not in _written(core.GaugePanel())


def test_an_alert_list_is_no_panel() -> None:
    assert not issubclass(core.AlertList, core.Panel)


@pytest.mark.parametrize(
    ("make", "argument"),
    [(core.TimeSeries, {"valueMax": 0.5}), (core.TimeSeries, {"axisSoftMax": 0.5})],
    ids=["the range of a graph", "the soft range of a graph"],
)
def test_a_fraction_is_refused_for(make: Any, argument: Json) -> None:
    with pytest.raises(TypeError):
        make(**argument)


def test_a_whole_number_is_refused_for_a_threshold() -> None:
    with pytest.raises(TypeError):
        core.Threshold("red", 1, 80)


def test_additions_to_one_heat_map_leak_into_the_next() -> None:
    try:
        _written(core.Heatmap(extraJson={"legend": {"leaked": True}}))
        assert _written(core.Heatmap())["legend"] == {"show": False, "leaked": True}
    finally:
        core.Heatmap().legend.pop("leaked", None)


def test_ids_follow_the_position() -> None:
    panels = [core.Text(title="a"), core.Text(title="b")]
    numbered = core.Dashboard("d", panels=panels).auto_panel_ids()
    shifted = core.Dashboard("d", panels=[core.Text(title="new"), *panels]).auto_panel_ids()
    assert [panel.id for panel in numbered.panels] != [panel.id for panel in shifted.panels[1:]]


@pytest.mark.parametrize(
    "panel",
    [
        core.TimeSeries(title="p"),
        core.Stat(title="p"),
        core.GaugePanel(title="p"),
        core.BarGauge(title="p"),
        core.Table(title="p"),
        core.Heatmap(title="p"),
    ],
    ids=lambda panel: type(panel).__name__,
)
def test_grafanas_types_refuse_what_grafanalib_writes(panel: Any) -> None:
    errors = schema_errors(_written(core.Dashboard("d", panels=[panel])))
    assert any(error.startswith("panels[p]") for error in errors)
