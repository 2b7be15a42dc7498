"""SLOs to groups of rules: one each, and one more for what is told of the month or quarter before."""

from __future__ import annotations

from collections.abc import Iterator

from generators import naming
from generators.model.catalog import Catalog, Service
from generators.model.slo import Slo
from generators.rules import sloth_names
from generators.rules.group import Group
from generators.rules.slo_alerts import alerts
from generators.rules.slo_recordings import last_period, past, recordings
from generators.units import Duration

_LAST_PERIOD_EVERY = Duration.parse("2m")
"""Often enough for a series to go on: Prometheus forgets a sample after 5 minutes."""
_HISTORY_EVERY = Duration.parse("1m")
"""What is filled in is read every 5 minutes, and no sample may be older than that."""


def groups(catalog: Catalog, service: Service) -> Iterator[Group]:
    """The rules of every SLO of a service."""
    for slo in service.slos:
        yield from groups_of(catalog, service, slo)


def groups_of(catalog: Catalog, service: Service, slo: Slo) -> Iterator[Group]:
    """The rules of one SLO, in the order in which they read each other."""
    name, part = f"{service.name}.slo.{slo.name}", naming.slo_part(slo.name)
    compatible = sloth_names.recordings(catalog, slo) if "sloth" in catalog.platform.compatibility else ()
    yield Group(name, (*recordings(catalog, service, slo), *compatible, *alerts(catalog, service, slo)), part=part)
    if stretch := slo.period.calendar:
        yield Group(f"{name}.last_{stretch}", (last_period(catalog, slo, stretch),), _LAST_PERIOD_EVERY, part)


def history(catalog: Catalog, service: Service) -> Iterator[Group]:
    """What is filled in from raw series for a new SLO: a group each."""
    for slo in service.slos:
        yield Group(f"{service.name}.slo.{slo.name}", tuple(past(catalog, slo)), _HISTORY_EVERY)
