"""Panels as grafanalib subclasses, one for each kind, in the table KINDS.

Each keeps grafanalib's own `panel_json` and adds the final shapes; what grafanalib writes besides, in places
where Grafana stopped reading in its versions 5 to 7, is left out by naming the keys that stay.
"""

# mypy: allow-untyped-calls

from collections.abc import Callable
from dataclasses import dataclass

from grafanalib import core

from generators.dashboards.ids import panel_id, row_key
from generators.dashboards.layout import Box, PlacedPanel, PlacedRow
from generators.dashboards.panel import Kind, Line, Panel
from generators.emit.grafana import looks
from generators.emit.grafana.canonical import Json
from generators.emit.grafana.fields import field_config
from generators.emit.grafana.tables import transformations
from generators.emit.grafana.targets import DATASOURCE, data_links, targets

GRAFANA = "13.2.3"  # Grafana migrates the options of a panel whose pluginVersion is missing or older
_ALWAYS = (
    "description",
    "gridPos",
    "id",
    "links",
    "options",
    "pluginVersion",
    "title",
    "transparent",
    "type",
)
_WITH_DATA = ("datasource", "fieldConfig", "targets", "transformations")
_ROW = ("collapsed", "gridPos", "id", "panels", "repeat", "title", "type")


class Final(core.Panel):
    """Mixed in before a panel of grafanalib's: `panel_json` with `extraJson`, and of it only what is read."""

    def to_json_data(self) -> Json:
        return _only(_ALWAYS + _WITH_DATA, self.panel_json({}))


class FinalWithoutData(core.Panel):
    """The same for panels that ask Prometheus nothing."""

    def to_json_data(self) -> Json:
        return _only(_ALWAYS, self.panel_json({}))


class TimeSeries(Final, core.TimeSeries):
    pass


class Stat(Final, core.Stat):
    pass


class Gauge(Final, core.GaugePanel):
    pass


class BarGauge(Final, core.BarGauge):
    pass


class Table(Final, core.Table):
    pass


class StateTimeline(Final, core.StateTimeline):
    pass


class Heatmap(Final, core.Heatmap):
    pass


class Text(FinalWithoutData, core.Text):
    pass


class AlertList(FinalWithoutData):
    """grafanalib's own is no panel: it can't take a data source, ids or additions."""


class RowHeader(core.RowPanel):
    """grafanalib's own carries the queries and fields of a panel."""

    def to_json_data(self) -> Json:
        return _only(
            _ROW, self.panel_json({"collapsed": self.collapsed, "panels": self.panels, "type": "row"})
        )


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind is written: its class, its options and its own field settings."""

    panel: type[core.Panel]
    options: Callable[[Panel], Json]
    custom: Callable[[Panel], Json] = looks.nothing


KINDS: dict[Kind, Look] = {
    "timeseries": Look(TimeSeries, looks.timeseries, looks.timeseries_custom),
    "stat": Look(Stat, looks.stat),
    "gauge": Look(Gauge, looks.gauge),
    "bargauge": Look(BarGauge, looks.bargauge),
    "table": Look(Table, looks.table, looks.table_custom),
    "state-timeline": Look(StateTimeline, looks.state_timeline, looks.state_timeline_custom),
    "heatmap": Look(Heatmap, looks.heatmap, looks.heatmap_custom),
    "text": Look(Text, looks.text),
    "alertlist": Look(AlertList, looks.alertlist),
}


def panels(uid: str, row: PlacedRow) -> list[core.Panel]:
    """The row's header and panels. The panels of a collapsed row live in its header, others follow it."""
    inside = [_panel(uid, placed) for placed in row.panels]
    if row.header is None:
        return inside
    header = RowHeader(
        id=panel_id(uid, row_key(row.row)),
        title=row.row.title,
        gridPos=_grid_pos(row.header),
        collapsed=row.row.collapsed,
        repeat=core.Repeat(variable=row.row.repeat),
        panels=inside if row.row.collapsed else [],
    )
    return [header] if row.row.collapsed else [header, *inside]


def _panel(uid: str, placed: PlacedPanel) -> core.Panel:
    panel, look = placed.panel, KINDS[placed.panel.kind]
    shapes = {
        "type": panel.kind,
        "pluginVersion": GRAFANA,
        "options": look.options(panel),
        "fieldConfig": field_config(panel, look.custom(panel)),
    }
    return look.panel(
        id=panel_id(uid, panel.key),
        title=panel.title,
        description=described(panel),
        gridPos=_grid_pos(placed.box),
        dataSource=DATASOURCE,
        targets=targets(panel.queries),
        links=data_links(panel.links),
        transformations=transformations(panel),
        maxDataPoints=None,
        extraJson=shapes,
    )


def described(panel: Panel) -> str:
    """The description, and in words what each drawn limit is: a line on a graph has no name of its own."""
    return "\n\n".join([panel.description, *_limits(panel.lines)])


def _limits(lines: tuple[Line, ...]) -> list[str]:
    return ["\n".join(f"- {line.color}: {line.label} ({line.severity})" for line in lines)] if lines else []


def _grid_pos(box: Box) -> core.GridPos:
    return core.GridPos(h=box.h, w=box.w, x=box.x, y=box.y)


def _only(keys: tuple[str, ...], data: Json) -> Json:
    return {key: data[key] for key in keys if key in data}
