"""The weekly operations review: alert volume, burn of the error budgets, capacity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from generators import naming
from generators.dashboards.model import Dashboard, Row
from generators.dashboards.panel import Panel, Query
from generators.emit.dashboards import parts
from generators.model.catalog import Catalog
from generators.naming import Label
from generators.promql import Aggregate, Expr, Number, Selector, Subquery, aggregate, call, metric, over_time, render
from generators.rules.bundle import Bundle
from generators.units import Duration

_WEEK = Duration.parse("7d")
_STEP = Duration.parse("5m")
_HOUR = Duration.parse("1h")
_PAGE = parts.Page(
    "ops-review",
    "Weekly operations review",
    "Platform",
    "Alert volume, burn of the error budgets and capacity over the last week, for the weekly review.",
    ("ops-review",),
    "now-7d",
)


def dashboards(bundle: Bundle) -> Iterator[Dashboard]:
    """One page for the meeting; its numbers are of the last seven days."""
    catalog = bundle.catalog
    rows = [Row("volume", "Alert volume", tuple(_volume(catalog)))]
    if any(service.slos for service in catalog.services):
        rows.append(Row("burn", "SLO burn", tuple(_burn(catalog))))
    rows.append(Row("capacity", "Capacity", (_capacity(catalog),)))
    yield parts.dashboard(catalog, _PAGE, rows)


def _volume(catalog: Catalog) -> Iterator[Panel]:
    alerts = parts.firing(catalog)
    yield Panel(
        key="by-team",
        title="Alert hours by team and severity",
        description="Hours of firing alerts in the last 7 days.",
        kind="bargauge",
        unit="h",
        queries=(Query(render(_hours(alerts, Label.TEAM, Label.SEVERITY)), "{{team}} {{severity}}", instant=True),),
    )
    yield Panel(
        key="by-alert",
        title="The ten noisiest alerts",
        description="Hours of firing in the last 7 days.",
        kind="bargauge",
        unit="h",
        queries=(Query(render(_top(_hours(alerts, Label.ALERT, Label.SERVICE))), "{{alertname}}", instant=True),),
    )
    yield Panel(
        key="firing",
        title="Firing alerts",
        description="How many alerts fire, by severity.",
        kind="timeseries",
        unit="short",
        queries=(Query(render(aggregate("count", alerts, [Label.SEVERITY])), "{{severity}}"),),
        width=24,
    )


def _burn(catalog: Catalog) -> Iterator[Panel]:
    remaining = metric(naming.SLO_REMAINING, **catalog.labels)
    legend = "{{service}} {{slo}}"
    yield Panel(
        key="budget",
        title="Error budget left",
        description="Each SLO's remaining budget.",
        kind="timeseries",
        unit="percentunit",
        queries=(Query(render(aggregate("min", remaining, [Label.SERVICE, Label.SLO])), legend),),
    )
    yield Panel(
        key="burned",
        title="Budget spent in the last week",
        description="Share of the whole budget, the most first.",
        kind="bargauge",
        unit="percentunit",
        queries=(Query(render(_top(_spent(remaining))), legend, instant=True),),
    )


def _capacity(catalog: Catalog) -> Panel:
    used = over_time("max", metric(naming.SATURATION, **catalog.labels), _HOUR)
    worst = aggregate("max", used, [Label.SERVICE, Label.RESOURCE])
    return Panel(
        key="capacity",
        title="Used, worst of each hour",
        description="Capacity trends of the week.",
        kind="timeseries",
        unit="percentunit",
        queries=(Query(render(worst), "{{service}} {{resource}}"),),
        width=24,
    )


def _hours(alerts: Selector, *by: str) -> Expr:
    """Firing alerts at every step of the week, times the length of a step."""
    sampled = call("count_over_time", Subquery(alerts, _WEEK, _STEP))
    return aggregate("sum", sampled, by) * _STEP.seconds / _HOUR.seconds


def _spent(remaining: Selector) -> Expr:
    return aggregate("max", replace(remaining, offset=_WEEK.seconds) - remaining, [Label.SERVICE, Label.SLO])


def _top(expr: Expr) -> Expr:
    return Aggregate("topk", expr, parameter=Number(Decimal(10)))
