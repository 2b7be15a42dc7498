"""Where the metrics of a service are known from: a shipped exporter, or what the queries tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from generators import library
from generators.interchange.usage import Usage, merged
from generators.inventory import TARGET_LABELS, Metric, MetricType
from generators.spec.read import read
from generators.spec.service import ExporterSpec

_INFERRED_TYPES = {
    MetricType.COUNTER: (MetricType.COUNTER,),
    MetricType.HISTOGRAM: (MetricType.HISTOGRAM,),
    MetricType.NATIVE_HISTOGRAM: (MetricType.NATIVE_HISTOGRAM,),
    MetricType.GAUGE: (MetricType.GAUGE, MetricType.INFO, MetricType.UNTYPED),
}


@dataclass(frozen=True, slots=True)
class Known:
    """The exporters to name, and the entries for metrics that none of them has."""

    exporters: tuple[str, ...]
    metrics: Mapping[str, Mapping[str, Any]]


def known(found: Iterable[Usage]) -> Known:
    """Where each metric is known from; of several exporters, the one with most of them."""
    uses = merged(found)
    sources = {name: [e for e, metrics in _shipped().items() if _fits(uses[name], metrics)] for name in uses}
    weights = {e: sum(e in candidates for candidates in sources.values()) for e in _shipped()}
    chosen = {name: max(of, key=lambda e: (weights[e], e)) for name, of in sources.items() if of}
    rest = {name: _entry(use) for name, use in uses.items() if name not in chosen}
    return Known(tuple(sorted(set(chosen.values()))), rest)


@cache
def _shipped() -> Mapping[str, Mapping[str, Metric]]:
    documents = library.exporters()
    return {name: read(ExporterSpec, document.root).metrics for name, document in documents.items()}


def _fits(use: Usage, metrics: Mapping[str, Metric]) -> bool:
    metric = metrics.get(use.metric)
    return (
        metric is not None
        and metric.type in _INFERRED_TYPES[use.type]
        and use.labels <= {*metric.labels, *TARGET_LABELS}
        and use.buckets <= frozenset(metric.buckets)
    )


def _entry(use: Usage) -> dict[str, Any]:
    """What the inventory says of it, as far as its name and the queries tell."""
    found: dict[str, Any] = {"type": str(use.type), "unit": use.unit}
    if labels := sorted(use.labels - TARGET_LABELS):
        found["labels"] = labels
    if use.buckets:
        found["buckets"] = sorted(use.buckets)
    return found
