"""The burn rates that pyrra alerts on: made for four weeks, and stretched to other periods."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from generators.interchange.objective import Tier
from generators.units import Duration

_FOUR_WEEKS = Duration.parse("4w")
_MINUTE, _LEAST, _HOUR = Decimal(60), Duration.parse("5m"), Duration.parse("1h")
# name, long, short, for, factor, pages: pyrra's slo/slo.go, `Windows`, for 28 days
_ROWS = (
    ("fast", "1h", "5m", "2m", 14, True),
    ("medium", "6h", "30m", "15m", 7, True),
    ("slow", "1d", "2h", "1h", 2, False),
    ("long", "4d", "6h", "3h", 1, False),
)


def tiers(period: Duration) -> tuple[tuple[Tier, ...], str]:
    """The tiers for a period, and what had to be rounded for rules that look back in steps of 5 minutes."""
    scale = period.seconds / _FOUR_WEEKS.seconds
    found, rounded = [], []
    for name, long, short, hold, factor, pages in _ROWS:
        windows = [_minutes(Duration.parse(text), scale) for text in (long, short)]
        usable = [_usable(window) for window in windows]
        rounded += [f"{was} is {now}" for was, now in zip(windows, usable, strict=True) if was != now]
        spends = factor * usable[0].seconds / period.seconds
        found.append(Tier(name, usable[0], usable[1], spends, pages, _minutes(Duration.parse(hold), scale)))
    return tuple(found), f"windows of alerts are whole steps of 5m: {', '.join(rounded)}" if rounded else ""


def _minutes(window: Duration, scale: Decimal) -> Duration:
    minutes = (window.seconds * scale / _MINUTE).to_integral_value(ROUND_HALF_UP)
    return Duration(minutes * _MINUTE)


def _usable(window: Duration) -> Duration:
    if window <= _HOUR:
        return max(window, _LEAST)
    steps = (window.seconds / _LEAST.seconds).to_integral_value(ROUND_HALF_UP)
    return Duration(steps * _LEAST.seconds)
