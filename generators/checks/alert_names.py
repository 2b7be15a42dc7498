"""Two alerts have the same name, or names that differ only in capitals.

Why: Prometheus evaluates both, but people, runbook pages and Alertmanager tell them apart by name alone, and which
of the two values, descriptions and pages is seen is left to chance.

Instead: rename one of the thresholds, signals or SLOs, or give a threshold a `name:` of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generators import naming
from generators.diagnostics import Diagnostic, Location
from generators.model.catalog import Service
from generators.rules.bundle import Bundle

CODE = "duplicate-alert"


@dataclass(frozen=True, slots=True)
class _Name:
    """An alert name, what has it, and where the catalog says so."""

    alert: str
    owner: str
    place: Location


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """Alert names that several things share."""
    there = {alert.name for alert in bundle.alerts}
    seen = {naming.WATCHDOG.casefold(): "the watchdog", naming.RUNBOOK_INDEX.casefold(): "the list of all pages"}
    for service in bundle.catalog.services:
        for name in (*_told(service), *_companions(service)):
            owner = seen.setdefault(name.alert.casefold(), name.owner) if name.alert in there else name.owner
            if owner != name.owner:
                message = f"the alert name {name.alert} already belongs to {owner}"
                hint = "rename one of them, or give the threshold a `name:` of its own"
                yield Diagnostic(CODE, message, name.place, hint, subject=name.owner)


def _told(service: Service) -> Iterator[_Name]:
    for threshold in service.thresholds:
        origin = threshold.origin
        place = origin.at("name") if origin.says("name") else origin.at(key=True)
        yield _Name(threshold.alert, f"{service.name}.{threshold.name}", place)


def _companions(service: Service) -> Iterator[_Name]:
    for slo in service.slos:
        owner, place = f"{service.name}.{slo.name}", slo.origin.at(key=True)
        yield _Name(naming.burn_alert(service.name, slo.name), owner, place)
        yield _Name(naming.slo_no_data_alert(service.name, slo.name), owner, place)
    for signal in service.signals:
        owner, place = f"{service.name}.{signal.name}", signal.origin.at(key=True)
        limits = [t.limit.quantity for t in service.thresholds if t.signal is signal]
        for part in signal.kind.sources(signal.scope, limits):
            yield _Name(naming.no_data_alert(service.name, signal.name, part), owner, place)
