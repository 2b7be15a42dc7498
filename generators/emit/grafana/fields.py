"""How values look: unit, range, thresholds and mappings of a panel; overrides of a table's columns."""

from typing import Any

from generators.dashboards.panel import Column, Kind, Panel
from generators.dashboards.thresholds import Step, drawn_steps, steps
from generators.emit.grafana.canonical import Json
from generators.emit.grafana.looks import shown_as
from generators.emit.grafana.targets import ThresholdStep, data_links, value_mappings

_COLORS: dict[Kind, str] = {"timeseries": "palette-classic"}  # all others take the colour of the threshold
_RANGES = {"percentunit": (0, 1), "percent": (0, 100)}
_NEEDS_RANGE: frozenset[Kind] = frozenset({"gauge", "bargauge"})


def field_config(panel: Panel, custom: Json) -> Json:
    return {"defaults": _defaults(panel, custom), "overrides": [_override(c) for c in panel.columns]}


def _defaults(panel: Panel, custom: Json) -> Json:
    low, high = _range(panel)
    return {
        "color": {"mode": _COLORS.get(panel.kind, "thresholds")},
        "custom": custom,
        "decimals": panel.decimals,
        "mappings": value_mappings(panel.mappings),
        "max": high,
        "min": low,
        "noValue": panel.no_value,
        "thresholds": _thresholds(_ladder(panel)),
        "unit": panel.unit,
    }


def _range(panel: Panel) -> tuple[Any, Any]:
    """A gauge without a range takes that of its data, and so is always full."""
    low, high = _RANGES.get(panel.unit, (None, None)) if panel.kind in _NEEDS_RANGE else (None, None)
    return (
        low if panel.minimum is None else panel.minimum,
        high if panel.maximum is None else panel.maximum,
    )


def _ladder(panel: Panel) -> tuple[Step, ...]:
    ladder = drawn_steps if panel.kind == "timeseries" else steps
    return ladder(panel.lines, panel.direction)


def _thresholds(ladder: tuple[Step, ...]) -> Json:
    return {"mode": "absolute", "steps": [ThresholdStep(step) for step in ladder]}


def _override(column: Column) -> Json:
    properties = [{"id": name, "value": value} for name, value in _changes(column).items() if value is not None]
    return {"matcher": {"id": "byName", "options": shown_as(column)}, "properties": properties}


def _changes(column: Column) -> Json:
    """What the column says of itself; None where it says nothing."""
    ladder = steps(column.lines, column.direction)
    return {
        "unit": column.unit or None,
        "decimals": column.decimals,
        "mappings": value_mappings(column.mappings) or None,
        "thresholds": _thresholds(ladder) if column.lines else None,
        "custom.cellOptions": {"type": "color-text"} if column.lines or column.mappings else None,
        "links": data_links(filter(None, [column.link])) or None,
        "custom.width": column.width,
    }
