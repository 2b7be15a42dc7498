"""The indicators of OpenSLO as expressions, if their data source speaks PromQL."""

from __future__ import annotations

from dataclasses import dataclass

from generators.interchange import openslo_spec as v1
from generators.interchange import openslo_window as read_over
from generators.interchange.notes import Note
from generators.interchange.openslo_library import Library
from generators.interchange.openslo_values import speaks_promql
from generators.interchange.openslo_window import Windowed
from generators.interchange.spot import Spot
from generators.promql import Expr

_QUERY = "query"
_COUNTS = ("good", "bad")


class UnsayableError(ValueError):
    """What is measured can't be read by Prometheus."""


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator, its name, and notes on it. `is_value`: whether it is a value rather than events."""

    name: str
    windowed: Windowed
    spot: Spot
    is_value: bool
    notes: tuple[Note, ...] = ()


def of(name: str, sli: v1.SliSpec, spot: Spot, library: Library) -> Measure:
    """The indicator. Raises UnsayableError, and CatalogError for a query that is not PromQL."""
    if sli.threshold_metric is not None:
        here = spot.below("thresholdMetric")
        found = read_over.valued(_query(sli.threshold_metric, here, library))
        return Measure(name, found, here, is_value=True, notes=_notes(found, here))
    assert sli.ratio_metric is not None
    here = spot.below("ratioMetric")
    found = _ratio(sli.ratio_metric, here, library)
    return Measure(name, found, here, is_value=False, notes=_notes(found, here))


def _ratio(ratio: v1.RatioMetric, here: Spot, library: Library) -> Windowed:
    if ratio.raw is not None:
        raw = _query(ratio.raw, here.below("raw"), library)
        return read_over.shared(raw, is_bad=ratio.raw_type == "failure")
    part = next(name for name in _COUNTS if getattr(ratio, name) is not None)
    assert ratio.total is not None
    exprs = [_query(getattr(ratio, name), here.below(name), library) for name in (part, "total")]
    return read_over.counted(exprs[0], exprs[1], is_bad=part == "bad", is_counter=ratio.counter)


def _query(metric: v1.Metric, spot: Spot, library: Library) -> Expr:
    source, here = metric.metric_source, spot.below("metricSource")
    kind = source.type or _type_of(source.metric_source_ref, library)
    if not speaks_promql(kind):
        known = kind or f"an unknown kind, {source.metric_source_ref}" if source.metric_source_ref else kind
        raise UnsayableError(f"its data source is {known or 'of no kind'}, and rules read Prometheus")
    text = source.spec.get(_QUERY)
    if not isinstance(text, str):
        raise UnsayableError(f"the query of its data source has no key `{_QUERY}`")
    return here.below("spec", _QUERY).promql(text)


def _type_of(name: str, library: Library) -> str:
    found = library.known(v1.DataSource, name) if name else None
    return found[0].spec.type if found else ""


def _notes(found: Windowed, here: Spot) -> tuple[Note, ...]:
    return (here.note(found.decided),) if found.decided else ()
