"""The time window of an OpenSLO document as a period of the catalog."""

from __future__ import annotations

from dataclasses import dataclass

from generators.interchange.notes import Note
from generators.interchange.openslo_spec import TimeWindow
from generators.interchange.spot import Spot
from generators.units import Duration

_CALENDAR = {"1M": "month", "1Q": "quarter", "3M": "quarter"}
_USUAL = Duration.parse("30d")
_START_OF_DAY = " 00:00:00"


@dataclass(frozen=True, slots=True)
class Period:
    """What the catalog says, and how long that is."""

    text: str
    length: Duration
    notes: tuple[Note, ...] = ()


def period(windows: tuple[TimeWindow, ...], spot: Spot) -> Period:
    """The period; 30 days where the document says nothing."""
    if not windows:
        return Period(str(_USUAL), _USUAL, (spot.note(f"there is none; the period is {_USUAL}"),))
    window, here = windows[0], spot.below(0)
    length, text = window.duration.length, str(window.duration)
    if window.calendar is None:
        notes = (here.below("duration").note(f"rolls over {length}", text),) if window.duration.unit in "MQY" else ()
        return Period(str(length), length, notes)
    if text in _CALENDAR:
        return Period(_CALENDAR[text], length, tuple(_calendar_notes(window, here)))
    why = f"the catalog has months and quarters; this rolls over {length} instead"
    return Period(str(length), length, (here.below("calendar").note(why),))


def _calendar_notes(window: TimeWindow, here: Spot) -> list[Note]:
    assert window.calendar is not None
    zone, start = here.below("calendar", "timeZone"), here.below("calendar", "startTime")
    notes = [zone.note("the time zone is the platform's, `timezone`", window.calendar.time_zone)]
    if not _is_first(window.calendar.start_time):
        notes.append(start.note("months and quarters start with their first day", window.calendar.start_time))
    return notes


def _is_first(start: str) -> bool:
    return start.replace("T", " ").rstrip("Z").endswith(f"-01{_START_OF_DAY}")
