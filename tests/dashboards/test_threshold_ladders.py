"""Limits become ladders of colour."""

from decimal import Decimal

import pytest

from generators.dashboards import Direction, Line, severity_color
from generators.dashboards.thresholds import drawn_steps, steps

Ladder = list[tuple[str | None, str]]


def _lines(*limits: tuple[str, str]) -> tuple[Line, ...]:
    return tuple(Line(Decimal(value), "sev", "limit", color) for value, color in limits)


USED = _lines(("0.95", "red"), ("0.7", "yellow"), ("0.85", "orange"))
FREE = _lines(("0.2", "orange"), ("0.1", "red"))

CASES: dict[str, tuple[tuple[Line, ...], Direction, Ladder]] = {
    "no limit claims nothing": ((), "above", [(None, "blue")]),
    "above climbs from green": (
        USED,
        "above",
        [(None, "green"), ("0.7", "yellow"), ("0.85", "orange"), ("0.95", "red")],
    ),
    "below ends in green": (FREE, "below", [(None, "red"), ("0.1", "orange"), ("0.2", "green")]),
    "one limit below is red under it": (_lines(("5", "red")), "below", [(None, "red"), ("5", "green")]),
    "two limits at one value show the worse": (
        _lines(("3", "red"), ("3", "yellow")),
        "above",
        [(None, "green"), ("3", "red")],
    ),
    "one value written in two ways is one step": (
        _lines(("3.0", "yellow"), ("3", "orange")),
        "above",
        [(None, "green"), ("3", "orange")],
    ),
}


@pytest.mark.parametrize(("lines", "direction", "ladder"), CASES.values(), ids=CASES)
def test_limits_become_a_ladder(lines: tuple[Line, ...], direction: Direction, ladder: Ladder) -> None:
    expected = [(None if value is None else Decimal(value), color) for value, color in ladder]
    assert [(step.value, step.color) for step in steps(lines, direction)] == expected


def test_a_line_on_a_graph_keeps_its_own_colour_in_both_directions() -> None:
    drawn = [(str(step.value), step.color) for step in drawn_steps(FREE, "below")]
    assert drawn == [("None", "red"), ("0.1", "red"), ("0.2", "orange")]


def test_what_is_drawn_above_is_the_ladder_itself() -> None:
    assert drawn_steps(USED, "above") == steps(USED, "above")


@pytest.mark.parametrize(("rank", "color"), [(1, "dark-red"), (2, "red"), (3, "orange"), (4, "yellow"), (9, "yellow")])
def test_a_severity_has_the_colour_of_its_rank(rank: int, color: str) -> None:
    assert severity_color(rank) == color
