"""How panels that show the last value look: a number, a dial, bars. Shapes of Grafana 13, as in looks."""

from generators.dashboards.panel import Panel
from generators.emit.grafana.canonical import Json
from generators.emit.grafana.looks import legend


def stat(panel: Panel) -> Json:
    return {
        **_single_value(),
        "colorMode": "value",
        "graphMode": "none" if all(query.instant for query in panel.queries) else "area",
        "justifyMode": "auto",
        "percentChangeColorMode": "standard",
        "showPercentChange": False,
        "textMode": "auto",
        "wideLayout": True,
    }


def gauge(panel: Panel) -> Json:
    return {
        **_single_value(),
        "barShape": "flat",
        "barWidthFactor": 0.5,
        "effects": {},
        "endpointMarker": "point",
        "minVizHeight": 75,
        "minVizWidth": 75,
        "segmentCount": 1,
        "segmentSpacing": 0.3,
        "shape": "gauge",
        "showThresholdLabels": False,
        "showThresholdMarkers": True,
        "sizing": "auto",
        "sparkline": not all(query.instant for query in panel.queries),
        "textMode": "auto",
    }


def bargauge(_: Panel) -> Json:
    return {
        **_single_value("horizontal"),
        "displayMode": "basic",
        "legend": {**legend("list"), "showLegend": False},
        "maxVizHeight": 300,
        "minVizHeight": 16,
        "minVizWidth": 8,
        "namePlacement": "auto",
        "showUnfilled": True,
        "sizing": "auto",
        "valueMode": "color",
    }


def _single_value(orientation: str = "auto") -> Json:
    reduce = {"calcs": ["lastNotNull"], "fields": "", "values": False}
    return {"orientation": orientation, "reduceOptions": reduce}
