"""What can't be a dashboard can't be made."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from generators.dashboards import CustomVariable, Dashboard, Panel, Query, Row

PANEL = Panel("p", "Panel", "About it.", "stat", "short", (Query("up"),))
DASHBOARD = Dashboard("uid", "Title", "About it.", "Folder", (), ())

REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "a panel wider than the grid": (
        lambda: replace(PANEL, width=25),
        "panel 'p': 25 x 8 does not fit 24 columns",
    ),
    "a panel without width": (lambda: replace(PANEL, width=0), "0 x 8 does not fit"),
    "a panel without height": (lambda: replace(PANEL, height=0), "12 x 0 does not fit"),
    "a panel that asks nothing": (lambda: replace(PANEL, queries=()), "a stat panel needs a query$"),
    "a text that asks": (lambda: replace(PANEL, kind="text"), "a text panel has no queries$"),
    "an unknown kind": (lambda: replace(PANEL, kind="pie"), "there is no panel kind 'pie'"),  # type: ignore[arg-type]
    "a collapsed row without a title": (
        lambda: Row("r", "", (PANEL,), collapsed=True),
        "row 'r'.*needs a title",
    ),
    "a repeated row without a title": (
        lambda: Row("r", "", (PANEL,), repeat="node"),
        "row 'r'.*needs a title",
    ),
    "a uid of 41 letters": (lambda: replace(DASHBOARD, uid="u" * 41), "1 to 40 letters"),
    "a uid with a slash": (lambda: replace(DASHBOARD, uid="a/b"), "dashboard uid 'a/b'"),
    "a default that is no choice": (lambda: CustomVariable("v", "V", ("a",), "b"), "variable 'v'.*'b'"),
    "a choice of nothing": (lambda: CustomVariable("v", "V", ()), "variable 'v'"),
}


@pytest.mark.parametrize(("make", "message"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
