"""Panels as grafanalib subclasses, one for each kind, in the table KINDS.

Each keeps grafanalib's own `panel_json` and adds the final shapes; what grafanalib writes besides, in places
where Grafana stopped reading in its versions 5 to 7, is left out by naming the keys that stay.
"""

# mypy: allow-subclassing-any, allow-untyped-calls

from collections.abc import Callable
from dataclasses import dataclass

from grafanalib import core

from generators.dashboards.panel import Kind, Panel
from generators.emit.grafana import looks, single_value
from generators.emit.grafana.canonical import Json

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
        return _only(_ROW, self.panel_json({"collapsed": self.collapsed, "panels": self.panels, "type": "row"}))


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind is written: its class, its options and its own field settings."""

    panel: type[core.Panel]
    options: Callable[[Panel], Json]
    custom: Callable[[Panel], Json] = looks.nothing


KINDS: dict[Kind, Look] = {
    "timeseries": Look(TimeSeries, looks.timeseries, looks.timeseries_custom),
    "stat": Look(Stat, single_value.stat),
    "gauge": Look(Gauge, single_value.gauge),
    "bargauge": Look(BarGauge, single_value.bargauge),
    "table": Look(Table, looks.table, looks.table_custom),
    "state-timeline": Look(StateTimeline, looks.state_timeline, looks.state_timeline_custom),
    "heatmap": Look(Heatmap, looks.heatmap, looks.heatmap_custom),
    "text": Look(Text, looks.text),
    "alertlist": Look(AlertList, looks.alertlist),
}


def _only(keys: tuple[str, ...], data: Json) -> Json:
    return {key: data[key] for key in keys if key in data}
