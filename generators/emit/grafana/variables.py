"""Variables as grafanalib templates, one class for each kind, in the table KINDS."""

# mypy: allow-subclassing-any

from collections.abc import Callable
from typing import Any

from grafanalib import core

from generators.dashboards.variables import (
    CustomVariable,
    DatasourceVariable,
    QueryVariable,
    TextboxVariable,
    Variable,
)
from generators.emit.grafana.canonical import Json
from generators.emit.grafana.targets import DATASOURCE

_ALL = {"text": "All", "value": "$__all"}
_ON_TIME_RANGE_CHANGE = 2
_ON_LOAD = 1
_BY_NAME = 1


class FinalTemplate(core.Template):
    """grafanalib's own writes tags and intervals on every variable, and "All" as a value named All."""

    shape: Json

    def to_json_data(self) -> Json:
        common = {"hide": 0, "label": self.label, "name": self.name, "skipUrlSync": False, "type": self.type}
        return common | {"query": self.query} | self.shape


def template(variable: Variable) -> FinalTemplate:
    return KINDS[type(variable)](variable)


def _made(variable: Variable, kind: str, query: Any, **shape: Any) -> FinalTemplate:
    # `options` keeps grafanalib from splitting the query of a custom variable on its own
    made = FinalTemplate(
        name=variable.name, label=variable.label, type=kind, query=query, options=[{"selected": False}]
    )
    made.shape = shape
    return made


def _datasource(variable: DatasourceVariable) -> FinalTemplate:
    return _made(
        variable,
        "datasource",
        variable.plugin,
        current={},
        includeAll=False,
        multi=False,
        options=[],
        refresh=_ON_LOAD,
        regex=variable.regex,
    )


def _query(variable: QueryVariable) -> FinalTemplate:
    query = f"label_values({', '.join(filter(None, [variable.series, variable.values_of]))})"
    return _made(
        variable,
        "query",
        {"qryType": 1, "query": query, "refId": "PrometheusVariableQueryEditor-VariableQuery"},
        allValue=".*" if variable.include_all else None,
        current=_chosen(_ALL, variable) if variable.include_all else {},
        datasource=DATASOURCE,
        definition=query,
        includeAll=variable.include_all,
        multi=variable.multi,
        options=[],
        refresh=_ON_TIME_RANGE_CHANGE,
        regex=variable.regex,
        sort=_BY_NAME,
    )


def _custom(variable: CustomVariable) -> FinalTemplate:
    everything = [_ALL] if variable.include_all else []
    choices = everything + [{"text": value, "value": value} for value in variable.values]
    chosen = next((c for c in choices if c["value"] == variable.default), choices[0])
    return _made(
        variable,
        "custom",
        ",".join(variable.values),
        allValue=".*" if variable.include_all else None,
        current=_chosen(chosen, variable),
        includeAll=variable.include_all,
        multi=variable.multi,
        options=[choice | {"selected": choice is chosen} for choice in choices],
    )


def _textbox(variable: TextboxVariable) -> FinalTemplate:
    value = {"text": variable.default, "value": variable.default}
    return _made(variable, "textbox", variable.default, current=value, options=[value | {"selected": True}])


def _chosen(choice: dict[str, str], variable: QueryVariable | CustomVariable) -> Json:
    """A variable with several values holds lists, even of one."""
    return {key: [text] if variable.multi else text for key, text in choice.items()}


KINDS: dict[type[Any], Callable[[Any], FinalTemplate]] = {
    DatasourceVariable: _datasource,
    QueryVariable: _query,
    CustomVariable: _custom,
    TextboxVariable: _textbox,
}
