"""Each kind of variable as Grafana reads it."""

from dataclasses import replace
from typing import Any

import pytest

from generators.dashboards import (
    CustomVariable,
    DatasourceVariable,
    QueryVariable,
    TextboxVariable,
    Variable,
)
from generators.emit.grafana import dashboard_json
from tests.emit.grafana.sample import dashboard

Json = dict[str, Any]


def _variable(variable: Variable) -> Json:
    (found,) = dashboard_json(replace(dashboard(), variables=(variable,)))["templating"]["list"]
    assert isinstance(found, dict)
    return found


ALL = {"text": ["All"], "value": ["$__all"]}
VARIABLES: dict[str, tuple[Variable, Json]] = {
    "a data source is asked by its type": (
        DatasourceVariable(),
        {
            "type": "datasource",
            "name": "datasource",
            "label": "Data source",
            "query": "prometheus",
            "current": {},
        },
    ),
    "a query runs again when the time range changes": (
        QueryVariable("node", "Node", "node"),
        {
            "type": "query",
            "refresh": 2,
            "definition": "label_values(node)",
            "current": {},
            "multi": False,
            "regex": "",
        },
    ),
    "a query may be about some series": (
        QueryVariable("node", "Node", "node", "up"),
        {
            "query": {
                "qryType": 1,
                "query": "label_values(up, node)",
                "refId": "PrometheusVariableQueryEditor-VariableQuery",
            }
        },
    ),
    "All is any value, and chosen at first": (
        QueryVariable("node", "Node", "node", multi=True, include_all=True),
        {"allValue": ".*", "current": ALL, "includeAll": True, "multi": True},
    ),
    "a list chooses its first value": (
        CustomVariable("w", "Window", ("5m", "1h")),
        {"type": "custom", "query": "5m,1h", "current": {"text": "5m", "value": "5m"}},
    ),
    "a list chooses its default": (
        CustomVariable("w", "Window", ("5m", "1h"), default="1h"),
        {
            "current": {"text": "1h", "value": "1h"},
            "options": [
                {"selected": False, "text": "5m", "value": "5m"},
                {"selected": True, "text": "1h", "value": "1h"},
            ],
        },
    ),
    "a list with All chooses All": (
        CustomVariable("w", "Window", ("5m",), multi=True, include_all=True),
        {"current": ALL, "allValue": ".*"},
    ),
    "a text box is empty at first": (TextboxVariable("t", "Text"), {"query": ""}),
    "a text box holds its default": (
        TextboxVariable("t", "Text", "x"),
        {"type": "textbox", "query": "x", "current": {"text": "x", "value": "x"}},
    ),
}


@pytest.mark.parametrize(("variable", "expected"), VARIABLES.values(), ids=VARIABLES)
def test_a_variable(variable: Variable, expected: Json) -> None:
    written = _variable(variable)
    assert {key: written[key] for key in expected} == expected
