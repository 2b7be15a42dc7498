"""Each kind of panel is a grafanalib panel, and its JSON is what Grafana reads."""

from dataclasses import replace
from decimal import Decimal
from typing import Any, get_args

import pytest
from grafanalib import core

from generators.dashboards import Kind, Panel, Row, panel_id
from generators.emit.grafana import dashboard_json
from generators.emit.grafana.dashboard import build
from generators.emit.grafana.kinds import KINDS as CLASSES
from tests.emit.grafana.sample import BUCKETS, KINDS, LADDER, UP, USED, dashboard, with_panel

Json = dict[str, Any]
GRAPH = KINDS["timeseries"]
STAT = KINDS["stat"]


def _json(panel: Panel) -> Json:
    (found,) = dashboard_json(with_panel(panel))["panels"]
    assert isinstance(found, dict)
    return found


def _defaults(panel: Panel) -> Json:
    defaults = _json(panel)["fieldConfig"]["defaults"]
    assert isinstance(defaults, dict)
    return defaults


def test_every_kind_of_the_model_has_its_row_in_the_table() -> None:
    assert set(CLASSES) == set(get_args(Kind)) == set(KINDS)


@pytest.mark.parametrize("kind", get_args(Kind))
def test_a_panel_is_a_grafanalib_panel(kind: Kind) -> None:
    (made,) = build(with_panel(KINDS[kind])).panels
    assert isinstance(made, core.Panel)


@pytest.mark.parametrize(
    ("kind", "parent"),
    {
        "timeseries": core.TimeSeries,
        "stat": core.Stat,
        "gauge": core.GaugePanel,
        "bargauge": core.BarGauge,
        "table": core.Table,
        "state-timeline": core.StateTimeline,
        "heatmap": core.Heatmap,
        "text": core.Text,
    }.items(),
)
def test_a_kind_that_grafanalib_has_is_of_its_class(kind: Kind, parent: type) -> None:
    assert issubclass(CLASSES[kind].panel, parent)


@pytest.mark.parametrize("kind", get_args(Kind))
def test_a_panel_says_what_it_is(kind: Kind) -> None:
    written = _json(KINDS[kind])
    assert (written["type"], written["title"]) == (kind, KINDS[kind].title)


def test_a_panel_has_the_id_that_links_compute() -> None:
    assert _json(GRAPH)["id"] == panel_id("sample", "disk")


def test_a_new_panel_changes_no_other_id() -> None:
    before = dashboard_json(dashboard(Row("r", "", (GRAPH, STAT))))["panels"]
    after = dashboard_json(dashboard(Row("r", "", (KINDS["gauge"], GRAPH, STAT))))["panels"]
    assert [panel["id"] for panel in after[1:]] == [panel["id"] for panel in before]


def test_limits_are_steps_over_a_null_base() -> None:
    assert _defaults(STAT)["thresholds"] == {
        "mode": "absolute",
        "steps": [
            {"color": "green", "value": None},
            {"color": "yellow", "value": 0.7},
            {"color": "orange", "value": 0.85},
            {"color": "red", "value": 0.95},
        ],
    }


def test_without_limits_there_is_a_base_alone() -> None:
    assert _defaults(replace(STAT, lines=()))["thresholds"]["steps"] == [{"color": "blue", "value": None}]


@pytest.mark.parametrize(("lines", "mode"), [((), "off"), (LADDER, "dashed")], ids=["without limits", "with limits"])
def test_limits_are_drawn_on_a_graph(lines: Any, mode: str) -> None:
    assert _defaults(replace(GRAPH, lines=lines))["custom"]["thresholdsStyle"] == {"mode": mode}


def test_a_limit_of_not_below_is_drawn_in_its_own_colour_on_a_graph() -> None:
    steps = _defaults(replace(GRAPH, lines=LADDER[1:2], direction="below"))["thresholds"]["steps"]
    assert steps == [{"color": "orange", "value": None}, {"color": "orange", "value": 0.85}]


@pytest.mark.parametrize(("direction", "reach"), [("above", {"axisSoftMax": 0.7}), ("below", {"axisSoftMin": 0.95})])
def test_the_first_limit_stays_in_sight(direction: Any, reach: Json) -> None:
    custom = _defaults(replace(GRAPH, lines=LADDER, direction=direction))["custom"]
    assert {key: value for key, value in custom.items() if key.startswith("axisSoft")} == reach


