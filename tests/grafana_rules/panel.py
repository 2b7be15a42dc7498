"""Rules on what a panel says and shows."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from tests.grafana_rules.parts import Json, data_panels, ladders, panels, repeated, targets

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
_UNITS = frozenset(json.loads((Path(__file__).parents[1] / "schemas/grafana/own/units.json").read_text()))
_OWN_UNITS = ("suffix:", "prefix:", "time:", "si:", "count:", "currency:", "bool:")


def words(dashboard: Json) -> Iterator[str]:
    for panel in panels(dashboard):
        wanted = ("title",) if panel["type"] == "row" else ("title", "description")
        for key in wanted:
            if not panel.get(key, "").strip():
                yield f"panel {panel.get('title') or panel.get('id')!r} has no {key}"


def units(dashboard: Json) -> Iterator[str]:
    for panel in data_panels(dashboard):
        unit = panel["fieldConfig"]["defaults"].get("unit", "")
        if unit not in _UNITS and not unit.startswith(_OWN_UNITS):
            yield f"panel {panel['title']!r}: {unit!r} is no unit of Grafana's"


def data_sources(dashboard: Json) -> Iterator[str]:
    for panel in data_panels(dashboard):
        for holder in (panel, *panel.get("targets", [])):
            if holder.get("datasource") != DATASOURCE:
                yield f"panel {panel['title']!r} asks {holder.get('datasource')}, not the chosen data source"


def queries(dashboard: Json) -> Iterator[str]:
    for panel in data_panels(dashboard):
        found = [target["refId"] for target in panel.get("targets", [])]
        if not found:
            yield f"panel {panel['title']!r} asks nothing"
        yield from (f"panel {panel['title']!r} has two queries {ref}" for ref in repeated(found))


def tables(dashboard: Json) -> Iterator[str]:
    for panel, target in targets(dashboard):
        if panel["type"] == "table" and not (target["instant"] and target["format"] == "table"):
            yield f"table {panel['title']!r}: query {target['refId']} is not one instant, as a table"


def heatmaps(dashboard: Json) -> Iterator[str]:
    for panel, target in targets(dashboard):
        if panel["type"] == "heatmap" and target["format"] != "heatmap":
            yield f"heat map {panel['title']!r}: query {target['refId']} is not in the format of a heat map"


def thresholds(dashboard: Json) -> Iterator[str]:
    for panel, steps in ladders(dashboard):
        values = [step["value"] for step in steps]
        if not values or values[0] is not None:
            yield f"panel {panel['title']!r}: the first threshold step is not the base (null)"
        elif None in values[1:] or any(low >= high for low, high in pairwise(values[1:])):
            yield f"panel {panel['title']!r}: threshold steps do not ascend: {values}"
