"""Rules on the dashboard itself: its address, its settings, its variables, and where its panels lie."""

import json
import re
from collections.abc import Iterator
from itertools import combinations

from tests.grafana_rules.parts import Json, panels, repeated, variables

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LARGEST = 1_000_000  # bytes: a ConfigMap holds 1 MiB, names and escapes included
_WIDTH = 24


def address(dashboard: Json) -> Iterator[str]:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", dashboard.get("uid", "")):
        yield f"the uid {dashboard.get('uid')!r} is not 1 to 40 letters, digits, dashes and underscores"


def settings(dashboard: Json) -> Iterator[str]:
    wanted = {"editable": False, "schemaVersion": 42, "graphTooltip": 1}
    for key, value in wanted.items():
        if dashboard.get(key) != value:
            yield f"{key} is {dashboard.get(key)!r}, not {value!r}"
    if "id" in dashboard or "version" in dashboard:
        yield "id and version belong to a Grafana instance, not to a file"
    if not dashboard.get("description"):
        yield "there is no description"


def refresh(dashboard: Json) -> Iterator[str]:
    text = dashboard.get("refresh", "")
    if text and int(text[:-1]) * _SECONDS[text[-1]] < 30:
        yield f"a refresh every {text} is more than the data sources need to bear"


def size(dashboard: Json) -> Iterator[str]:
    if (length := len(json.dumps(dashboard, indent=2))) > _LARGEST:
        yield f"{length} bytes do not fit a ConfigMap"


def datasource_variable(dashboard: Json) -> Iterator[str]:
    found = [(v["name"], v["label"]) for v in variables(dashboard) if v["type"] == "datasource"]
    if found != [("datasource", "Data source")]:
        yield f'one data source variable, "datasource" labelled "Data source", is wanted; found {found}'


def query_variables(dashboard: Json) -> Iterator[str]:
    for variable in variables(dashboard):
        if variable["type"] == "query":
            yield from _query_variable(variable)


def _query_variable(variable: Json) -> Iterator[str]:
    name = variable["name"]
    if variable.get("refresh") != 2:
        yield f"variable {name} keeps its values when the time range changes (refresh is not 2)"
    if variable.get("includeAll") and not variable.get("allValue"):
        yield f"variable {name} has no value for All, so Grafana lists every value in each query"
    if not variable["query"]["query"].startswith("label_values("):
        yield f"variable {name} asks for something else than the values of a label"


def ids(dashboard: Json) -> Iterator[str]:
    found = [panel.get("id") for panel in panels(dashboard)]
    yield from (f"panel id {number} is taken twice" for number in repeated(found))
    if not all(isinstance(number, int) and 0 < number < 2**31 for number in found):
        yield "a panel id is not a positive 31-bit number"


def titles(dashboard: Json) -> Iterator[str]:
    """Within one section, that is from one row header to the next."""
    sections: list[list[str]] = [[]]
    for panel in dashboard["panels"]:
        inside = [child["title"] for child in panel.get("panels", [])]
        if panel["type"] == "row":
            sections += [inside]
        else:
            sections[-1] += [panel["title"]]
    for section in sections:
        yield from (f"two panels of one row are called {title!r}" for title in repeated(section))


def rows(dashboard: Json) -> Iterator[str]:
    for row in (panel for panel in dashboard["panels"] if panel["type"] == "row"):
        if row["collapsed"] != bool(row["panels"]):
            yield f"row {row['title']!r}: panels lie inside a collapsed row and after an open one"


def grid(dashboard: Json) -> Iterator[str]:
    levels = [dashboard["panels"], *(panel["panels"] for panel in dashboard["panels"] if panel.get("panels"))]
    for level in levels:
        yield from (f"{p['title']!r} sticks out of the grid" for p in level if _outside(p["gridPos"]))
        for one, other in combinations(level, 2):
            if _overlap(one["gridPos"], other["gridPos"]):
                yield f"{one['title']!r} and {other['title']!r} overlap"


def _outside(box: Json) -> bool:
    return bool(box["x"] < 0 or box["y"] < 0 or box["w"] < 1 or box["h"] < 1 or box["x"] + box["w"] > _WIDTH)


def _overlap(one: Json, other: Json) -> bool:
    beside = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
    below = one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
    return not (beside or below)
