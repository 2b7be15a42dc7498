"""Time zones, as far as PromQL can follow them: it knows the calendar of UTC only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

_YEARS = range(2024, 2038)
"""What is looked at: zones promise nothing for ever, and the machine's own tables end in 2037."""
_MONTHS = range(1, 13)


@cache
def fixed_offset(zone: str) -> timedelta | None:
    """How far ahead of UTC a zone is; None where it moves its clocks."""
    there = ZoneInfo(zone)
    weeks = (datetime(_YEARS[0], 1, 1, tzinfo=UTC) + timedelta(weeks=n) for n in range(52 * len(_YEARS)))
    offsets = {moment.astimezone(there).utcoffset() for moment in weeks}
    return offsets.pop() if len(offsets) == 1 else None


@cache
def month_starts(zone: str) -> Mapping[int, timedelta] | None:
    """How far ahead of UTC a zone is when each month (1 to 12) starts; None where that differs from year to year."""
    there = ZoneInfo(zone)
    found: dict[int, set[timedelta | None]] = {
        month: {datetime(year, month, 1, tzinfo=there).utcoffset() for year in _YEARS} for month in _MONTHS
    }
    if any(len(offsets) > 1 for offsets in found.values()):
        return None
    return {month: offset for month, offsets in found.items() for offset in offsets if offset is not None}
