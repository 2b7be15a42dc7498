"""The words that expressions are built with."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generators.promql import (
    Expr,
    Matcher,
    MatchOp,
    Number,
    absent,
    aggregate,
    call,
    fill,
    increase,
    lift,
    metric,
    on,
    over_time,
    positive,
    rate,
    render,
    sum_by,
    walk,
)
from generators.units import Duration

FIVE = Duration.parse("5m")
UP, DOWN = metric("up"), metric("down")

BUILT: dict[str, tuple[Expr, str]] = {
    "matchers are sorted by label": (
        metric("up", [Matcher("job", MatchOp.REGEX, "a|b")], env="prod"),
        'up{env="prod",job=~"a|b"}',
    ),
    "a rate": (rate(metric("x_total", job="a"), FIVE), 'rate(x_total{job="a"}[5m])'),
    "an increase": (increase(metric("x_total"), FIVE), "increase(x_total[5m])"),
    "over time of a metric": (over_time("max", UP, FIVE), "max_over_time(up[5m])"),
    "over time of a metric by steps": (over_time("max", UP, FIVE, FIVE), "max_over_time(up[5m:5m])"),
    "over time of anything else": (over_time("avg", UP > 0, FIVE), "avg_over_time((up > 0)[5m:])"),
    "numbers become literals": (call("clamp", UP, 0, Decimal("0.5")), "clamp(up, 0, 0.5)"),
    "labels of an aggregation are sorted": (sum_by(UP, ("y", "x")), "sum by (x, y) (up)"),
    "any aggregation": (aggregate("max", UP), "max(up)"),
    "a denominator above zero": (UP / positive(DOWN), "up / (down > 0)"),
    "an absent series": (absent(UP), "absent(up)"),
    "zero where there is nothing": (fill(UP, DOWN), "up or down * 0"),
    "labels to match on are sorted": (on(UP * DOWN, "y", "x"), "up * on (x, y) down"),
    "labels to take over are sorted": (
        on(UP * DOWN, "x", group="group_left", include=("z", "y")),
        "up * on (x) group_left (y, z) down",
    ),
    "every operator of Python": (
        (((UP + 1 - 2) * 3 / 4 >= 5) & (UP < 6)) | (UP <= 7),
        "(up + 1 - 2) * 3 / 4 >= 5 and up < 6 or up <= 7",
    ),
}


@pytest.mark.parametrize(("expr", "text"), BUILT.values(), ids=BUILT)
def test_built(expr: Expr, text: str) -> None:
    assert render(expr) == text


def test_walk_goes_from_the_outside_in() -> None:
    expr = sum_by(rate(metric("x_total"), FIVE)) / positive(UP)
    assert [type(node).__name__ for node in walk(expr)] == [
        "Binary", "Aggregate", "Call", "Selector", "Binary", "Selector", "Number",
    ]  # fmt: skip


def test_equality_is_of_values() -> None:
    assert (UP > 1) == (metric("up") > Decimal("1.0"))


def test_not_a_number_is_the_same_literal_as_another() -> None:
    assert Number(Decimal("NaN")) == Number(Decimal("-NaN"))
    assert len({Number(Decimal("NaN")), Number(Decimal("NaN")), lift(0), Number(Decimal("0.0"))}) == 2
