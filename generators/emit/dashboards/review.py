"""The weekly operations review: alert volume, burn of the error budgets, capacity."""

from __future__ import annotations

from collections.abc import Iterator

from generators import naming
from generators.dashboards.model import Dashboard, Row
from generators.dashboards.panel import Panel, Query
from generators.emit.dashboards import parts
from generators.model.catalog import Catalog
from generators.naming import Label
from generators.promql import Expr, Matcher, MatchOp, aggregate, metric, over_time, render
from generators.promql.nodes import Selector, Subquery
from generators.promql import call
from generators.rules.bundle import Bundle
from generators.units import Duration

_WEEK = Duration.parse("7d")
_STEP = Duration.parse("5m")


def dashboards(bundle: Bundle) -> Iterator[Dashboard]:
    """One page for the meeting; its numbers are of the last seven days and the week before."""
    catalog = bundle.catalog
    yield parts.dashboard(
        catalog,
        "ops-review",
        "Weekly operations review",
        "Platform",
        "Alert volume, burn of the error budgets and capacity over the last week, for the weekly review.",
        _rows(catalog),
        tags=("ops-review",),
        time_from="now-7d",
    )


def _rows(catalog: Catalog) -> Iterator[Row]:
    alerts = _alerts(catalog)
    volume = (
        _table(
            "by-team",
            "Alert hours by team and severity",
            "Hours of firing alerts in the last 7 days.",
            _hours(alerts, Label.TEAM, Label.SEVERITY),
        ),
        _table(
            "by-alert",
            "The ten noisiest alerts",
            "Hours of firing in the last 7 days.",
            _top(_hours(alerts, Label.ALERT, Label.SERVICE)),
        ),
        _graph(
            "firing",
            "Firing alerts",
            "How many alerts fire, by severity.",
            "short",
            aggregate("count", alerts, [Label.SEVERITY]),
            "{{severity}}",
        ),
    )
    yield Row("volume", "Alert volume", volume)
    remaining = metric(naming.SLO_REMAINING, **catalog.labels)
    burn = (
        _graph(
            "budget",
            "Error budget left",
            "Each SLO's remaining budget.",
            "percentunit",
            aggregate("min", remaining, [Label.SERVICE, Label.SLO]),
            "{{service}} {{slo}}",
        ),
        _table(
            "burned",
            "Budget spent in the last week",
            "Share of the whole budget, the most first.",
            _top(_spent(remaining)),
        ),
    )
    if any(service.slos for service in catalog.services):
        yield Row("burn", "SLO burn", burn)
    used = aggregate(
        "max",
        over_time("max", metric(naming.SATURATION, **catalog.labels), Duration.parse("1h")),
        [Label.SERVICE, Label.RESOURCE],
    )
    yield Row(
        "capacity",
        "Capacity",
        (
            _graph(
                "capacity",
                "Used, worst of each hour",
                "Capacity trends of the week.",
                "percentunit",
                used,
                "{{service}} {{resource}}",
                24,
            ),
        ),
    )


def _alerts(catalog: Catalog) -> Selector:
    state = Matcher("alertstate", MatchOp.EQUAL, "firing")
    real = Matcher(Label.CATEGORY, MatchOp.NOT_EQUAL, naming.Category.WATCHDOG)
    return metric("ALERTS", [state, real], **catalog.labels)


def _hours(alerts: Selector, *by: str) -> Expr:
    """Firing alerts at every step of the week, times the length of a step."""
    sampled = call("count_over_time", Subquery(alerts, _WEEK, _STEP))
    return aggregate("sum", sampled, by) * _STEP.seconds / 3600


def _spent(remaining: Selector) -> Expr:
    from dataclasses import replace

    return aggregate("max", replace(remaining, offset=_WEEK.seconds) - remaining, [Label.SERVICE, Label.SLO])


def _top(expr: Expr) -> Expr:
    from generators.promql import Aggregate, Number
    from decimal import Decimal

    return Aggregate("topk", expr, parameter=Number(Decimal(10)))


def _table(key: str, title: str, description: str, expr: Expr) -> Panel:
    return Panel(
        key=key,
        title=title,
        description=description,
        kind="bargauge",
        unit="percentunit" if key == "burned" else "h",
        queries=(
            Query(render(expr), "{{alertname}} {{service}} {{team}} {{severity}} {{slo}}", instant=True),
        ),
        width=12,
    )


def _graph(
    key: str, title: str, description: str, unit: str, expr: Expr, legend: str, width: int = 12
) -> Panel:
    return Panel(key, title, description, "timeseries", unit, (Query(render(expr), legend),), width=width)
