"""From a panel of the model to one of grafanalib's, in its place."""

from grafanalib import core

from generators.dashboards.ids import panel_id, row_key
from generators.dashboards.layout import Box, PlacedPanel, PlacedRow
from generators.dashboards.panel import Line, Panel
from generators.emit.grafana.fields import field_config
from generators.emit.grafana.kinds import KINDS, RowHeader
from generators.emit.grafana.tables import transformations
from generators.emit.grafana.targets import DATASOURCE, data_links, targets

GRAFANA = "13.2.3"  # Grafana migrates the options of a panel whose pluginVersion is missing or older


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
