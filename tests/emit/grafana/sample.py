"""A dashboard with one panel of each kind and one of everything else, for the tests of this folder."""

from decimal import Decimal

from generators.dashboards import (
    Annotation,
    Column,
    CustomVariable,
    Dashboard,
    DatasourceVariable,
    Kind,
    Line,
    Link,
    Panel,
    Query,
    QueryVariable,
    Row,
    TagLink,
    TextboxVariable,
    ValueText,
)

USED = Query('avg by (node) (disk_used:ratio{node=~"$node", zone="$zone", team=~"$team"})', "{{node}}")
UP = Query('up{node=~"$node"}', instant=True, format="table")
REQUESTS = Query('sum by (node) (rate(requests_total{node=~"$node"}[5m]))', instant=True, format="table")
BUCKETS = Query("sum by (le) (increase(latency_bucket[$__rate_interval]))", format="heatmap", exemplar=True)
STATES = (ValueText("1", "up", "green"), ValueText("0", "down", "red"))
LADDER = (
    Line(Decimal("0.70"), "sev4", "70 % used", "yellow"),
    Line(Decimal("0.85"), "sev3", "85 % used", "orange"),
    Line(Decimal("0.95"), "sev2", "95 % used", "red"),
)
COLUMNS = (
    Column("node", "Node", link=Link("Open this node", "/d/sample?var-node=${__value.raw}")),
    Column("Value #A", "State", mappings=STATES),
    Column("Value #B", "Requests", unit="reqps", lines=LADDER, decimals=1, width=120, sort="descending"),
)

KINDS: dict[Kind, Panel] = {
    "timeseries": Panel("disk", "Disk used", "Used share of each disk.", "timeseries", "percentunit", (USED,)),
    "stat": Panel("now", "Disk now", "The fullest disk.", "stat", "percentunit", (USED,), LADDER, width=6),
    "gauge": Panel("level", "Level", "The fullest disk.", "gauge", "percentunit", (USED,), LADDER, width=6),
    "bargauge": Panel("levels", "Levels", "Every disk.", "bargauge", "percentunit", (USED,), LADDER),
    "table": Panel("nodes", "Nodes", "Every node.", "table", "short", (UP, REQUESTS), columns=COLUMNS, width=24),
    "state-timeline": Panel("states", "States", "Up or down.", "state-timeline", "short", (USED,), mappings=STATES),
    "heatmap": Panel("latency", "Latency", "Requests by duration.", "heatmap", "s", (BUCKETS,)),
    "text": Panel("about", "About", "Who owns this.", "text", text="**Owner:** data"),
    "alertlist": Panel("alerts", "Alerts", "What fires.", "alertlist", text='{service="disk"}'),
}


def dashboard(*rows: Row, uid: str = "sample") -> Dashboard:
    """These rows, or else one with every kind of panel and one that is collapsed."""
    every = Row("all", "All kinds", tuple(KINDS.values()))
    more = Panel("more", "More", "The same again.", "timeseries", "percentunit", (USED,), LADDER)
    return Dashboard(
        uid=uid,
        title=f"Sample {uid}",
        description="One of everything.",
        folder="Platform",
        tags=("tocsin", "tier:1"),
        rows=rows or (every, Row("detail", "Detail", (more,), collapsed=True)),
        variables=(
            DatasourceVariable(),
            QueryVariable("node", "Node", "node", 'up{job="node"}', multi=True, include_all=True),
            CustomVariable("zone", "Zone", ("a", "b"), default="b"),
            TextboxVariable("team", "Team", ".*"),
        ),
        annotations=(Annotation("Firing", 'ALERTS{alertstate="firing"}', "red", tags=("team", "severity")),),
        links=(TagLink("Dashboards", ("tocsin",)), Link("Wiki", "https://wiki.example/")),
    )


def with_panel(panel: Panel) -> Dashboard:
    return dashboard(Row("only", "", (panel,)))
