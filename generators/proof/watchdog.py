"""The proof of the dead man's switch: it fires whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generators.model.catalog import Catalog
from generators.proof.case import Case, Check, Pace
from generators.proof.expected import firing
from generators.rules import watchdog
from generators.rules.group import Alert


def cases(catalog: Catalog) -> Iterator[Case]:
    """One case for what the platform has of its own."""
    pace = Pace.of(catalog.platform)
    for group in watchdog.groups(catalog):
        for rule in group.rules:
            assert isinstance(rule, Alert)
            always = (firing(rule, {}, Decimal(1)),)
            checks = tuple(Check(at, rule.name, always) for at in (Decimal(0), 10 * pace.tick))
            yield Case(f"{rule.name}: always", pace, {}, checks=checks)
