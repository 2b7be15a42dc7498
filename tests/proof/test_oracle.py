"""The oracle: from levels and timing to what has to fire."""

from decimal import Decimal

import pytest

from generators.proof.case import Pace
from generators.proof.oracle import Oracle, Step, Value, followed
from generators.proof.timeline import Stage, Timeline
from generators.signals.feed import Blend, Feed, Feeds, Motion, Source
from generators.signals.limit import Comparison
from generators.units import Duration

MINUTE = Duration.parse("1m")
PACE = Pace(MINUTE, MINUTE)

FOLLOWED = {
    "without a wait it fires at once": (0, 0, ".X.", ".X."),
    "it waits for as long as it holds": (2, 0, ".XXXX.", "...XX."),
    "a gap starts the wait again": (2, 0, "XX.XXX", ".....X"),
    "it goes on for a while": (0, 2, "X....", "XXX.."),
    "it goes on through a gap": (1, 2, "XX.XX..", ".XXXXXX"),
    "the wait starts again once it is over": (1, 2, "XX....XX", ".XXX...X"),
}


@pytest.mark.parametrize(("hold", "keep", "holds", "fires"), FOLLOWED.values(), ids=FOLLOWED)
def test_an_alert_is_followed(hold: int, keep: int, holds: str, fires: str) -> None:
    step = Step("above", Decimal(1), Decimal(60 * hold), Decimal(60 * keep))
    ticks = [Decimal(60 * n) for n in range(len(holds))]
    states = followed(step, ticks, [sign == "X" for sign in holds])
    assert "".join(".X"[state] for state in states) == fires


COMPARED: dict[str, tuple[Comparison, list[bool]]] = {
    "above": ("above", [False, False, True]),
    "below": ("below", [True, False, False]),
    "at_least": ("at_least", [False, True, True]),
    "at_most": ("at_most", [True, True, False]),
}


@pytest.mark.parametrize(("comparison", "expected"), COMPARED.values(), ids=COMPARED)
def test_a_level_is_compared(comparison: Comparison, expected: list[bool]) -> None:
    step = Step(comparison, Decimal(5), Decimal(0))
    assert [step.crossed(Decimal(level)) for level in (4, 5, 6)] == expected


def feeds(level: Decimal, motion: Motion = Motion.STAYS) -> Feeds:
    return (Feed("x", {}, motion, level),)


def oracle(minutes: int, blend: Blend = "linear", motion: Motion = Motion.STAYS) -> Oracle:
    """Ten minutes at 0, ten at 10, ten without a value."""
    stages = (Stage("low", Decimal(0), (), 10), Stage("high", Decimal(10), (), 10), Stage("none", None, (), 10))
    source = Source(lambda level: feeds(level, motion), {}, memory=Decimal(60 * minutes), blend=blend)
    return Oracle(Timeline(stages, MINUTE), source, PACE)


def level(of: Oracle, minute: int) -> tuple[str, str] | None:
    value: Value | None = of.value(Decimal(60 * minute))
    return None if value is None else (f"{value.low:.1f}", f"{value.high:.1f}")


VALUES = {
    "a value without memory follows at once": (oracle(0), 10, ("10.0", "10.0")),
    "nothing is known before the window is full": (oracle(4), 3, None),
    "a full window is settled": (oracle(4), 6, ("0.0", "0.0")),
    "the first sample of a gauge counts": (oracle(4), 10, ("2.0", "3.3")),
    "of a counter, the second one does": (oracle(4, motion=Motion.GROWS), 10, ("0.0", "0.0")),
    "halfway, versions differ by a sample": (oracle(4, motion=Motion.GROWS), 12, ("4.0", "6.7")),
    "a window of the new level is settled": (oracle(4), 15, ("10.0", "10.0")),
    "a maximum goes up at once": (oracle(4, "max"), 10, ("10.0", "10.0")),
    "a minimum waits for the window to pass": (oracle(4, "min"), 13, ("0.0", "0.0")),
    "a minimum is in doubt as the window passes": (oracle(4, "min"), 14, ("0.0", "10.0")),
    "a value may stay while its window empties": (oracle(4), 22, None),
}


@pytest.mark.parametrize(("of", "minute", "expected"), VALUES.values(), ids=VALUES)
def test_what_is_known_of_a_value(of: Oracle, minute: int, expected: tuple[str, str] | None) -> None:
    assert level(of, minute) == expected


def test_doubt_reaches_from_the_earliest_to_the_latest_that_an_alert_can_fire() -> None:
    states = oracle(4).firing(Step("above", Decimal(9), Decimal(60)))
    assert [sure for sure, _maybe in states].index(True) == 15
    assert [maybe for _sure, maybe in states[6:]].index(True) == 7  # minute 13


def test_without_a_value_nothing_fires() -> None:
    assert oracle(0).firing(Step("below", Decimal(99), Decimal(0)))[-1] == (False, False)
