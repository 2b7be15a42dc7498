"""What a panel is: its queries, limits, links and, for a table, columns.

Text is final here (PromQL, titles, URLs); numbers are Decimal, in the unit the panel names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_args

Kind = Literal["timeseries", "stat", "gauge", "bargauge", "table", "state-timeline", "heatmap", "text", "alertlist"]
Direction = Literal["above", "below"]
Format = Literal["time_series", "table", "heatmap"]

COLUMNS = 24
WITHOUT_DATA: frozenset[Kind] = frozenset({"text", "alertlist"})


@dataclass(frozen=True, slots=True)
class Query:
    """One PromQL expression of a panel. An empty legend leaves the naming to Grafana."""

    expr: str
    legend: str = ""
    instant: bool = False
    format: Format = "time_series"
    exemplar: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A limit drawn on a panel. `label` says it in words; `color` comes from severity_color."""

    value: Decimal
    severity: str
    label: str
    color: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page. `keeps_context` passes time range and variables on, for links of a dashboard."""

    title: str
    url: str
    new_tab: bool = True
    keeps_context: bool = False


@dataclass(frozen=True, slots=True)
class ValueText:
    """A value shown as a word: `1` as a green "up"."""

    value: str
    text: str
    color: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: a label of the result, or `Value` (`Value #A`, ... with several queries)."""

    name: str
    title: str = ""
    unit: str = ""
    lines: tuple[Line, ...] = ()
    direction: Direction = "above"
    link: Link | None = None
    mappings: tuple[ValueText, ...] = ()
    decimals: int | None = None
    width: int | None = None
    sort: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel. `key` is its identity within the dashboard and must outlive changes of its title.

    `text` is the Markdown of a text panel and the label matchers of an alert list. `columns` of a table
    are shown in that order and are the only ones shown. `transformations` are Grafana's own, run before that.
    """

    key: str
    title: str
    description: str
    kind: Kind
    unit: str = ""
    queries: tuple[Query, ...] = ()
    lines: tuple[Line, ...] = ()
    direction: Direction = "above"
    links: tuple[Link, ...] = ()
    width: int = 12
    height: int = 8
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int | None = None
    text: str = ""
    no_value: str = "No data"
    mappings: tuple[ValueText, ...] = ()
    stack: bool = False
    columns: tuple[Column, ...] = ()
    transformations: tuple[Mapping[str, Any], ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"panel {self.key!r}: there is no panel kind {self.kind!r}")
        if not (1 <= self.width <= COLUMNS and self.height >= 1):
            raise ValueError(f"panel {self.key!r}: {self.width} x {self.height} does not fit {COLUMNS} columns")
        if (self.kind in WITHOUT_DATA) == bool(self.queries):
            rule = "has no queries" if self.kind in WITHOUT_DATA else "needs a query"
            raise ValueError(f"panel {self.key!r}: a {self.kind} panel {rule}")
