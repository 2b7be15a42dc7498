"""The SLO overview: what is left of each error budget, how fast it goes, and which tier would alert."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from generators import links, naming
from generators.dashboards.model import Dashboard, Row
from generators.dashboards.panel import Column, Line, Panel, Query
from generators.emit.dashboards import parts
from generators.model.catalog import Catalog, Service, Slo
from generators.model.ownership import Team
from generators.naming import Label
from generators.promql import metric, render
from generators.rules import slo as rules
from generators.rules.annotate import share_text
from generators.rules.bundle import Bundle

_PAGE = parts.Page(
    links.SLO_DASHBOARD,
    "SLO overview",
    "SLO",
    "Every SLO: its objective, what is left of its error budget, and how fast the budget burns.",
    ("slo",),
    "now-7d",
)


def dashboards(bundle: Bundle) -> Iterator[Dashboard]:
    """One overview, where the environment has SLOs; in a large catalog, the rows are on pages of their owners."""
    catalog = bundle.catalog
    pages = {links.SLO_DASHBOARD: _PAGE}
    rows = {links.SLO_DASHBOARD: [Row("overview", "All SLOs", (_table(catalog),))]}
    found = [(service, slo) for service in catalog.services for slo in service.slos]
    for service, slo in found:
        name = links.slo_dashboard(catalog, service.owner.name)
        pages.setdefault(name, _page_of(service.owner, name))
        rows.setdefault(name, []).append(_row(catalog, service, slo))
    for name, page in pages.items() if found else ():
        yield parts.dashboard(catalog, page, rows[name])


def _page_of(owner: Team, name: str) -> parts.Page:
    return replace(
        _PAGE,
        name=name,
        title=f"SLOs of {owner.title}",
        description=f"The SLOs of {owner.title}: what is left of each error budget, and where each tier alerts.",
    )


def _table(catalog: Catalog) -> Panel:
    names = (naming.SLO_OBJECTIVE, naming.SLO_REMAINING, naming.SLO_BURN_RATE)
    low = (
        parts.line(Decimal("0.2"), catalog.severities[-1], "20% left"),
        parts.line(Decimal(0), catalog.severities[0], "spent"),
    )
    fast = (parts.line(Decimal(1), catalog.severities[-1], "sustainable"),)
    return Panel(
        key="overview",
        title="Error budgets",
        description="A negative budget is overspent. A burn rate of 1 spends exactly the budget over the period.",
        kind="table",
        unit="percentunit",
        queries=tuple(Query(render(metric(n, **catalog.labels)), instant=True, format="table") for n in names),
        columns=(
            Column(Label.SERVICE, "Service"),
            Column(Label.SLO, "SLO"),
            Column("Value #A", "Objective", "percentunit", decimals=3),
            Column("Value #B", "Budget left", "percentunit", low, "below", decimals=1, sort="ascending"),
            Column("Value #C", "Burn rate (1h)", "short", fast, decimals=2),
        ),
        transformations=({"id": "merge", "options": {}},),
        width=24,
        height=8,
    )


def _row(catalog: Catalog, service: Service, slo: Slo) -> Row:
    runbook = parts.link("Runbook", links.runbook(catalog, naming.burn_alert(service.name, slo.name)))
    series = " ".join(f"{{{{{label}}}}}" for label in slo.signal.kind.by)
    key = links.panel_key(service.name, slo.name)
    ratios = Panel(
        key=key,
        title=f"{service.title} {slo.title}: error ratio",
        description=f"{slo.description}\n\nShare of bad events in each window. Lines: where each tier alerts.".strip(),
        kind="timeseries",
        unit="percentunit",
        queries=tuple(
            Query(render(rules.recorded(catalog, slo, naming.error_ratio(w))), f"{series} {w}".strip())
            for w in rules.windows(slo)
        ),
        lines=tuple(_lines(catalog, slo)),
        links=(runbook,),
        minimum=Decimal(0),
        width=16,
    )
    left = Panel(
        key=f"{key}/budget",
        title=f"{service.title} {slo.title}: budget left",
        description=f"Share of the error budget of {slo.period} that is left; objective {share_text(slo.objective)}.",
        kind="timeseries",
        unit="percentunit",
        queries=(Query(render(rules.recorded(catalog, slo, naming.SLO_REMAINING)), series or "left"),),
        lines=(parts.line(Decimal(0), catalog.severities[0], "spent"),),
        direction="below",
        maximum=Decimal(1),
        links=(runbook,),
        width=8,
    )
    return Row(key, f"{service.title}: {slo.title}", (ratios, left))


def _lines(catalog: Catalog, slo: Slo) -> Iterator[Line]:
    defaults = catalog.platform.defaults
    for tier in rules.tiers(slo):
        severity = catalog.severity(defaults.slo_page_severity if tier.pages else defaults.slo_ticket_severity)
        yield parts.line(tier.factor(slo.period) * slo.budget, severity, f"{tier.name} ({tier.long})")
