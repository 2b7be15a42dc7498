"""What panels, variables and annotations share: the data source, queries, threshold steps, value mappings."""

# mypy: allow-subclassing-any

from collections.abc import Iterable, Iterator
from itertools import count, product
from string import ascii_uppercase

from grafanalib import core

from generators.dashboards.panel import Link, Query, ValueText
from generators.dashboards.thresholds import Step
from generators.emit.grafana.canonical import NULL, Json

DATASOURCE: Json = {"type": "prometheus", "uid": "${datasource}"}


class PrometheusTarget(core.Target):
    """A query in its current form; grafanalib's own adds a step of 10 s and Graphite's fields."""

    exemplar: bool

    def to_json_data(self) -> Json:
        return {
            "datasource": self.datasource,
            "editorMode": "code",
            "exemplar": self.exemplar,
            "expr": self.expr,
            "format": self.format,
            "instant": self.instant,
            "legendFormat": self.legendFormat,
            "range": not self.instant,
            "refId": self.refId,
        }


class ThresholdStep(core.Threshold):
    """A step in its current form; grafanalib's own writes the base as the string "null"."""

    def __init__(self, step: Step) -> None:
        self.step = step

    def to_json_data(self) -> Json:
        return {"color": self.step.color, "value": NULL if self.step.value is None else self.step.value}


def targets(queries: Iterable[Query]) -> list[PrometheusTarget]:
    return [_target(query, ref) for query, ref in zip(queries, ref_ids(), strict=False)]


def _target(query: Query, ref: str) -> PrometheusTarget:
    target = PrometheusTarget(
        expr=query.expr,
        legendFormat=query.legend or "__auto",
        instant=query.instant,
        format=query.format,
        refId=ref,
        datasource=DATASOURCE,
    )
    target.exemplar = query.exemplar
    return target


def ref_ids() -> Iterator[str]:
    """A, B, ... Z, AA, AB, ...: the names Grafana itself gives."""
    for length in count(1):
        yield from map("".join, product(ascii_uppercase, repeat=length))


def data_links(links: Iterable[Link]) -> list[core.DataLink]:
    return [core.DataLink(title=link.title, linkUrl=link.url, isNewTab=link.new_tab) for link in links]


def value_mappings(mappings: Iterable[ValueText]) -> list[Json]:
    """One mapping for all values, or none at all; `index` keeps the order in which they were given."""
    options = {m.value: {"color": m.color, "index": index, "text": m.text} for index, m in enumerate(mappings)}
    return [{"type": "value", "options": options}] if options else []
