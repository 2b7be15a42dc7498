"""The SLO overview: what is left of each error budget, how fast it goes, and which tier would alert."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from generators import links, naming
from generators.dashboards.model import Dashboard, Row
from generators.dashboards.panel import Column, Line, Panel, Query
from generators.emit.dashboards import parts
from generators.model.catalog import Catalog, Service
from generators.model.ownership import Team
from generators.model.slo import Slo
from generators.naming import Label
from generators.promql import Expr, Selector, aggregate, metric, render
from generators.rules import slo_series as rules
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
    worst = {
        naming.SLO_OBJECTIVE: "max",
        naming.SLO_REMAINING: "min",
        naming.SLO_BURN_RATE: "max",
        naming.SLO_EXHAUSTION: "min",
    }
    low = (
        parts.line(Decimal("0.2"), catalog.severities[-1], "20% left"),
        parts.line(Decimal(0), catalog.severities[0], "spent"),
    )
    fast = (parts.line(Decimal(1), catalog.severities[-1], "sustainable"),)
    return Panel(
        key="overview",
        title="Error budgets",
        description=(
            "A negative budget is overspent. A burn rate of 1 spends exactly the budget over the period; at the rate "
            "of the last hour, it is spent within the time of the last column. Of several budgets of an SLO, the worst."
        ),
        kind="table",
        unit="percentunit",
        queries=tuple(
            Query(render(_by_slo(how, metric(name, **catalog.labels))), instant=True, format="table")
            for name, how in worst.items()
        ),
        columns=(
            Column(Label.SERVICE, "Service"),
            Column(Label.SLO, "SLO"),
            Column("Value #A", "Objective", "percentunit", decimals=3),
            Column("Value #B", "Budget left", "percentunit", low, "below", decimals=1, sort="ascending"),
            Column("Value #C", "Burn rate (1h)", "short", fast, decimals=2),
            Column("Value #D", "Spent in", "s", decimals=0),
        ),
        transformations=({"id": "merge", "options": {}},),
        width=24,
        height=8,
    )


def _by_slo(how: str, series: Selector) -> Expr:
    return aggregate(how, series, [Label.SERVICE, Label.SLO])


def _row(catalog: Catalog, service: Service, slo: Slo) -> Row:
    runbook = parts.link("Runbook", links.runbook(catalog, naming.burn_alert(service.name, slo.name)))
    series = " ".join(f"{{{{{label}}}}}" for label in slo.sli.by)
    key = links.panel_key(service.name, slo.name)
    ratios = Panel(
        key=key,
        title=f"{service.title} {slo.title}: error ratio",
        description=(
            f"{slo.description}\n\nShare of bad {slo.sli.noun} in each window. Lines: where each tier alerts.".strip()
        ),
        kind="timeseries",
        unit="percentunit",
        queries=tuple(
            Query(render(rules.recorded(catalog, slo, name)), f"{series} {shown}".strip())
            for name, shown in _windows(slo).items()
        ),
        lines=tuple(_lines(slo)),
        links=(runbook,),
        minimum=Decimal(0),
        width=12 if slo.period.calendar else 16,
    )
    left = Panel(
        key=f"{key}/budget",
        title=f"{service.title} {slo.title}: budget left",
        description=_what_is_left(slo),
        kind="timeseries",
        unit="percentunit",
        queries=(Query(render(rules.recorded(catalog, slo, naming.SLO_REMAINING)), series or "left"),),
        lines=(parts.line(Decimal(0), catalog.severities[0], "spent"),),
        direction="below",
        maximum=Decimal(1),
        links=(runbook,),
        width=8,
    )
    return Row(key, f"{service.title}: {slo.title}", (ratios, left, *_before(catalog, service, slo)))


def _windows(slo: Slo) -> dict[str, str]:
    """Every recorded ratio and what its line is called."""
    found = {name: str(window) for name, window in rules.ratios(slo).items()}
    return found | ({naming.period_ratio(slo.period): f"{slo.period} to date"} if slo.period.calendar else {})


def _what_is_left(slo: Slo) -> str:
    objective = f"objective {share_text(slo.objective)}"
    if slo.period.calendar is None:
        return f"Share of the error budget of {slo.period} that is left; {objective}."
    return (
        f"Share of the error budget of the whole {slo.period} that is left, taken that the rest of it has the traffic "
        f"of so far; {objective}."
    )


def _before(catalog: Catalog, service: Service, slo: Slo) -> Iterator[Panel]:
    """How the month or quarter before ended."""
    if stretch := slo.period.calendar:
        ratio = rules.recorded(catalog, slo, naming.last_period_ratio(stretch))
        series = " ".join(f"{{{{{label}}}}}" for label in slo.sli.by)
        yield Panel(
            key=f"{links.panel_key(service.name, slo.name)}/last",
            title=f"{service.title} {slo.title}: last {stretch}",
            description=f"Share of good {slo.sli.noun} of the whole {stretch} before this one.",
            kind="stat",
            unit="percentunit",
            queries=(Query(render(Decimal(1) - ratio), series or "good"),),
            lines=(parts.line(slo.objective, catalog.severities[0], "objective"),),
            direction="below",
            decimals=3,
            width=4,
        )


def _lines(slo: Slo) -> Iterator[Line]:
    for tier in slo.tiers:
        yield parts.line(slo.limit(tier), tier.severity, f"{tier.name} ({tier.long})")
