"""The dashboards that the catalog names: a row for each service, a panel for each of its signals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from generators import links, naming
from generators.dashboards.model import Dashboard, Row
from generators.dashboards.panel import Column, Line, Link, Panel, Query
from generators.dashboards.variables import QueryVariable
from generators.emit.dashboards import parts
from generators.inventory import entry
from generators.model.catalog import Catalog, Service, Threshold
from generators.model.signal import Signal
from generators.model.wording import limit_in_words
from generators.promql import Matcher, MatchOp, Selector, render
from generators.promql.rewrite import rewrite
from generators.rules.bundle import Bundle
from generators.spec.service import DashboardSpec
from generators.units import Dimension

_ALERT_COLUMNS = (Column("severity", "Severity", sort="ascending"), Column("alertname", "Alert"))


def dashboards(bundle: Bundle) -> Iterator[Dashboard]:
    """One for each dashboard document that has services."""
    catalog = bundle.catalog
    for spec in catalog.dashboards:
        services = _shown_on(catalog, spec)
        if services:
            yield _dashboard(catalog, spec, services)


def _shown_on(catalog: Catalog, spec: DashboardSpec) -> list[Service]:
    order = {name: place for place, name in enumerate(spec.services)}
    found = [s for s in catalog.services if s.dashboard == spec.dashboard]
    return sorted(found, key=lambda s: (order.get(s.name, len(order)), s.name))


def _dashboard(catalog: Catalog, spec: DashboardSpec, services: list[Service]) -> Dashboard:
    rows = [_row(catalog, service) for service in services]
    owners = sorted({f"owner:{service.owner.name}" for service in services})
    page = parts.Page(spec.dashboard, spec.title, spec.folder, spec.description, tuple(owners))
    return parts.dashboard(catalog, page, rows, _variables(services, rows))


def _row(catalog: Catalog, service: Service) -> Row:
    panels = tuple(_panel(catalog, service, signal) for signal in service.signals if signal.kind.panel)
    return Row(service.name, service.title, (_about(service), _alerts(catalog, service), *panels))


def _about(service: Service) -> Panel:
    owner = service.owner
    lines = [
        f"**{service.title}** · tier {service.tier} · owner **{owner.title}**"
        + (f" ({owner.slack_channel})" if owner.slack_channel else ""),
        service.description,
        "Depends on: " + ", ".join(service.depends_on) if service.depends_on else "",
    ]
    return Panel(
        key=f"{service.name}/about",
        title=f"About {service.title}",
        description=f"Who owns {service.title}, and what it needs.",
        kind="text",
        text="\n\n".join(line for line in lines if line),
        width=12,
        height=4,
    )


def _alerts(catalog: Catalog, service: Service) -> Panel:
    return Panel(
        key=f"{service.name}/alerts",
        title=f"Firing alerts of {service.title}",
        description="Alerts of this service that fire now, by severity. Empty is good.",
        kind="table",
        unit="short",
        queries=(Query(render(parts.firing(catalog, service=service.name)), instant=True, format="table"),),
        columns=_ALERT_COLUMNS,
        no_value="No alerts",
        width=12,
        height=4,
    )


def _panel(catalog: Catalog, service: Service, signal: Signal) -> Panel:
    unit = signal.kind.unit(signal.scope)
    thresholds = [t for t in service.thresholds if t.signal.name == signal.name]
    share = unit.dimension is Dimension.RATIO and unit.per_base == 1
    return Panel(
        key=links.panel_key(service.name, signal.name),
        title=signal.title,
        description=signal.kind.description or f"{signal.title}.",
        kind="timeseries",
        unit=parts.grafana_unit(unit),
        queries=tuple(_queries(signal)),
        lines=tuple(_line(t) for t in thresholds),
        direction="below" if any(t.limit.comparison in ("below", "at_most") for t in thresholds) else "above",
        links=tuple(_links(catalog, thresholds)),
        minimum=Decimal(0) if share else None,
        width=12,
        height=8,
    )


def _queries(signal: Signal) -> Iterator[Query]:
    by = signal.kind.by
    series = " ".join(f"{{{{{label}}}}}" for label in by)
    for legend, expr in signal.kind.shown(signal.scope):
        chosen = rewrite(expr, lambda node: _chosen(node, signal) if isinstance(node, Selector) else node)
        yield Query(render(chosen), f"{series} {legend}".strip() or signal.title)


def _chosen(selector: Selector, signal: Signal) -> Selector:
    """The selector narrowed to what the dashboard's variables choose, for the labels that it has."""
    found = entry(signal.scope.inventory, selector.metric)
    known = {*(found[1].labels if found else ()), "job", "instance"}
    recorded = selector.metric == naming.SATURATION
    said = {m.label for m in selector.matchers}
    labels = [label for label in signal.choosable if (recorded or label in known) and label not in said]
    more = (Matcher(label, MatchOp.REGEX, f"${naming.variable(signal.service, label)}") for label in labels)
    return replace(selector, matchers=tuple(sorted((*selector.matchers, *more))))


def _line(threshold: Threshold) -> Line:
    value = threshold.limit.quantity.in_unit(threshold.signal.kind.unit(threshold.signal.scope))
    said = f"{limit_in_words(threshold.limit)} for {threshold.hold}, {threshold.alert}"
    return parts.line(value, threshold.severity, said)


def _links(catalog: Catalog, thresholds: list[Threshold]) -> Iterator[Link]:
    for alert in dict.fromkeys(t.alert for t in thresholds):
        yield parts.link(f"Runbook: {alert}", links.runbook(catalog, alert))


def _variables(services: list[Service], rows: list[Row]) -> Iterator[QueryVariable]:
    """For each service, a variable for each label its queries ask for, filled from the first signal that keeps it."""
    asked = {name for row in rows for panel in row.panels for query in panel.queries for name in _asked(query)}
    for service in services:
        for signal in service.signals:
            for label in signal.choosable if signal.kind.panel else ():
                name = naming.variable(service.name, label)
                if name in asked:
                    asked.remove(name)
                    title = f"{service.title} {label.replace('_', ' ')}"
                    yield parts.label_variable(name, title, label, render(signal.kind.presence(signal.scope)))


def _asked(query: Query) -> list[str]:
    return re.findall(r'=~"\$(\w+)"', query.expr)
