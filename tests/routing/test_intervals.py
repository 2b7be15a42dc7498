"""Business hours on real clocks: time zones, daylight saving, midnight, the turn of the week."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.model.ownership import BusinessHours
from generators.routing.intervals import DAYS, TimeRange, business_hours, clock, within

OFFICE = BusinessHours(("monday", "friday"), "09:00", "18:00", "Europe/Berlin")
NIGHT = BusinessHours(("monday", "friday"), "22:00", "06:00", "Europe/Berlin")
SMALL_HOURS = BusinessHours(("sunday", "sunday"), "02:00", "03:00", "Europe/Berlin")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


MOMENTS = [
    pytest.param(OFFICE, utc("2024-03-29 08:00"), True, id="nine in winter is eight in UTC"),
    pytest.param(OFFICE, utc("2024-03-29 07:59"), False, id="a minute before nine is too early"),
    pytest.param(OFFICE, utc("2024-04-02 07:00"), True, id="nine in summer is seven in UTC"),
    pytest.param(OFFICE, utc("2024-04-02 16:00"), False, id="the end itself is outside"),
    pytest.param(OFFICE, utc("2024-04-02 15:59"), True, id="the minute before the end is inside"),
    pytest.param(OFFICE, utc("2024-03-30 11:00"), False, id="noon on Saturday is outside"),
    pytest.param(NIGHT, utc("2024-04-05 20:00"), True, id="Friday night begins on Friday"),
    pytest.param(NIGHT, utc("2024-04-06 03:59"), True, id="Friday night ends on Saturday"),
    pytest.param(NIGHT, utc("2024-04-06 04:00"), False, id="Saturday at six is over"),
    pytest.param(NIGHT, utc("2024-04-01 03:00"), False, id="the small hours of Monday belong to Sunday"),
    pytest.param(SMALL_HOURS, utc("2024-03-31 00:30"), False, id="half past one is before the gap in spring"),
    pytest.param(SMALL_HOURS, utc("2024-03-31 01:30"), False, id="two to three does not exist in spring"),
    pytest.param(SMALL_HOURS, utc("2024-10-27 00:30"), True, id="two to three happens in autumn"),
    pytest.param(SMALL_HOURS, utc("2024-10-27 01:30"), True, id="two to three happens twice in autumn"),
    pytest.param(SMALL_HOURS, utc("2024-10-27 02:30"), False, id="and not a third time"),
]


@pytest.mark.parametrize(("hours", "at", "inside"), MOMENTS)
def test_the_interval_contains_business_hours(hours: BusinessHours, at: datetime, inside: bool) -> None:
    assert business_hours(hours, "hours").contains(at) is inside


@pytest.mark.parametrize(("hours", "at", "inside"), MOMENTS)
def test_within_business_hours(hours: BusinessHours, at: datetime, inside: bool) -> None:
    assert within(hours, at) is inside


@pytest.mark.parametrize(
    ("days", "start", "end", "ranges"),
    [
        pytest.param(("monday", "friday"), 540, 1080, [(((1, 5),), 540, 1080)], id="a day is one range"),
        pytest.param(
            ("monday", "friday"),
            1320,
            360,
            [(((1, 5),), 1320, 1440), (((2, 6),), 0, 360)],
            id="a night is two ranges",
        ),
        pytest.param(("monday", "friday"), 540, 0, [(((1, 5),), 540, 1440)], id="until midnight is one range"),
        pytest.param(("monday", "sunday"), 0, 1440, [(((1, 6), (0, 0)), 0, 1440)], id="24:00 is the end of the day"),
        pytest.param(
            ("friday", "monday"),
            540,
            1080,
            [(((5, 6), (0, 1)), 540, 1080)],
            id="days are cut at the end of Saturday",
        ),
        pytest.param(
            ("saturday", "saturday"),
            1320,
            360,
            [(((6, 6),), 1320, 1440), (((0, 0),), 0, 360)],
            id="Saturday night ends on Sunday",
        ),
    ],
)
def test_ranges(days: tuple[str, str], start: int, end: int, ranges: list[tuple[object, int, int]]) -> None:
    hours = BusinessHours(days, clock(start), clock(end), "UTC")
    found = business_hours(hours, "hours").ranges
    assert [(part.weekdays, part.start, part.end) for part in found] == ranges


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        within(OFFICE, utc("2024-04-02 12:00").replace(tzinfo=None))


@given(
    days=st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)),
    start=st.integers(0, 1439).map(clock),
    end=st.integers(0, 1440).map(clock),
    location=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"]),
    minutes=st.integers(0, 366 * 1440),
)
def test_the_interval_and_the_hours_agree_at_any_moment(
    days: tuple[str, str], start: str, end: str, location: str, minutes: int
) -> None:
    hours = BusinessHours(days, start, end, location)
    at = utc("2024-01-01") + timedelta(minutes=minutes)
    assert business_hours(hours, "hours").contains(at) is within(hours, at)


@given(start=st.integers(0, 1439), end=st.integers(0, 1440), days=st.tuples(*[st.sampled_from(DAYS)] * 2))
def test_no_range_crosses_midnight_or_the_week(start: int, end: int, days: tuple[str, str]) -> None:
    def is_legal(part: TimeRange) -> bool:
        return part.start < part.end <= 1440 and all(first <= last for first, last in part.weekdays)

    assert all(map(is_legal, business_hours(BusinessHours(days, clock(start), clock(end), "UTC"), "h").ranges))
