"""A dashboard as a grafanalib dashboard: panels in place, variables, annotations and links around them."""

# mypy: allow-subclassing-any, allow-untyped-calls

from grafanalib import core

from generators.dashboards.ids import check_panel_ids
from generators.dashboards.layout import place
from generators.dashboards.model import Annotation, Dashboard, TagLink
from generators.dashboards.panel import Link
from generators.emit.grafana.canonical import Json
from generators.emit.grafana.panels import panels
from generators.emit.grafana.targets import DATASOURCE
from generators.emit.grafana.variables import template

SCHEMA_VERSION = 42  # the last of the classic form: Grafana migrates nothing in it, so all shapes are final
_SHARED_CROSSHAIR = 1
_LEGACY = ("__inputs", "hideControls", "rows", "sharedCrosshair", "style", "version")
_BUILT_IN: Json = {
    "builtIn": 1,
    "datasource": {"type": "grafana", "uid": "-- Grafana --"},
    "enable": True,
    "hide": True,
    "iconColor": "rgba(0, 211, 255, 1)",
    "name": "Annotations & Alerts",
    "type": "dashboard",
}


class FinalDashboard(core.Dashboard):
    """grafanalib's own is of schema version 12 and carries keys that Grafana dropped long ago."""

    def to_json_data(self) -> Json:
        data = {key: value for key, value in super().to_json_data().items() if key not in _LEGACY}
        current = {
            "fiscalYearStartMonth": 0,
            "liveNow": False,
            "preload": False,
            "timepicker": {},
            "weekStart": "",
        }
        return data | current


def build(dashboard: Dashboard) -> FinalDashboard:
    check_panel_ids(dashboard)
    return FinalDashboard(
        uid=dashboard.uid,
        title=dashboard.title,
        description=dashboard.description,
        tags=list(dashboard.tags),
        panels=[panel for row in place(dashboard.rows) for panel in panels(dashboard.uid, row)],
        templating=core.Templating([template(variable) for variable in dashboard.variables]),
        annotations=core.Annotations([_BUILT_IN, *map(_annotation, dashboard.annotations)]),
        links=[_link(link) for link in dashboard.links],
        time=core.Time(dashboard.time_from, "now"),
        timezone=dashboard.timezone,
        refresh=dashboard.refresh,
        schemaVersion=SCHEMA_VERSION,
        graphTooltip=_SHARED_CROSSHAIR,
        editable=False,
    )


def _annotation(annotation: Annotation) -> Json:
    return {
        "datasource": DATASOURCE,
        "enable": annotation.enabled,
        "expr": annotation.expr,
        "hide": False,
        "iconColor": annotation.color,
        "name": annotation.name,
        "step": annotation.step,
        "tagKeys": ",".join(annotation.tags),
        "textFormat": annotation.text,
        "titleFormat": annotation.title,
        "useValueForTime": False,
    }


def _link(link: Link | TagLink) -> core.DashboardLink:
    if isinstance(link, TagLink):
        return core.DashboardLink(
            title=link.title, tags=list(link.tags), asDropdown=True, includeVars=True, keepTime=True
        )
    return core.DashboardLink(
        title=link.title,
        uri=link.url,
        type="link",
        targetBlank=link.new_tab,
        includeVars=link.keeps_context,
        keepTime=link.keeps_context,
    )
