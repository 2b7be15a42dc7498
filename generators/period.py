"""The period of an SLO: so long until now, or the calendar month or quarter so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from generators.scalar import TextScalar
from generators.units import Duration


class Calendar(StrEnum):
    """A stretch of the calendar, after which a budget begins anew."""

    MONTH = "month"
    QUARTER = "quarter"

    @property
    def longest(self) -> Duration:
        """The longest that one lasts."""
        return Duration.parse({"month": "31d", "quarter": "92d"}[self])

    @property
    def usual(self) -> Duration:
        """What burn rates are derived from: 30 days to the month."""
        return Duration.parse({"month": "30d", "quarter": "90d"}[self])


@dataclass(frozen=True, slots=True)
class Period(TextScalar):
    """A duration that moves on with the clock, or a stretch of the calendar; `length` is what it lasts, usually."""

    length: Duration
    calendar: Calendar | None = None

    pattern = rf"{Duration.pattern}|month|quarter"
    expected = "a duration such as 30d, or month or quarter for those of the calendar"

    @classmethod
    def parse(cls, text: str) -> Self:
        if found := _CALENDARS.get(text):
            return cls(found.usual, found)
        try:
            length = Duration.parse(text)
        except ValueError:
            raise ValueError(f"{text!r} is not {cls.expected}") from None
        if length.seconds == 0:
            raise ValueError("this has to be longer than nothing")
        return cls(length)

    @classmethod
    def _read(cls, value: Any) -> Self:
        return cls(value) if isinstance(value, Duration) else super(Period, cls)._read(value)

    def __str__(self) -> str:
        return str(self.calendar or self.length)

    @property
    def in_words(self) -> str:
        """`30d`, `a month`."""
        return f"a {self.calendar}" if self.calendar else str(self.length)

    @property
    def reach(self) -> Duration:
        """How far back its rules read: of the calendar, the stretch before is reported as a whole."""
        return self.calendar.longest * 2 if self.calendar else self.length


_CALENDARS: Mapping[str, Calendar] = {str(calendar): calendar for calendar in Calendar}
