"""Business hours: as the time interval Alertmanager understands, and as a plain question about one moment.

Alertmanager refuses a range that crosses midnight and a run of days that crosses Saturday, and takes UTC
where no location is given; so hours are cut at midnight, days at the end of its week (which starts on
Sunday), and the location is always there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from generators.model.ownership import BusinessHours

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_WEEK = len(DAYS)
_MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True)
class TimeRange:
    """From minute `start` up to `end`, on the days of the runs in `weekdays`; Sunday is 0."""

    weekdays: tuple[tuple[int, int], ...]
    start: int
    end: int
    location: str

    def contains(self, at: datetime) -> bool:
        day, minute = _local(at, self.location)
        return self.start <= minute < self.end and any(first <= day <= last for first, last in self.weekdays)


@dataclass(frozen=True, slots=True)
class TimeInterval:
    """A named union of ranges."""

    name: str
    ranges: tuple[TimeRange, ...]

    def contains(self, at: datetime) -> bool:
        return any(part.contains(at) for part in self.ranges)


def business_hours(hours: BusinessHours, name: str) -> TimeInterval:
    """These hours as one interval; hours that end no later than they start go on into the next day."""
    start, end = _minutes(hours.start), _minutes(hours.end)
    first, last = (DAYS.index(day) for day in hours.days)
    if start < end:
        return TimeInterval(name, (TimeRange(_runs(first, last), start, end, hours.location),))
    evening = TimeRange(_runs(first, last), start, _MIDNIGHT, hours.location)
    morning = TimeRange(_runs((first + 1) % _WEEK, (last + 1) % _WEEK), 0, end, hours.location)
    return TimeInterval(name, (evening, morning) if end else (evening,))


def within(hours: BusinessHours, at: datetime) -> bool:
    """Whether that moment is in business hours, told from the hours themselves, not from their interval."""
    start, end = _minutes(hours.start), _minutes(hours.end)
    day, minute = _local(at, hours.location)
    if start < end:
        return _worked(hours, day) and start <= minute < end
    return (_worked(hours, day) and minute >= start) or (_worked(hours, day - 1) and minute < end)


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _worked(hours: BusinessHours, day: int) -> bool:
    first, last = (DAYS.index(name) for name in hours.days)
    return (day - first) % _WEEK <= (last - first) % _WEEK


def _runs(first: int, last: int) -> tuple[tuple[int, int], ...]:
    return ((first, last),) if first <= last else ((first, _WEEK - 1), (0, last))


def _minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def _local(at: datetime, location: str) -> tuple[int, int]:
    """Day of the week (Sunday is 0) and minute of the day, on the clock of that place."""
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone")
    there = at.astimezone(ZoneInfo(location))
    return there.isoweekday() % _WEEK, there.hour * 60 + there.minute
