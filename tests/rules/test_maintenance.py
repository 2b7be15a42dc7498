"""Announced work takes its events out of the budget: from its start until no rate has any of them left."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from generators.model.slo import Maintenance, Once, Weekly
from generators.promql import Expr, render
from generators.promql.parse import parse
from generators.rules import maintenance
from generators.rules.group import Recording
from generators.toolchain import Tool
from generators.units import Duration
from tests.helpers import bundles
from tests.promtool import EVERY_PROMTOOL, Expected, hold

WINDOW = Duration.parse("5m")
START, END = datetime(2026, 12, 5, 21, tzinfo=UTC), datetime(2026, 12, 6, 1, tzinfo=UTC)
MONDAY = datetime(2026, 12, 7, tzinfo=UTC)
DURING = "-    period: 28d\n+    period: 28d\n+---\n+maintenance: cleaning\n+title: Cleaning\n"


def factor(*when: Once | Weekly | Expr) -> str:
    works = tuple(Maintenance("work", "Work", one) for one in when)
    counting = maintenance.counting(works, WINDOW)
    assert counting is not None
    return f"vector({render(counting)})"


def at(moment: datetime, seconds: int = 0) -> int:
    return int(moment.timestamp()) + seconds


def test_without_work_there_is_no_factor() -> None:
    assert maintenance.counting((), WINDOW) is None


@EVERY_PROMTOOL
def test_work_from_one_moment_to_another(promtool: Tool, tmp_path: Path) -> None:
    expr = factor(Once(START, END))
    moments = {at(START, -1): 1, at(START): 0, at(END): 0, at(END, 299): 0, at(END, 300): 1}
    hold(promtool, tmp_path, [Expected(expr, when, {"{}": counts}) for when, counts in moments.items()])


@EVERY_PROMTOOL
@pytest.mark.parametrize("start", ["0s", "26h", "167h"])
def test_work_of_every_week(start: str, promtool: Tool, tmp_path: Path) -> None:
    begins = Duration.parse(start)
    expr = factor(Weekly(begins, Duration.parse("2h")))
    expected = []
    for week in (0, 1, 52, 520):
        first = at(MONDAY, int(begins.seconds) + week * 604800)
        moments = {first - 1: 1, first: 0, first + 7200 + 299: 0, first + 7200 + 300: 1}
        expected += [Expected(expr, when, {"{}": counts}) for when, counts in moments.items()]
    hold(promtool, tmp_path, expected)


@EVERY_PROMTOOL
def test_work_while_an_expression_has_series(promtool: Tool, tmp_path: Path) -> None:
    expr = factor(parse("cleaning > 0"))
    moments = {0: 1, 600: 1, 660: 0, 1200: 0, 1500: 0, 1600: 1}
    expected = [Expected(expr, when, {"{}": counts}) for when, counts in moments.items()]
    hold(promtool, tmp_path, expected, {"cleaning": "0+0x10 1+0x9 0+0x30"})


@EVERY_PROMTOOL
def test_several_works_at_once(promtool: Tool, tmp_path: Path) -> None:
    expr = factor(Once(START, END), Weekly(Duration.parse("0s"), Duration.parse("1h")))
    moments = {at(START): 0, at(MONDAY): 0, at(MONDAY, -3600): 1, at(MONDAY, 3900): 1}
    hold(promtool, tmp_path, [Expected(expr, when, {"{}": counts}) for when, counts in moments.items()])


def recorded(change: str, service: str = "oven") -> dict[str, str]:
    files = {file.name: file for file in bundles(DURING + change)["shop"].files}
    groups = {group.name: group for group in files[service].groups}
    rules = groups[f"{service}.slo.edible"].rules
    return {rule.name: render(rule.expr) for rule in rules if isinstance(rule, Recording)}


def test_times_are_those_of_the_platforms_zone() -> None:
    # 22:00 in Vienna is 21:00 UTC in winter
    text = recorded("+from: 2026-12-05T22:00\n+to: 2026-12-06T02:00\n")["slo:events_total:rate5m"]
    assert text.endswith(f"* (1 - (time() >= bool {at(START)}) * (time() < bool {at(END, 300)}))")


def test_bad_and_all_events_are_masked_alike() -> None:
    found = recorded("+weekly: {day: sunday, from: 23:00, to: 01:00}\n+timezone: UTC\n")
    masks = {found[name].rpartition("* (1 -")[2] for name in ("slo:events_bad:rate5m", "slo:events_total:rate5m")}
    assert len(masks) == 1
    assert "time()" in masks.pop()


def test_no_window_is_read_from_raw_series_which_have_what_happened_meanwhile() -> None:
    found = recorded("+from: 2026-12-05T22:00\n+to: 2026-12-06T02:00\n")
    ratios = {name: text for name, text in found.items() if "error_ratio" in name}
    assert [name for name, text in ratios.items() if "oven_orders_total" in text] == []


def test_work_on_one_service_leaves_the_others_alone() -> None:
    found = recorded("+services: [mill]\n+from: 2026-12-05T22:00\n+to: 2026-12-06T02:00\n")
    assert "time()" not in found["slo:events_total:rate5m"]
