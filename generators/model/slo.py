"""An SLO, linked and complete: what it counts, its objective and period, and the tiers of its burn-rate alerts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from generators.model.ownership import Severity
from generators.model.page import Page
from generators.model.signal import Origin
from generators.model.sli import Sli
from generators.period import Period
from generators.promql import Expr
from generators.units import Duration

_LEAST_FACTOR = Decimal("0.9")


@dataclass(frozen=True, slots=True)
class Tier:
    """A burn rate that is alerted on: so much of the budget within `long`, still burning within `short`."""

    name: str
    long: Duration
    short: Duration
    spends: Decimal
    pages: bool
    severity: Severity
    hold: Duration | None = None

    def factor(self, period: Period) -> Decimal:
        """How many times faster than sustainable the budget burns: 2 % of 30 days within an hour *is* 14.4."""
        return self.spends * period.length.seconds / self.long.seconds


@dataclass(frozen=True, slots=True)
class Once:
    """From one moment to another."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Weekly:
    """Every week, `start` after Monday 00:00 UTC, for so long."""

    start: Duration
    lasting: Duration


@dataclass(frozen=True, slots=True)
class Maintenance:
    """Work that was announced: what happens meanwhile is not counted."""

    name: str
    title: str
    when: Once | Weekly | Expr


@dataclass(frozen=True, slots=True)
class Slo:
    """An objective for the share of good events; `budget` is the share that may be bad."""

    name: str
    service: str
    sli: Sli
    objective: Decimal
    period: Period
    table: tuple[Tier, ...]
    title: str
    description: str
    playbook: Page | None
    min_bad_events: int
    traffic: Decimal | None
    no_data_severity: Severity
    maintenance: tuple[Maintenance, ...]
    origin: Origin = field(compare=False, repr=False)

    @property
    def budget(self) -> Decimal:
        return 1 - self.objective

    def limit(self, tier: Tier) -> Decimal:
        """The share of bad events beyond which a tier alerts."""
        return tier.factor(self.period) * self.budget

    def reachable(self, tier: Tier) -> bool:
        """Whether events can be that bad: where the factor times the budget is 1 or more, they can't."""
        return self.limit(tier) < 1

    def matters(self, tier: Tier) -> bool:
        """Whether the budget would not outlast the period at that rate.

        28 days make a factor of 0.93 of what is 1 for 30, which is close enough.
        """
        return tier.factor(self.period) >= _LEAST_FACTOR

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The tiers of its table that make sense, the fastest first."""
        return tuple(tier for tier in self.table if self.reachable(tier) and self.matters(tier))
