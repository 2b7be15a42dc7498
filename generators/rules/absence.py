"""The companion of each signal that is watched: an alert for when there is no data to watch."""

from __future__ import annotations

from collections.abc import Iterator

from generators import links, naming
from generators.model.catalog import Catalog, Service
from generators.model.ownership import Severity
from generators.model.signal import Signal
from generators.naming import Category
from generators.promql import Selector, absent, render
from generators.rules import annotate
from generators.rules.group import Alert, Group
from generators.units import Quantity


def groups(catalog: Catalog, service: Service) -> Iterator[Group]:
    """One alert for each distinct source of data of the service's watched signals."""
    found: dict[Selector, tuple[Signal, str]] = {}
    for signal in service.signals:
        limits = _limits(service, signal)
        if limits is not None and not signal.kind.vanishes:
            for part, series in signal.kind.sources(signal.scope, limits).items():
                found.setdefault(series, (signal, part))
    alerts = tuple(_alert(catalog, service, *of, series) for series, of in found.items())
    if alerts:
        yield Group(f"{service.name}.no-data", alerts)


def _limits(service: Service, signal: Signal) -> list[Quantity] | None:
    """The limits at which the signal is watched; None where it is not."""
    limits = [t.limit.quantity for t in service.thresholds if t.signal.name == signal.name]
    key = (signal.service, signal.name)
    slis = [slo.sli for slo in service.slos if key in ((s.service, s.name) for s in slo.sli.signals)]
    return [*limits, *(limit for sli in slis for limit in sli.limits)] if limits or slis else None


def _alert(catalog: Catalog, service: Service, signal: Signal, part: str, series: Selector) -> Alert:
    wait = catalog.platform.defaults.no_data_for
    severity = _severity(catalog, service, signal)
    name = naming.no_data_alert(service.name, signal.name, part)
    description = (
        f"Prometheus has had no series for {render(series)} for {wait}, so the alerts on "
        f'"{signal.title}" cannot fire. Is the exporter running, is it scraped, was the metric renamed?'
    )
    what = f"{signal.title} ({part})" if part else signal.title
    panel = links.signal_panel(catalog, service, signal)
    message = annotate.Message(f"{service.title}: no data for {what}", description, panel)
    said = annotate.said(catalog, severity, name, message)
    labels = annotate.labels(catalog, service, severity, Category.NO_DATA, domain=service.domain)
    return Alert(name, absent(series), labels, said, wait)


def _severity(catalog: Catalog, service: Service, signal: Signal) -> Severity:
    """The platform's for missing data; where the signal tells that a service is down, no data may mean that too."""
    ranks = {catalog.severity(catalog.platform.defaults.no_data_severity).rank}
    if signal.kind.tells_down:
        ranks |= {t.severity.rank for t in service.thresholds if t.signal.name == signal.name}
    return catalog.severities[min(ranks) - 1]
