"""The multi-window, multi-burn-rate tiers of the SRE workbook ("Alerting on SLOs", table 5-8), as a table.

The factor is derived: spending 2 % of a 30-day budget within an hour *is* burning 14.4 times too fast.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generators.units import Duration


@dataclass(frozen=True, slots=True)
class Tier:
    """A burn rate that is alerted on: so much of the budget within `long`, still burning within `short`."""

    name: str
    long: Duration
    short: Duration
    spends: Decimal
    pages: bool

    def factor(self, period: Duration) -> Decimal:
        """How many times faster than sustainable the budget of the period burns."""
        return self.spends * period.seconds / self.long.seconds


def _tier(name: str, long: str, short: str, spends: str, pages: bool) -> Tier:
    return Tier(name, Duration.parse(long), Duration.parse(short), Decimal(spends), pages)


TIERS = (
    _tier("fast", "1h", "5m", "0.02", pages=True),
    _tier("medium", "6h", "30m", "0.05", pages=True),
    _tier("slow", "1d", "2h", "0.10", pages=False),
    _tier("long", "3d", "6h", "0.10", pages=False),
)
