"""The companion of each signal that is watched: an alert for when there is no data to watch."""

from __future__ import annotations

from collections.abc import Iterator

from generators import links, naming
from generators.model.catalog import Catalog, Service, Signal
from generators.naming import Category
from generators.promql import Expr, absent, render
from generators.rules import annotate
from generators.rules.group import Alert, Group


def groups(catalog: Catalog, service: Service) -> Iterator[Group]:
    """One alert for each distinct source of data of the service's watched signals."""
    watched = {t.signal.name for t in service.thresholds} | {s.signal.name for s in service.slos}
    sources: dict[Expr, Signal] = {}
    for signal in service.signals:
        if signal.name in watched and not signal.kind.vanishes:
            sources.setdefault(signal.kind.presence(signal.scope), signal)
    alerts = tuple(_alert(catalog, service, signal, series) for series, signal in sources.items())
    if alerts:
        yield Group(f"{service.name}.no-data", alerts)


def _alert(catalog: Catalog, service: Service, signal: Signal, series: Expr) -> Alert:
    defaults = catalog.platform.defaults
    severity = catalog.severity(defaults.no_data_severity)
    name = naming.no_data_alert(service.name, signal.name)
    description = (
        f"Prometheus has had no series for {render(series)} for {defaults.no_data_for}, so the alerts on "
        f'"{signal.title}" cannot fire. Is the exporter running, is it scraped, was the metric renamed?'
    )
    summary = f"{service.title}: no data for {signal.title}"
    message = annotate.Message(summary, description, links.signal_panel(catalog, service, signal))
    said = annotate.said(catalog, severity, name, message)
    labels = annotate.labels(catalog, service, severity, Category.NO_DATA, domain=service.domain)
    return Alert(name, absent(series), labels, said, defaults.no_data_for)
