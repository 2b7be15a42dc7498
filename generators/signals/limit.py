"""What a value is compared with, as a threshold or a time slice says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generators.promql import Binary, Expr, Number
from generators.units import RATIO, Quantity

Comparison = Literal["above", "below", "at_least", "at_most"]
OPERATORS: Mapping[Comparison, str] = {"above": ">", "below": "<", "at_least": ">=", "at_most": "<="}


@dataclass(frozen=True, slots=True)
class Limit:
    """What a value is compared with: the quantity as written, and what the kind needs besides."""

    comparison: Comparison
    quantity: Quantity
    quantile: Decimal | None = None
    min_bad_events: int = 1


def compare(value: Expr, comparison: Comparison, limit: Decimal) -> Expr:
    """`value <operator> limit`."""
    return Binary(OPERATORS[comparison], value, Number(limit))


def share_limit(limit: Limit) -> Decimal:
    """The limit of a share. Raises ValueError for one that nothing or everything crosses."""
    value, comparison = limit.quantity.in_unit(RATIO), limit.comparison
    if not 0 <= value <= 1:
        raise ValueError(f"a share is between 0% and 100%, never {limit.quantity}")
    if (value == 1 and comparison == "above") or (value == 0 and comparison == "below"):
        raise ValueError(f"no share is ever {comparison.replace('_', ' ')} {limit.quantity}")
    return value
