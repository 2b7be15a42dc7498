"""Each rule of the lint finds what it is for; each place of a dashboard has a schema."""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from generators.emit.grafana import dashboard_json
from tests.emit.grafana.sample import dashboard
from tests.grafana_lint import OF_ALL, OF_ONE, lint
from tests.grafana_schema import schema_errors

Json = dict[str, Any]
GOOD = dashboard_json(dashboard())
ROW, GRAPH, STAT, GAUGE, BARS, TABLE, _, HEATMAP, TEXT, ALERTS, CLOSED = range(11)


def _put(path: str, value: Any) -> Callable[[Json], None]:
    """Put the value at the path; `None` takes away what is there."""

    def change(document: Any) -> None:
        *steps, last = (int(step) if step.isdigit() else step for step in path.split("/"))
        for step in steps:
            document = document[step]
        if value is None:
            del document[last]
        else:
            document[last] = value

    return change


def _panel(index: int, path: str, value: Any) -> Callable[[Json], None]:
    return _put(f"panels/{index}/{path}", value)


def _query(expr: str, **fields: Any) -> Callable[[Json], None]:
    def change(document: Json) -> None:
        document["panels"][GRAPH]["targets"][0] |= {"expr": expr, "legendFormat": "__auto", **fields}

    return change


FOUND: dict[str, tuple[Callable[[Json], None], str]] = {
    "a uid of 41 letters": (_put("uid", "u" * 41), "address: .*is not 1 to 40"),
    "a page that can be edited": (_put("editable", True), "settings: sample: editable is True"),
    "an older schema": (_put("schemaVersion", 39), "settings: sample: schemaVersion is 39"),
    "an id of an instance": (_put("id", 5), "settings: .*belong to a Grafana instance"),
    "a page without description": (_put("description", ""), "settings: .*no description"),
    "a refresh every ten seconds": (_put("refresh", "10s"), "refresh: .*every 10s"),
    "a page of two megabytes": (_put("description", "x" * 2_000_000), "size: .*do not fit"),
    "a nameless data source": (_put("templating/list/0/label", "DS"), "datasource-variable: "),
    "a variable that stays": (_put("templating/list/1/refresh", 1), "query-variables: .*node keeps"),
    "All without a value": (_put("templating/list/1/allValue", None), "query-variables: .*no value for All"),
    "a variable from a query": (
        _put("templating/list/1/query/query", "query_result(up)"),
        "query-variables: .*something else",
    ),
    "two panels of one id": (_panel(STAT, "id", GOOD["panels"][GRAPH]["id"]), "panel-ids: .*taken twice"),
    "an id past 31 bits": (_panel(STAT, "id", 2**31), "panel-ids: .*31-bit"),
    "two panels of one title": (_panel(STAT, "title", "Disk used"), "panel-titles: .*called 'Disk used'"),
    "a closed row with nothing in it": (_panel(CLOSED, "panels", []), "rows: .*'Detail'"),
    "a panel past the edge": (_panel(BARS, "gridPos/x", 20), "grid: .*sticks out"),
    "a panel on another": (_panel(BARS, "gridPos/y", 1), "grid: .*overlap"),
    "a panel without description": (_panel(STAT, "description", " "), "words: .*no description"),
    "a panel without title": (_panel(TEXT, "title", ""), "words: .*no title"),
    "a panel without unit": (_panel(STAT, "fieldConfig/defaults/unit", ""), "units: .*'' is no unit"),
    "a unit that is none": (_panel(STAT, "fieldConfig/defaults/unit", "furlongs"), "units: .*'furlongs'"),
    "a fixed data source": (_panel(STAT, "datasource/uid", "prom"), "data-sources: .*'Disk now'"),
    "a query of a fixed data source": (_panel(STAT, "targets/0/datasource/uid", "p"), "data-sources: "),
    "a panel that asks nothing": (_panel(STAT, "targets", []), "queries: .*asks nothing"),
    "two queries of one name": (_panel(TABLE, "targets/1/refId", "A"), "queries: .*two queries A"),
    "a table over time": (_panel(TABLE, "targets/0/instant", False), "tables: .*query A"),
    "a heat map of lines": (_panel(HEATMAP, "targets/0/format", "time_series"), "heatmaps: "),
    "a base that is a number": (
        _panel(STAT, "fieldConfig/defaults/thresholds/steps/0/value", 0),
        "thresholds: .*not the base",
    ),
    "steps that do not ascend": (
        _panel(STAT, "fieldConfig/defaults/thresholds/steps/2/value", 0.1),
        "thresholds: .*do not ascend",
    ),
    "a column's steps that do not ascend": (
        _panel(TABLE, "fieldConfig/overrides/2/properties/2/value/steps/2/value", 0.1),
        "thresholds: .*do not ascend",
    ),
    "a query that does not parse": (_query("sum by (up"), "promql: .*'Disk used', query A"),
    "a rate over a fixed window": (_query("rate(a_total[5m])"), "rate-interval: .*0:05:00"),
    "a counter shown bare": (_query("sum(a_total)"), "counters: .*a_total"),
    "a legend of a dropped label": (_query("sum by (a) (up)", legendFormat="{{b}}"), "legends: .*names b"),
    "a legend of a sum of all": (_query("sum(up)", legendFormat="{{b}}"), "legends: .*names b"),
    "a variable that is not defined": (_query("up > $limit"), "variables: .*limit is used"),
    "a variable that is not used": (
        _put("templating/list/1/name", "other"),
        "variables: .*other is defined",
    ),
    "a link to nowhere": (_panel(TEXT, "options/content", "[x](/d/gone)"), "links: .*gone"),
    "a link on a host to nowhere": (
        _panel(TEXT, "options/content", "[x](https://grafana.example/d/gone?a=b)"),
        "links: .*gone",
    ),
    "a link that passes what is not there": (
        _panel(TEXT, "options/content", "[x](/d/sample?var-node=a&var-pod=b)"),
        "links: .*variable pod",
    ),
}

