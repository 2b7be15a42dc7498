"""Everything that can be full, on one page: possible because every resource is recorded under one name."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generators import naming
from generators.dashboards.model import Dashboard, Row
from generators.dashboards.panel import Panel, Query
from generators.emit.dashboards import parts
from generators.naming import Label
from generators.promql import aggregate, call, metric, over_time, render
from generators.rules.bundle import Bundle
from generators.units import Duration

_BY = (Label.SERVICE, Label.RESOURCE)
_LEGEND = "{{service}} {{resource}}"
_TREND = Duration.parse("1d")
_AHEAD = Decimal(14 * 86400)


def dashboards(bundle: Bundle) -> Iterator[Dashboard]:
    """One overview, where the environment records saturation."""
    catalog = bundle.catalog
    if not any(
        True for s in catalog.services for signal in s.signals for _ in signal.kind.recordings(signal.scope)
    ):
        return
    now = metric(naming.SATURATION, **catalog.labels)
    worst = aggregate("max", now, _BY)
    hard = aggregate("max", metric(naming.SATURATION_HARD_LIMIT, **catalog.labels), _BY)
    forecast = aggregate(
        "max", call("predict_linear", over_time("max", now, Duration.parse("7d")).arguments[0], _AHEAD), _BY
    )
    panels = (
        _panel(
            "now",
            "Used, worst of each resource",
            "Share of the capacity that is used, the fullest one counts.",
            render(worst),
        ),
        _panel(
            "limit",
            "Share of the hard limit",
            "Used share over the worst alert limit: 100% is where it alerts.",
            render(worst / (hard > 0)),
        ),
        _panel(
            "trend",
            "Worst of the last day",
            "The highest use within a day, for trends.",
            render(aggregate("max", over_time("max", now, _TREND), _BY)),
        ),
        _panel(
            "forecast",
            "In 14 days at the trend of 7",
            "Where a straight line through the last week ends.",
            render(forecast),
        ),
    )
    yield parts.dashboard(
        catalog,
        "saturation",
        "Capacity",
        "Platform",
        "CPU, memory, disks, connections, GPUs, queues: everything that can be full, as a share of its capacity.",
        [Row("capacity", "Capacity", panels)],
        tags=("capacity",),
        time_from="now-7d",
    )


def _panel(key: str, title: str, description: str, expr: str) -> Panel:
    return Panel(
        key=key,
        title=title,
        description=description,
        kind="timeseries",
        unit="percentunit",
        queries=(Query(expr, _LEGEND),),
        minimum=Decimal(0),
        width=12,
        height=10,
    )
