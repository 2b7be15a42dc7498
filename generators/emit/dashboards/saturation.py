"""Everything that can be full, on one page: possible because every resource is recorded under one name."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generators import naming
from generators.dashboards.model import Dashboard, Row
from generators.dashboards.panel import Panel, Query
from generators.emit.dashboards import parts
from generators.model.catalog import Catalog
from generators.naming import Label
from generators.promql import Expr, aggregate, call, metric, over_time, positive, ranged, render
from generators.rules.bundle import Bundle
from generators.units import Duration

_BY = (Label.SERVICE, Label.RESOURCE)
_DAY = Duration.parse("1d")
_WEEK = Duration.parse("7d")
_AHEAD = Duration.parse("14d")
_PAGE = parts.Page(
    "saturation",
    "Capacity",
    "Platform",
    "CPU, memory, disks, connections, GPUs: everything that can be full, as a share of its capacity.",
    ("capacity",),
    "now-7d",
)


def dashboards(bundle: Bundle) -> Iterator[Dashboard]:
    """One overview, where the environment records saturation."""
    signals = (signal for service in bundle.catalog.services for signal in service.signals)
    if any(True for signal in signals for _ in signal.kind.recordings(signal.scope)):
        rows = [Row("capacity", "Capacity", tuple(_panels(bundle.catalog)))]
        yield parts.dashboard(bundle.catalog, _PAGE, rows)


def _panels(catalog: Catalog) -> Iterator[Panel]:
    used = metric(naming.SATURATION, **catalog.labels)
    worst = aggregate("max", used, _BY)
    hard = aggregate("max", metric(naming.SATURATION_HARD_LIMIT, **catalog.labels), _BY)
    forecast = call("predict_linear", ranged(used, _WEEK), _AHEAD.seconds)
    yield _panel("Used, worst of each resource", "Share of the capacity that is used; the fullest one counts.", worst)
    about = "Used share over the worst limit that alerts: at 100% it does."
    yield _panel("Share of the hard limit", about, worst / positive(hard))
    about = "The highest use within a day, for trends."
    yield _panel("Worst of the last day", about, aggregate("max", over_time("max", used, _DAY), _BY))
    about = f"Where a straight line through the last {_WEEK} ends."
    yield _panel(f"In {_AHEAD} at the trend of {_WEEK}", about, aggregate("max", forecast, _BY))


def _panel(title: str, description: str, expr: Expr) -> Panel:
    return Panel(
        key=title,
        title=title,
        description=description,
        kind="timeseries",
        unit="percentunit",
        queries=(Query(render(expr), "{{service}} {{resource}}"),),
        minimum=Decimal(0),
        height=10,
    )