FINE: dict[str, Callable[[Json], None]] = {
    "a rate over the rate interval": _query("rate(a_total[$__rate_interval])"),
    "a rate over a fixed window, at once": _query("rate(a_total[5m])", range=False, instant=True),
    "a function without arguments": _query("time() - a"),
    "an increase over a fixed window": _query("increase(a_total[1h])"),
    "a window from a variable": _query('max_over_time(a{t="$zone"}[$__range])'),
    "a recorded total": _query("job:requests:rate5m_total"),
    "a gauge that calls itself total": _query("minio_cluster_drive_offline_total"),
    "an absent counter": _query("absent(a_total)"),
    "a legend of what topk leaves": _query("topk(3, a)", legendFormat="{{b}}"),
    "no refresh at all": _put("refresh", ""),
    "a unit of one's own": _panel(STAT, "fieldConfig/defaults/unit", "suffix:pages"),
}


def _changed(change: Callable[[Json], None]) -> Json:
    document = deepcopy(GOOD)
    change(document)
    return document


@pytest.mark.parametrize(("change", "finding"), FOUND.values(), ids=FOUND)
def test_the_lint_finds(change: Callable[[Json], None], finding: str) -> None:
    findings = lint([_changed(change)])
    assert any(re.match(finding, found) for found in findings), findings


@pytest.mark.parametrize("change", FINE.values(), ids=FINE)
def test_the_lint_has_nothing_against(change: Callable[[Json], None]) -> None:
    assert lint([_changed(change)]) == []


def test_the_lint_finds_two_pages_of_one_address() -> None:
    assert lint([GOOD, GOOD]) == [
        "unique: two dashboards have the uid 'sample'",
        "unique: two dashboards have the title 'Sample sample'",
    ]


