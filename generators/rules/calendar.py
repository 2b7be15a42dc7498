"""Months and quarters of the calendar in PromQL, whose ranges all have a fixed length.

The rates of an SLO are recorded once more with the number of the month as a label. What was counted this month is
then the sum over the longest that a month can be of the series that has this month's number; the whole of last month
is the sum of the one with last month's. Nothing is kept by adding to itself, so nothing drifts and gaps stay gaps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from generators.period import Calendar
from generators.promql import Aggregate, Binary, Expr, Selector, String, call, lift, on, over_time
from generators.units import Duration
from generators.zone import month_starts

_STEP = Duration.parse("5m")
_DAY = 86400
_YEAR_OF_MONTHS, _YEAR_OF_QUARTERS, _MONTHS_OF_QUARTER = 12, 4, 3


def follows(zone: str) -> bool:
    """Whether PromQL can tell when months start in the zone: by the clock of UTC, moved once or twice a year."""
    offsets = month_starts(zone)
    return offsets is not None and _summer(offsets) is not None


def now(calendar: Calendar, zone: str) -> Expr:
    """The number of this month (1 to 12) or quarter (1 to 4): of the zone, or of UTC where that can't be followed."""
    month = call("month", _clock(zone))
    return month if calendar is Calendar.MONTH else call("ceil", month / _MONTHS_OF_QUARTER)


def before(calendar: Calendar, zone: str) -> Expr:
    """The number of the month or quarter before this one."""
    many = _YEAR_OF_MONTHS if calendar is Calendar.MONTH else _YEAR_OF_QUARTERS
    return (now(calendar, zone) + (many - 2)) % many + 1


def numbered(rate: Expr, calendar: Calendar, zone: str) -> Expr:
    """The rate with the number of the month or quarter that it belongs to."""
    return on(rate * _labelled(now(calendar, zone), calendar), group="group_left", include=(calendar.value,))


def counted(how: str, series: Selector, number: Expr, calendar: Calendar, back: Duration) -> Expr:
    """The sum (or count) of the samples, one every 5 minutes, of the month or quarter with that number."""
    sums = over_time(how, series, back, step=_STEP)
    chosen = on(sums & _labelled(number, calendar), calendar.value)
    return Aggregate("sum", chosen, (calendar.value,), "without")


def seconds(calendar: Calendar, zone: str) -> Expr:
    """How long this month or quarter lasts. (2100, which is no leap year, is taken for one.)"""
    clock = _clock(zone)
    if calendar is Calendar.MONTH:
        return call("days_in_month", clock) * _DAY
    quarter = now(calendar, zone)
    leap = _is(call("year", clock) % _YEAR_OF_QUARTERS, 0)
    return (lift(92) - _is(quarter, 2) - _is(quarter, 1) * (lift(2) - leap)) * _DAY


def _is(value: Expr, number: int) -> Expr:
    return Binary("==", value, lift(number), keep_bool=True)


def _labelled(number: Expr, calendar: Calendar) -> Expr:
    return Aggregate("count_values", number, parameter=String(calendar.value))


def _clock(zone: str) -> Expr:
    """Now, as seconds on the clock of the zone; wrong by an hour in the middle of the month in which clocks move.

    Months that start in summer time are told by the clock of summer: it is only they that it is read for.
    """
    offsets = month_starts(zone)
    summer = _summer(offsets) if offsets else None
    if offsets is None or summer is None:
        return _ahead(timedelta())
    usual = min(offsets.values())
    if not summer:
        return _ahead(usual)
    ahead = _ahead(max(offsets.values()))
    month, (first, last) = call("month", ahead), (summer[0], summer[-1])
    inside = (month >= first) <= last if first <= last else (month >= first) | (month <= last)
    return (ahead & inside) | _ahead(usual)


def _ahead(offset: timedelta) -> Expr:
    moved = int(offset.total_seconds())
    return call("vector", call("time") + moved if moved else call("time"))


def _summer(offsets: Mapping[int, timedelta]) -> Sequence[int] | None:
    """The months that start in summer time, in their order through the year's turn; None for more than two clocks."""
    clocks = sorted(set(offsets.values()))
    if len(clocks) == 1:
        return ()
    summer = [month for month, offset in offsets.items() if offset == clocks[-1]]
    first = next(month for month in summer if _previous(month) not in summer)
    ordered = sorted(summer, key=lambda month: (month - first) % _YEAR_OF_MONTHS)
    unbroken = (ordered[-1] - first) % _YEAR_OF_MONTHS == len(ordered) - 1
    return ordered if unbroken and len(clocks) == len(("winter", "summer")) else None


def _previous(month: int) -> int:
    return month - 1 or _YEAR_OF_MONTHS
