"""Months and quarters in PromQL, against the clocks of the world."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generators.period import Calendar
from generators.promql import render
from generators.rules import calendar
from generators.toolchain import Tool
from tests.promtool import EVERY_PROMTOOL, Expected, hold

ZONES = (
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
)
YEARS = (2026, 2028, 2035)
QUARTER_DAYS = {1: 90, 2: 91, 3: 92, 4: 92}


def starts(zone: str) -> list[datetime]:
    """The first moments of all months of these years, on the clock of the zone."""
    return [datetime(year, month, 1, tzinfo=ZoneInfo(zone)) for year, month in product(YEARS, range(1, 13))]


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def quarter(month: int) -> int:
    return (month + 2) // 3


@EVERY_PROMTOOL
@pytest.mark.parametrize("zone", ZONES)
def test_month_and_quarter_turn_to_the_second(zone: str, promtool: Tool, tmp_path: Path) -> None:
    assert calendar.follows(zone)
    month, third = (render(calendar.now(stretch, zone)) for stretch in (Calendar.MONTH, Calendar.QUARTER))
    expected = []
    for start in starts(zone):
        for at, number in ((seconds(start) - 1, (start.month - 2) % 12 + 1), (seconds(start), start.month)):
            expected += [Expected(month, at, {"{}": number}), Expected(third, at, {"{}": quarter(number)})]
    hold(promtool, tmp_path, expected)


@EVERY_PROMTOOL
def test_month_and_quarter_before(promtool: Tool, tmp_path: Path) -> None:
    before = {stretch: render(calendar.before(stretch, "UTC")) for stretch in Calendar}
    expected = []
    for start in starts("UTC"):
        at, last = seconds(start), (start.month - 2) % 12 + 1
        expected.append(Expected(before[Calendar.MONTH], at, {"{}": last}))
        expected.append(Expected(before[Calendar.QUARTER], at, {"{}": (quarter(start.month) - 2) % 4 + 1}))
    hold(promtool, tmp_path, expected)


@EVERY_PROMTOOL
def test_length_of_month_and_quarter(promtool: Tool, tmp_path: Path) -> None:
    length = {stretch: render(calendar.seconds(stretch, "UTC")) for stretch in Calendar}
    expected = []
    for start in starts("UTC"):
        days = ((start + timedelta(days=31)).replace(day=1) - start).days
        third = QUARTER_DAYS[quarter(start.month)] + (start.year % 4 == 0 and quarter(start.month) == 1)
        expected.append(Expected(length[Calendar.MONTH], seconds(start), {"{}": days * 86400}))
        expected.append(Expected(length[Calendar.QUARTER], seconds(start), {"{}": third * 86400}))
    hold(promtool, tmp_path, expected)


@pytest.mark.parametrize("zone", ["Africa/Casablanca", "Africa/El_Aaiun"])
def test_a_zone_whose_clocks_follow_the_moon_is_not_followed(zone: str) -> None:
    assert not calendar.follows(zone)
    assert calendar.now(Calendar.MONTH, zone) == calendar.now(Calendar.MONTH, "UTC")