def test_the_description_names_the_limits() -> None:
    assert _json(replace(GRAPH, lines=LADDER[:2]))["description"] == (
        "Used share of each disk.\n\n- yellow: 70 % used (sev4)\n- orange: 85 % used (sev3)"
    )


def test_a_query_is_in_its_current_form() -> None:
    (target,) = _json(replace(GRAPH, queries=(USED,)))["targets"]
    assert target == {
        "datasource": {"type": "prometheus", "uid": "${datasource}"},
        "editorMode": "code",
        "exemplar": False,
        "expr": USED.expr,
        "format": "time_series",
        "instant": False,
        "legendFormat": "{{node}}",
        "range": True,
        "refId": "A",
    }


def test_an_instant_query_is_no_range_query() -> None:
    (target,) = _json(replace(STAT, queries=(UP,)))["targets"]
    assert (target["instant"], target["range"]) == (True, False)


def test_exemplars_are_asked_for_where_wanted() -> None:
    assert _json(replace(GRAPH, queries=(BUCKETS,)))["targets"][0]["exemplar"] is True


def test_queries_are_named_as_grafana_names_them() -> None:
    written = _json(replace(GRAPH, queries=(USED,) * 28))["targets"]
    assert [written[index]["refId"] for index in (0, 1, 25, 26, 27)] == ["A", "B", "Z", "AA", "AB"]


def test_a_query_without_a_legend_leaves_it_to_grafana() -> None:
    assert _json(replace(GRAPH, queries=(UP,)))["targets"][0]["legendFormat"] == "__auto"


@pytest.mark.parametrize(
    ("kind", "unit", "range_"),
    [
        ("gauge", "percentunit", (0, 1)),
        ("bargauge", "percent", (0, 100)),
        ("gauge", "s", (None, None)),
        ("timeseries", "percentunit", (None, None)),
    ],
)
def test_a_gauge_of_a_share_goes_from_none_to_all(kind: Kind, unit: str, range_: Any) -> None:
    defaults = _defaults(replace(KINDS[kind], unit=unit))
    assert (defaults.get("min"), defaults.get("max")) == range_


def test_a_range_that_is_given_is_kept() -> None:
    defaults = _defaults(replace(KINDS["gauge"], minimum=Decimal(-1), maximum=Decimal("0.5")))
    assert (defaults["min"], defaults["max"]) == (-1, 0.5)


@pytest.mark.parametrize("decimals", [None, 0, 2])
def test_decimals_are_those_asked_for(decimals: int | None) -> None:
    assert _defaults(replace(STAT, decimals=decimals)).get("decimals") == decimals


@pytest.mark.parametrize(("query", "mode"), [(UP, "none"), (USED, "area")], ids=["instant", "range"])
def test_a_stat_has_a_spark_line_only_of_a_range(query: Any, mode: str) -> None:
    assert _json(replace(STAT, queries=(query,)))["options"]["graphMode"] == mode


@pytest.mark.parametrize(("width", "mode"), [(8, "list"), (12, "table")])
def test_a_wide_graph_has_a_table_as_legend(width: int, mode: str) -> None:
    assert _json(replace(GRAPH, width=width))["options"]["legend"]["displayMode"] == mode


def test_values_become_words_in_the_order_given() -> None:
    up, down = ({"color": c, "index": i, "text": t} for i, (c, t) in enumerate([("green", "up"), ("red", "down")]))
    mappings = _defaults(KINDS["state-timeline"])["mappings"]
    assert mappings == [{"options": {"0": down, "1": up}, "type": "value"}]


def test_a_stacked_graph_is_stacked() -> None:
    assert _defaults(replace(GRAPH, stack=True))["custom"]["stacking"] == {"group": "A", "mode": "normal"}


@pytest.mark.parametrize("kind", ["text", "alertlist"])
def test_a_panel_without_data_asks_nothing(kind: Kind) -> None:
    assert not {"datasource", "fieldConfig", "targets"} & set(_json(KINDS[kind]))


def test_a_heat_map_does_not_leak_into_the_next() -> None:
    one, other = KINDS["heatmap"], replace(KINDS["heatmap"], key="other", unit="bytes")
    units = [p["options"]["yAxis"]["unit"] for p in dashboard_json(dashboard(Row("r", "", (one, other))))["panels"]]
    assert units == ["s", "bytes"]
