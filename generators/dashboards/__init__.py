"""Dashboards as values: the model, where panels go, their ids and colours. Knows no dashboard tool."""

from generators.dashboards.ids import PanelIdError, panel_id
from generators.dashboards.model import Annotation, Dashboard, Row, TagLink
from generators.dashboards.panel import Column, Direction, Kind, Line, Link, Panel, Query, ValueText
from generators.dashboards.thresholds import severity_color
from generators.dashboards.variables import (
    CustomVariable,
    DatasourceVariable,
    QueryVariable,
    TextboxVariable,
    Variable,
)

__all__ = [
    "Annotation",
    "Column",
    "CustomVariable",
    "Dashboard",
    "DatasourceVariable",
    "Direction",
    "Kind",
    "Line",
    "Link",
    "Panel",
    "PanelIdError",
    "Query",
    "QueryVariable",
    "Row",
    "TagLink",
    "TextboxVariable",
    "ValueText",
    "Variable",
    "panel_id",
    "severity_color",
]
