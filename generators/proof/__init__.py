"""Proofs that alerts do what the catalog says, made from the model and never from the rules that were written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generators.model.catalog import Catalog, Service
from generators.naming import NO_DATA_PART, slo_part
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
from generators.proof.slo import Proof

PER_SERVICE = (threshold.cases, recorded.cases)
PER_SLO = (slo_tiers.cases, slo_events.cases, slo_windows.cases, slo_budget.cases, slo_outage.cases)


def cases(catalog: Catalog, service: Service | None) -> Iterator[Case | Unproven]:
    """Every case of a service, and every alert that none could be made for; without a service, the platform's."""
    if service is None:
        yield from watchdog.cases(catalog)
        return
    for family in PER_SERVICE:
        yield from family(catalog, service)
    for slo in service.slos:
        yield from _of_slo(Proof(catalog, service, slo))
    for case in absence.cases(catalog, service):
        yield replace(case, part=NO_DATA_PART, rules=_all_parts(service)) if isinstance(case, Case) else case


def _of_slo(proof: Proof) -> Iterator[Case | Unproven]:
    part = slo_part(proof.slo.name)
    rules = (part, "") if proof.reads_recorded else (part,)
    for family in PER_SLO:
        yield from (replace(case, part=part, rules=rules) for case in family(proof))
    if why := proof.unprovable:
        yield Unproven(f"{proof.name} from raw events", why, part)


def _all_parts(service: Service) -> tuple[str, ...]:
    return ("", *(slo_part(slo.name) for slo in service.slos))
