"""A proof: input series, and what has to fire when. Free of any file format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from generators.units import Duration

ALONE = frozenset(("*",))
"""The claim of a case that nothing may be fed beside."""


@dataclass(frozen=True, slots=True)
class Firing:
    """An alert that has to be firing; without `annotations` only its labels are looked at."""

    labels: Mapping[str, str]
    annotations: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """At that second, exactly these alerts of that name fire."""

    at: Decimal
    alert: str
    firing: tuple[Firing, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """At that second, the expression has these labels (as PromQL writes them) and values, and no others."""

    at: Decimal
    expr: str
    samples: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What is fed and what has to follow. `claims` are the series that no other case may feed at the same time."""

    name: str
    inputs: Mapping[str, str]
    checks: tuple[Check, ...] = ()
    readings: tuple[Reading, ...] = ()
    claims: frozenset[str] = frozenset()
    scrape: Duration = Duration(Decimal(15))
    evaluation: Duration = Duration(Decimal(30))


@dataclass(frozen=True, slots=True)
class Unproven:
    """An alert that no case could be made for, and why."""

    alert: str
    why: str
