"""What all dashboards share: variables, annotations, links, units, colours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from generators import naming
from generators.dashboards.model import Annotation, Dashboard, Row, TagLink
from generators.dashboards.panel import Line, Link
from generators.dashboards.thresholds import severity_color
from generators.dashboards.variables import DatasourceVariable, QueryVariable, Variable
from generators.model.catalog import Catalog
from generators.model.ownership import Severity
from generators.promql import Matcher, MatchOp, Selector, metric, render
from generators.units import Dimension, Unit

_GRAFANA_UNITS = {
    "seconds": "s",
    "milliseconds": "ms",
    "microseconds": "µs",
    "timestamp": "dateTimeAsIso",
    "bytes": "bytes",
    "MiB": "mbytes",
    "bytes/s": "Bps",
    "ratio": "percentunit",
    "percent": "percent",
    "celsius": "celsius",
    "watts": "watt",
    "requests/s": "reqps",
    "bool": "bool_yes_no",
}
_BY_DIMENSION = {Dimension.RATE: "ops", Dimension.NUMBER: "short"}


def grafana_unit(unit: Unit) -> str:
    """Grafana's id of a unit."""
    return _GRAFANA_UNITS.get(unit.name) or _BY_DIMENSION.get(unit.dimension, "short")


def line(value: Decimal, severity: Severity, label: str) -> Line:
    """A limit in the colour of its severity."""
    return Line(value, severity.name, label, severity_color(severity.rank))


@dataclass(frozen=True, slots=True)
class Page:
    """What a dashboard is called, and where it is found."""

    name: str
    title: str
    folder: str
    description: str
    tags: tuple[str, ...] = ()
    time_from: str = "now-6h"


def dashboard(catalog: Catalog, page: Page, rows: Iterable[Row], variables: Iterable[Variable] = ()) -> Dashboard:
    """A dashboard of the platform, with what every one of them has."""
    platform = catalog.platform
    return Dashboard(
        uid=naming.dashboard_uid(platform.platform, page.name),
        title=f"{platform.title} / {page.title}",
        description=page.description,
        folder=page.folder,
        tags=(platform.platform, "managed-by:tocsin", *page.tags),
        rows=tuple(rows),
        variables=(DatasourceVariable(), *variables),
        annotations=(_firing(catalog),),
        links=(TagLink(f"All {platform.title} dashboards", (platform.platform,)),),
        time_from=page.time_from,
        timezone=platform.timezone,
    )


def label_variable(name: str, title: str, label: str, series: str) -> QueryVariable:
    """A choice among the values that a label has."""
    return QueryVariable(name, title, label, series, multi=True, include_all=True)


def link(title: str, url: str) -> Link:
    """A link out of a panel."""
    return Link(title, url)


def firing(catalog: Catalog, **equal: str) -> Selector:
    """The series of firing alerts of the environment."""
    state = Matcher("alertstate", MatchOp.EQUAL, "firing")
    real = Matcher(naming.Label.CATEGORY, MatchOp.NOT_EQUAL, naming.Category.WATCHDOG)
    return metric("ALERTS", [state, real], **catalog.labels, **equal)


def _firing(catalog: Catalog) -> Annotation:
    return Annotation(
        "Firing alerts",
        render(firing(catalog)),
        color="red",
        title="{{alertname}}",
        text="{{service}} {{severity}}",
        tags=("severity", "team"),
    )
