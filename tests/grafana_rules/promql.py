"""Rules on queries: they parse, rates suit the zoom, no counter is shown bare, legends name what is there."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import promql_parser

from tests.grafana_rules.parts import Json, targets

_RATE_INTERVAL = "7m13s"  # stands for $__rate_interval, and is a window that nobody writes
_AS_TIME = timedelta(minutes=7, seconds=13)
_EXPANSIONS = (
    (re.compile(r"\$(?:__rate_interval\b|\{__rate_interval\})"), _RATE_INTERVAL),
    (re.compile(r"(?<=[\[:])\s*\$\{?\w+(?::\w+)?\}?"), "5m"),
    (re.compile(r"\$\{?\w+(?::\w+)?\}?"), "x"),
)
_LEGEND_LABEL = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_SPEED = frozenset({"rate", "irate"})
_OF_COUNTERS = _SPEED | {"increase", "resets", "changes", "absent", "absent_over_time", "timestamp"}


_GAUGES = re.compile(r"minio_cluster_(?:drive|nodes)_(?:(?:off|on)line_)?total")  # MinIO's, counters by name only


def parses(dashboard: Json) -> Iterator[str]:
    for panel, target in targets(dashboard):
        try:
            promql_parser.parse(_expanded(target["expr"]))
        except ValueError as error:
            yield f"panel {panel['title']!r}, query {target['refId']}: {str(error).splitlines()[0]}"


def rate_interval(dashboard: Json) -> Iterator[str]:
    """A graph zooms: a fixed window hides spikes when it is shorter than a step."""
    for panel, target, query in _parsed(dashboard):
        windows = [call.args[0].range for call in _calls(query) if call.func.name in _SPEED]
        for window in windows if target["range"] else ():
            if window != _AS_TIME:
                yield f"panel {panel['title']!r}: a rate over {window}, not $__rate_interval"


def counters(dashboard: Json) -> Iterator[str]:
    for panel, _, query in _parsed(dashboard):
        for name in _bare_counters(query, ""):
            yield f"panel {panel['title']!r} shows the counter {name} without a rate"


def legends(dashboard: Json) -> Iterator[str]:
    for panel, target, query in _parsed(dashboard):
        kept = _kept_labels(query)
        named = set(_LEGEND_LABEL.findall(target["legendFormat"]))
        for label in sorted(named - kept) if kept is not None else ():
            yield f"panel {panel['title']!r}: the legend names {label}, which the query drops"


def _expanded(query: str) -> str:
    for variable, value in _EXPANSIONS:
        query = variable.sub(value, query)
    return query


def _parsed(dashboard: Json) -> Iterator[tuple[Json, Json, Any]]:
    """Panel, target and tree of each query; those that don't parse are the business of `parses`."""
    for panel, target in targets(dashboard):
        try:
            yield panel, target, promql_parser.parse(_expanded(target["expr"]))
        except ValueError:
            continue


def _calls(node: Any) -> Iterator[Any]:
    if isinstance(node, promql_parser.Call):
        yield node
    for child in _children(node):
        yield from _calls(child)


def _bare_counters(node: Any, function: str) -> Iterator[str]:
    if isinstance(node, promql_parser.VectorSelector):
        name = node.name or ""
        if function not in _OF_COUNTERS and _is_counter(name):
            yield name
    inner = node.func.name if isinstance(node, promql_parser.Call) else function
    for child in _children(node):
        yield from _bare_counters(child, inner)


def _is_counter(name: str) -> bool:
    """By its name; a recorded series (with colons) is what its rule made of it."""
    return name.endswith("_total") and ":" not in name and not _GAUGES.fullmatch(name)


def _children(node: Any) -> Iterator[Any]:
    for key in ("lhs", "rhs", "expr", "vector_selector"):
        if (child := getattr(node, key, None)) is not None:
            yield child
    yield from getattr(node, "args", None) or []


def _kept_labels(node: Any) -> set[str] | None:
    """The labels that the outermost aggregation keeps; None if they depend on the series."""
    while isinstance(node, promql_parser.ParenExpr):
        node = node.expr
    if not isinstance(node, promql_parser.AggregateExpr) or str(node.op) in ("topk", "bottomk"):
        return None
    if node.modifier is None:
        return set()
    by = node.modifier.type == promql_parser.AggModifierType.By
    return set(node.modifier.labels) if by else None
