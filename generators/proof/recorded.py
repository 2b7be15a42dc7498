"""Proofs of what saturations record beside their value: the mildest and the worst limit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generators import naming
from generators.model.catalog import Catalog, Service
from generators.proof.case import Case, Reading
from generators.proof.timeline import series_text


def cases(catalog: Catalog, service: Service) -> Iterator[Case]:
    """One case for all of a service; they are there whatever is fed."""
    readings = tuple(_readings(service))
    if readings:
        platform = catalog.platform
        yield Case(
            f"{service.name}: the limits of resources are recorded",
            {},
            readings=readings,
            scrape=platform.scrape_interval,
            evaluation=platform.evaluation_interval,
        )


def _readings(service: Service) -> Iterator[Reading]:
    for signal in service.signals:
        limits = [t.limit.quantity.value for t in service.thresholds if t.signal.name == signal.name]
        for _name, labels, _expr in signal.kind.recordings(signal.scope) if limits else ():
            for name, limit in ((naming.SATURATION_SOFT_LIMIT, min(limits)), (naming.SATURATION_HARD_LIMIT, max(limits))):
                series = series_text(name, {str(k): v for k, v in labels.items()})
                yield Reading(Decimal(0), series, ((series, limit),))
