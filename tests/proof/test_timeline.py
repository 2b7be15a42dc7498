"""Stages are written out in promtool's notation."""

from decimal import Decimal

import pytest

from generators.proof.timeline import Stage, Timeline, described
from generators.signals.feed import Feed, Motion
from generators.units import Duration

SCRAPE = Duration.parse("15s")


def feed(motion: Motion, amount: str, every: int = 1) -> Feed:
    return Feed("x", {"b": '"', "a": "1"}, motion, Decimal(amount), every)


def values(*stages: Stage) -> str:
    return Timeline(stages, SCRAPE).inputs()['x{a="1",b="\\""}']


def stage(
    motion: Motion, amount: str, scrapes: int, *, every: int = 1, resets: bool = False, misses: bool = False
) -> Stage:
    return Stage("s", None, (feed(motion, amount, every),), scrapes, resets, misses)


STAYS, GROWS, FOLLOWS = Motion.STAYS, Motion.GROWS, Motion.FOLLOWS
CASES = {
    "a gauge stays": ([stage(STAYS, "0.5", 4)], "0.5x3"),
    "a single sample has no count": ([stage(STAYS, "2", 1)], "2"),
    "a counter grows, and goes on where it stood": ([stage(GROWS, "3", 4), stage(GROWS, "1", 2)], "0+3x3 12+1x1"),
    "a counter that doesn't grow stays": ([stage(GROWS, "3", 2), stage(GROWS, "0", 3)], "0+3x1 6x2"),
    "a moment moves with the time": ([stage(STAYS, "9", 4), stage(FOLLOWS, "-100", 3)], "9x3 -40+15x2"),
    "a counter starts again from 0": ([stage(GROWS, "2", 6, resets=True)], "0+2x2 2+2x2"),
    "a counter goes on after a reset": ([stage(GROWS, "2", 4, resets=True), stage(GROWS, "2", 2)], "0+2x1 2+2x1 6+2x1"),
    "a gauge misses a scrape": ([stage(STAYS, "1", 10, misses=True)], "1x4 _ 1x3"),
    "a counter grows through a missed scrape": ([stage(GROWS, "1", 10, misses=True)], "0+1x4 _ 6+1x3"),
    "samples lie apart": ([stage(GROWS, "1", 6, every=3)], "0 _x2 1 _x2"),
    "a series that ends is stale": ([stage(STAYS, "1", 2), Stage("gone", None, (), 3)], "1x1 stale _x2"),
}


@pytest.mark.parametrize(("stages", "expected"), CASES.values(), ids=CASES)
def test_values(stages: list[Stage], expected: str) -> None:
    assert values(*stages) == expected


def test_a_description_says_when_each_stage_starts() -> None:
    timeline = Timeline((Stage("good", None, (), 4), Stage("bad", None, (), 8)), SCRAPE)
    assert described(timeline) == "0s good, 1m bad"
