"""Proofs of what saturations record beside their value: the mildest and the worst limit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generators import naming
from generators.model.catalog import Catalog, Service
from generators.proof.case import Case, Pace, Reading
from generators.proof.timeline import series_text

_NAMES = (naming.SATURATION_SOFT_LIMIT, naming.SATURATION_HARD_LIMIT)


def cases(catalog: Catalog, service: Service) -> Iterator[Case]:
    """One case for all of a service; they are there whatever is fed."""
    readings = tuple(_readings(service))
    if readings:
        name = f"{service.name}: the limits of resources are recorded"
        yield Case(name, Pace.of(catalog.platform), {}, readings=readings)


def _readings(service: Service) -> Iterator[Reading]:
    for signal in service.signals:
        limits = [t.limit.quantity.value for t in service.thresholds if t.signal.name == signal.name]
        for _name, labels, _expr in signal.kind.recordings(signal.scope) if limits else ():
            for name, limit in zip(_NAMES, (min(limits), max(limits)), strict=True):
                series = series_text(name, labels)
                yield Reading(Decimal(0), series, ((series, limit),))