def test_every_rule_has_a_finding_here() -> None:
    proven = {finding.split(":")[0] for _, finding in FOUND.values()} | {"unique"}
    assert proven == {*OF_ONE, *OF_ALL}


def test_a_rule_can_be_left_out() -> None:
    assert lint([_changed(_put("refresh", "10s"))], without={"refresh"}) == []


REFUSED: dict[str, tuple[Callable[[Json], None], str]] = {
    "an unknown field of the page": (_put("style", "dark"), "dashboard: .*'style'"),
    "a text for a number": (_put("schemaVersion", "42"), "dashboard.schemaVersion: "),
    "an unknown field of a variable": (
        _put("templating/list/1/useTags", False),
        "dashboard.templating.list.1: ",
    ),
    "an unknown field of an annotation": (
        _put("annotations/list/1/query", "x"),
        "dashboard.annotations.list.1: ",
    ),
    "an unknown field of a link": (_put("links/0/uri", "x"), "dashboard.links.0: "),
    "an unknown field of a panel": (_panel(STAT, "span", 6), r"panels\[Disk now\]: .*'span'"),
    "a text for a data source": (_panel(STAT, "datasource", "prom"), r"panels\[Disk now\].datasource: "),
    "a text for a base": (
        _panel(STAT, "fieldConfig/defaults/thresholds/steps/0/value", "null"),
        r"panels\[Disk now\].fieldConfig.defaults.thresholds.steps.0.value: 'null'",
    ),
    "a text for steps": (
        _panel(STAT, "fieldConfig/defaults/thresholds/steps", ""),
        r"panels\[Disk now\].fieldConfig.defaults.thresholds.steps: ''",
    ),
    "an unknown option": (_panel(GAUGE, "options/calcs", []), r"panels\[Level\].options: "),
    "a value that is no option": (
        _panel(GRAPH, "options/tooltip/mode", "all"),
        r"panels\[Disk used\].options.to",
    ),
    "an unknown option of an alert list": (_panel(ALERTS, "options/limit", 1), r"panels\[Alerts\].options: "),
    "an unknown field of a graph": (
        _panel(GRAPH, "fieldConfig/defaults/custom/linewidth", 1),
        r"panels\[Disk used\].fieldConfig.defaults.custom: ",
    ),
    "a field of a graph on a stat": (
        _panel(STAT, "fieldConfig/defaults/custom", {"lineWidth": 1}),
        r"panels\[Disk now\].fieldConfig.defaults.custom: .*no fields of their own",
    ),
    "a column with an unknown cell": (
        _panel(TABLE, "fieldConfig/overrides/1/properties/1/value/type", "colour"),
        r"panels\[Nodes\].fieldConfig.overrides\[State\].custom.cellOptions",
    ),
    "a column with an unknown property": (
        _panel(TABLE, "fieldConfig/overrides/1/properties/0/id", "mapping"),
        r"panels\[Nodes\].fieldConfig.overrides\[State\].mapping",
    ),
    "an unknown field of a query": (_panel(STAT, "targets/0/step", 10), r"panels\[Disk now\].targets\[A\]: "),
    "a query without an expression": (
        _panel(STAT, "targets/0/expr", ""),
        r"panels\[Disk now\].targets\[A\].expr",
    ),
    "a kind that has no schema": (
        _panel(STAT, "type", "graph"),
        "panels.*no schema for panels of type 'graph'",
    ),
    "a fault inside a closed row": (
        _panel(CLOSED, "panels/0/span", 6),
        r"panels\[Detail\].panels\[More\]: .*'span'",
    ),
    "a queried row header": (_panel(CLOSED, "targets", []), r"panels\[Detail\]: .*'targets'"),
}


@pytest.mark.parametrize(("change", "error"), REFUSED.values(), ids=REFUSED)
def test_grafanas_types_refuse(change: Callable[[Json], None], error: str) -> None:
    errors = schema_errors(_changed(change))
    assert any(re.match(error, found) for found in errors), errors
