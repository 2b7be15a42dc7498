"""Events, good and bad: what an SLO is made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generators.promql import Expr, fill, positive


@dataclass(frozen=True, slots=True)
class Events:
    """Per-second rates of a part of the events (the bad ones, or the good ones) and of all events.

    Where a part `may_lack` series, no series of it means 0.
    """

    part: Expr
    total: Expr
    part_is_bad: bool = True
    may_lack: bool = False

    @property
    def bad(self) -> Expr:
        """The rate of bad events."""
        part = fill(self.part, self.total) if self.may_lack else self.part
        return part if self.part_is_bad else self.total - part

    def share(self, like: Expr) -> Expr:
        """The share of bad events, with as little read as can be: `like` has a series wherever there are events."""
        part = fill(self.part, like) if self.may_lack else self.part
        share = part / positive(self.total)
        return share if self.part_is_bad else Decimal(1) - share
