"""How limits become colour: a ladder of steps, each colouring from its value upwards.

Grafana paints a value with the last step that it reaches. A limit of "not below" colours what lies *under*
it, so there the ladder starts at its worst colour and ends green.
"""

from dataclasses import dataclass
from decimal import Decimal

from generators.dashboards.panel import Direction, Line

GOOD = "green"
NEUTRAL = "blue"  # no limit is known, so the colour must not claim that all is well
_BY_RANK = ("dark-red", "red", "orange", "yellow")


@dataclass(frozen=True, slots=True)
class Step:
    """From `value` on (None: from minus infinity) the colour is `color`."""

    color: str
    value: Decimal | None = None


def severity_color(rank: int) -> str:
    """Rank 1 is the worst severity; ranks past the table share its mildest colour."""
    return _BY_RANK[min(max(rank, 1), len(_BY_RANK)) - 1]


def steps(lines: tuple[Line, ...], direction: Direction) -> tuple[Step, ...]:
    """The ladder for these limits: base first, values strictly ascending."""
    if not lines:
        return (Step(NEUTRAL),)
    worst = _worst_of_each(lines)
    values = sorted(worst)
    colors = [worst[value] for value in values]
    ladder = [GOOD, *colors] if direction == "above" else [*colors, GOOD]
    return tuple(map(Step, ladder, (None, *values)))


def drawn_steps(lines: tuple[Line, ...], direction: Direction) -> tuple[Step, ...]:
    """The ladder for a graph, which draws each step as a line in its colour and paints no value with it.

    There every limit keeps its own colour, also one of "not below", which would be drawn green otherwise.
    """
    own = _worst_of_each(lines)
    base, *_ = steps(lines, direction)
    return (base, *(Step(own[value], value) for value in sorted(own)))


def _worst_of_each(lines: tuple[Line, ...]) -> dict[Decimal, str]:
    """One colour per value: a step can have only one, so two limits at one value show the worse."""
    worst: dict[Decimal, str] = {}
    for line in sorted(lines, key=_badness):
        worst[line.value] = line.color
    return worst


def _badness(line: Line) -> int:
    return -_BY_RANK.index(line.color) if line.color in _BY_RANK else -len(_BY_RANK)
