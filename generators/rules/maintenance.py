"""Announced work as a factor: 1 while events count, 0 while there is work and until its events have left a window."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import reduce

from generators.model.slo import Maintenance, Once, Weekly
from generators.promql import Binary, Expr, aggregate, call, lift, over_time
from generators.units import Duration

_WEEK = Duration.parse("7d")
_MONDAY = Decimal(4 * 86400)
"""The first Monday after 1970-01-01, which was a Thursday."""
_STEP = Duration.parse("30s")


def counting(works: tuple[Maintenance, ...], window: Duration) -> Expr | None:
    """1 where nothing has been going on over the window, else 0; None where nothing was announced."""
    factors = [lift(1) - _going_on(work, window) for work in works]
    return reduce(lambda left, right: left * right, factors) if factors else None


def _going_on(work: Maintenance, window: Duration) -> Expr:
    """1 during the work and as long after it as rates look back, else 0: a scalar."""
    match work.when:
        case Once(start=start, end=end):
            return _from(_seconds(start)) * _until(_seconds(end) + window.seconds)
        case Weekly(start=start, lasting=lasting):
            since = (call("time") + (2 * _WEEK.seconds - _MONDAY - start.seconds)) % _WEEK.seconds
            return _compared(since, "<", lasting.seconds + window.seconds)
        case expr:
            seen = over_time("present", expr, window, step=_STEP)
            return call("scalar", _compared(aggregate("count", seen), ">", Decimal(0)) | call("vector", lift(0)))


def _from(moment: Decimal) -> Expr:
    return _compared(call("time"), ">=", moment)


def _until(moment: Decimal) -> Expr:
    return _compared(call("time"), "<", moment)


def _compared(value: Expr, operator: str, limit: Decimal) -> Expr:
    return Binary(operator, value, lift(limit), keep_bool=True)


def _seconds(moment: datetime) -> Decimal:
    return Decimal(int(moment.timestamp()))
