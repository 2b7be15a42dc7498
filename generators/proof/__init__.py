"""Proofs that alerts do what the catalog says, made from the model and never from the rules that were written."""

from __future__ import annotations

from collections.abc import Iterator

from generators.model.catalog import Catalog, Service
from generators.proof import (
    absence,
    recorded,
    slo_budget,
    slo_events,
    slo_outage,
    slo_tiers,
    slo_windows,
    threshold,
    watchdog,
)
from generators.proof.case import Case, Unproven

PER_SERVICE = (
    threshold.cases,
    absence.cases,
    recorded.cases,
    slo_tiers.cases,
    slo_events.cases,
    slo_windows.cases,
    slo_budget.cases,
    slo_outage.cases,
)


def cases(catalog: Catalog, service: Service | None) -> Iterator[Case | Unproven]:
    """Every case of a service, and every alert that none could be made for; without a service, the platform's."""
    if service is None:
        yield from watchdog.cases(catalog)
        return
    for family in PER_SERVICE:
        yield from family(catalog, service)
