"""How each kind of panel looks: its `options` and its `custom` field settings, in the shapes of Grafana 13.

Little is left to Grafana's defaults, which change between versions. Needs no grafanalib.
"""

from generators.dashboards.panel import Column, Panel
from generators.emit.grafana.canonical import Json

_WIDE = 12  # from this width on a legend has room for a table with numbers


def timeseries(panel: Panel) -> Json:
    shown = legend("table", "lastNotNull", "max") if panel.width >= _WIDE else legend("list")
    return {"legend": shown, "tooltip": {"hideZeros": False, "mode": "multi", "sort": "desc"}}


def timeseries_custom(panel: Panel) -> Json:
    return {
        "axisPlacement": "auto",
        "drawStyle": "line",
        "fillOpacity": 40 if panel.stack else 10,
        "gradientMode": "none",
        "lineInterpolation": "linear",
        "lineWidth": 1,
        "scaleDistribution": {"type": "linear"},
        "showPoints": "never",
        "spanNulls": False,
        "stacking": {"group": "A", "mode": "normal" if panel.stack else "none"},
        "thresholdsStyle": {"mode": "dashed" if panel.lines else "off"},
        **_reach_of_axis(panel),
    }


def _reach_of_axis(panel: Panel) -> Json:
    """The first limit stays in sight while the values are far from it: how far is what a reader asks."""
    if not panel.lines:
        return {}
    values = [line.value for line in panel.lines]
    return {"axisSoftMax": min(values)} if panel.direction == "above" else {"axisSoftMin": max(values)}


def table(panel: Panel) -> Json:
    sort = [
        {"desc": column.sort == "descending", "displayName": shown_as(column)}
        for column in panel.columns
        if column.sort
    ]
    return {"cellHeight": "sm", "frameIndex": 0, "showHeader": True, "showTypeIcons": False, "sortBy": sort}


def table_custom(_: Panel) -> Json:
    return {"align": "auto", "cellOptions": {"type": "auto"}, "filterable": True, "inspect": False}


def shown_as(column: Column) -> str:
    """The heading of a column, which is also the name that overrides and sorting know it by."""
    return column.title or column.name


def state_timeline(_: Panel) -> Json:
    return {
        "alignValue": "left",
        "legend": legend("list"),
        "mergeValues": True,
        "perPage": 20,
        "rowHeight": 0.9,
        "showValue": "auto",
        "tooltip": {"mode": "single", "sort": "none"},
    }


def state_timeline_custom(_: Panel) -> Json:
    return {"fillOpacity": 70, "lineWidth": 0}


def heatmap(panel: Panel) -> Json:
    return {
        "calculate": False,
        "cellGap": 1,
        "cellValues": {},
        "color": {
            "exponent": 0.5,
            "fill": "dark-orange",
            "mode": "scheme",
            "reverse": False,
            "scale": "exponential",
            "scheme": "Oranges",
            "steps": 64,
        },
        "exemplars": {"color": "rgba(255,0,255,0.7)"},
        "filterValues": {"le": 1e-9},
        "legend": {"show": True},
        "rowsFrame": {"layout": "auto"},
        "showValue": "never",
        "tooltip": {"mode": "single", "showColorScale": True, "yHistogram": True},
        "yAxis": {"axisPlacement": "left", "reverse": False, "unit": panel.unit},
    }


def heatmap_custom(_: Panel) -> Json:
    return {"scaleDistribution": {"type": "linear"}}


def text(panel: Panel) -> Json:
    return {"content": panel.text, "mode": "markdown"}


def alertlist(panel: Panel) -> Json:
    """What fires or waits, worst first, from any source: the option takes a name, so no variable fits."""
    return {
        "alertInstanceLabelFilter": panel.text,
        "alertName": "",
        "dashboardAlerts": False,
        "datasource": "",
        "groupBy": [],
        "groupMode": "default",
        "maxItems": 20,
        "showInstances": True,
        "sortOrder": 3,
        "stateFilter": {
            "error": True,
            "firing": True,
            "noData": False,
            "normal": False,
            "pending": True,
            "recovering": True,
        },
        "viewMode": "list",
    }


def nothing(_: Panel) -> Json:
    return {}


def legend(mode: str, *calcs: str) -> Json:
    """Below the panel, with these figures of each series."""
    return {"calcs": list(calcs), "displayMode": mode, "placement": "bottom", "showLegend": True}
