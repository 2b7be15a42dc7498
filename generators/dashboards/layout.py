"""Where panels go: left to right on 24 columns, wrapping, one row below the other.

Widths and heights are the panels' own; nothing is stretched, so one new panel moves only what follows it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generators.dashboards.model import Row
from generators.dashboards.panel import COLUMNS, Panel

_HEADER = 1


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the grid, from its top left corner."""

    x: int
    y: int
    w: int
    h: int

    @property
    def bottom(self) -> int:
        return self.y + self.h


@dataclass(frozen=True, slots=True)
class PlacedPanel:
    panel: Panel
    box: Box


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row with its panels. `header` is None for panels that stand free."""

    row: Row
    header: Box | None
    panels: tuple[PlacedPanel, ...]


def place(rows: Iterable[Row]) -> tuple[PlacedRow, ...]:
    """Every row below the one before. A collapsed row takes one line; its panels lie as if it were open."""
    return tuple(_stacked(rows))


def _stacked(rows: Iterable[Row]) -> Iterator[PlacedRow]:
    y = 0
    for row in rows:
        header = Box(0, y, COLUMNS, _HEADER) if row.title else None
        top = header.bottom if header else y
        panels = tuple(_flowed(row.panels, top))
        yield PlacedRow(row, header, panels)
        y = top if row.collapsed else max((placed.box.bottom for placed in panels), default=top)


def _flowed(panels: Iterable[Panel], top: int) -> Iterator[PlacedPanel]:
    x, y, below = 0, top, top
    for panel in panels:
        if x + panel.width > COLUMNS:
            x, y = 0, below
        yield PlacedPanel(panel, Box(x, y, panel.width, panel.height))
        x += panel.width
        below = max(below, y + panel.height)
