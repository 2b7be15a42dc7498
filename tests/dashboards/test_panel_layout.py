"""Panels flow over 24 columns, row below row."""

import pytest

from generators.dashboards import Panel, Row
from generators.dashboards.layout import place

Boxes = list[tuple[int, int, int, int]]


def _row(*sizes: tuple[int, int], title: str = "", collapsed: bool = False) -> Row:
    panels = [Panel(f"p{i}", "P", "P.", "text", width=w, height=h) for i, (w, h) in enumerate(sizes)]
    return Row(f"row {title}", title, tuple(panels), collapsed)


def _boxes(*rows: Row) -> Boxes:
    """Headers and panels, in order, as x, y, w, h."""
    boxes = [box for row in place(rows) for box in (row.header, *(p.box for p in row.panels)) if box]
    return [(box.x, box.y, box.w, box.h) for box in boxes]


CASES: dict[str, tuple[list[Row], Boxes]] = {
    "two halves stand side by side": ([_row((12, 8), (12, 8))], [(0, 0, 12, 8), (12, 0, 12, 8)]),
    "what does not fit goes to the next line": (
        [_row((16, 4), (12, 4))],
        [(0, 0, 16, 4), (0, 4, 12, 4)],
    ),
    "the next line starts below the tallest": (
        [_row((8, 3), (8, 9), (8, 3), (24, 2))],
        [(0, 0, 8, 3), (8, 0, 8, 9), (16, 0, 8, 3), (0, 9, 24, 2)],
    ),
    "a titled row has a header over its panels": ([_row((6, 4), title="A")], [(0, 0, 24, 1), (0, 1, 6, 4)]),
    "an open row pushes the next one down": (
        [_row((24, 5), title="A"), _row((24, 5), title="B")],
        [(0, 0, 24, 1), (0, 1, 24, 5), (0, 6, 24, 1), (0, 7, 24, 5)],
    ),
    "a collapsed row takes one line": (
        [_row((24, 5), title="A", collapsed=True), _row((24, 5), title="B")],
        [(0, 0, 24, 1), (0, 1, 24, 5), (0, 1, 24, 1), (0, 2, 24, 5)],
    ),
    "a row without panels is its header": ([_row(title="A"), _row((1, 1))], [(0, 0, 24, 1), (0, 1, 1, 1)]),
}


@pytest.mark.parametrize(("rows", "boxes"), CASES.values(), ids=CASES)
def test_panels_are_placed(rows: list[Row], boxes: Boxes) -> None:
    assert _boxes(*rows) == boxes
