"""Rules on what refers to what: variables within a dashboard, links between dashboards."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from tests.grafana_rules.parts import Json, panels, repeated, strings, variables

_VARIABLE = re.compile(r"\$(?:\{(\w+)[^}]*\}|(\w+))")
_LINK = re.compile(r"(?:https?://[^\s/)\"]+)?(?:/[\w-]+)*/d/([A-Za-z0-9_-]+)[^\s)\"]*")
_PASSED = re.compile(r"[?&]var-(\w+)=")
_GRAFANAS_OWN = re.compile(r"__|\d|timeFilter$")


def defined_and_used(dashboard: Json) -> Iterator[str]:
    defined = {variable["name"] for variable in variables(dashboard)}
    used = set(_used(dashboard))
    yield from (f"variable {name} is used and not defined" for name in sorted(used - defined))
    yield from (f"variable {name} is defined and not used" for name in sorted(defined - used))


def _used(dashboard: Json) -> Iterator[str]:
    for text in strings(dashboard):
        for found in _VARIABLE.finditer(text):
            name = found[1] or found[2]
            if not _GRAFANAS_OWN.match(name):
                yield name
    yield from (panel["repeat"] for panel in panels(dashboard) if panel.get("repeat"))


def unique(dashboards: list[Json]) -> Iterator[str]:
    for key in ("uid", "title"):
        for value in repeated([dashboard.get(key) for dashboard in dashboards]):
            yield f"two dashboards have the {key} {value!r}"


def links(dashboards: list[Json]) -> Iterator[str]:
    known = {dashboard["uid"]: {v["name"] for v in variables(dashboard)} for dashboard in dashboards}
    for dashboard in dashboards:
        for text in strings(dashboard):
            for found in _LINK.finditer(text):
                yield from (f"{dashboard['uid']}: {what}" for what in _link(found[0], found[1], known))


def _link(url: str, uid: str, known: dict[str, set[str]]) -> Iterator[str]:
    if uid not in known:
        yield f"a link goes to the dashboard {uid}, which does not exist"
        return
    for name in _PASSED.findall(f"?{urlsplit(url).query}"):
        if name not in known[uid]:
            yield f"a link passes the variable {name}, which {uid} does not have"
