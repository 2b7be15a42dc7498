"""What every format is read into: services and their objectives, still under the names that the source gives them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from generators.diagnostics import Location
from generators.interchange.notes import Note
from generators.promql import Expr
from generators.signals.limit import Comparison
from generators.units import Duration


@dataclass(frozen=True, slots=True)
class Counted:
    """Events: how many there are, and how many of them are bad, or else good."""

    total: Expr
    bad: Expr | None = None
    good: Expr | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """The share of bad events as one expression."""

    bad: Expr


@dataclass(frozen=True, slots=True)
class Value:
    """A value that is good or bad by itself, without events."""

    expr: Expr


Indicator = Counted | Share | Value


@dataclass(frozen=True, slots=True)
class Tier:
    """A burn rate that is alerted on: so much of the budget within `long`, still burning within `short`."""

    name: str
    long: Duration
    short: Duration
    spends: Decimal
    pages: bool
    hold: Duration | None = None


@dataclass(frozen=True, slots=True)
class Slices:
    """Slices of time, bad where the value compares like this."""

    of: Duration
    comparison: Comparison
    limit: Decimal


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator under a name, and where the source says it.

    `is_boolean` says of a value that it is 0 or 1, `is_timed` that each moment counts the same, however many events
    it has.
    """

    name: str
    indicator: Indicator
    place: Location
    is_boolean: bool = False
    is_timed: bool = False


@dataclass(frozen=True, slots=True)
class Objective:
    """An SLO: a share of good events (or slices) over a period.

    `of` names other objectives of the same service that it is made of, instead of an indicator. `refusal` says why
    it can't be expressed; `tiers` is None where the workbook's apply.
    """

    service: str
    name: str
    place: Location
    target: Decimal
    period: str
    measured: Measured | None = None
    of: tuple[str, ...] = ()
    title: str = ""
    description: str = ""
    tiers: tuple[Tier, ...] | None = None
    slices: Slices | None = None
    notes: tuple[Note, ...] = ()
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A name and where the source has it."""

    name: str
    place: Location


@dataclass(frozen=True, slots=True)
class Party:
    """One document about a service: several of one service are merged. `owners` are the teams that it names."""

    service: Named
    owners: tuple[Named, ...] = ()
    title: str = ""
    description: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """Everything that was read. `notes` are about no service."""

    parties: tuple[Party, ...]
    objectives: tuple[Objective, ...]
    notes: tuple[Note, ...] = field(default=())
