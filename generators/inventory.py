"""What is known of each metric: type, unit, labels, buckets. Every metric that an expression names is here."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field, field_validator

from generators.frozen import Frozen, LabelName, Line
from generators.units import Unit

TARGET_LABELS = frozenset(("job", "instance"))


class MetricType(StrEnum):
    """The types of the Prometheus data model, and `info` for constant gauges that only carry labels."""

    COUNTER = "counter"
    GAUGE = "gauge"
    HISTOGRAM = "histogram"
    NATIVE_HISTOGRAM = "native_histogram"
    SUMMARY = "summary"
    INFO = "info"
    UNTYPED = "untyped"


Bound = Annotated[Decimal, Field(max_digits=28)]


class Metric(Frozen):
    """One metric family as its exporter exposes it; a histogram goes by its base name."""

    type: Annotated[MetricType, Field(description="of the Prometheus data model")]
    unit: Annotated[Line, Field(description="seconds, bytes, ratio, percent, ..., or what is counted")]
    help: Annotated[Line | None, Field(description="what it tells")] = None
    labels: Annotated[tuple[LabelName, ...], Field(description="beside those of the target")] = ()
    buckets: Annotated[tuple[Bound, ...], Field(description="upper bounds, in the metric's own unit")] = ()
    default_on: Annotated[Line | None, Field(description="what it takes where it is not exposed by default")] = None
    notes: Annotated[Line | None, Field(description="traps")] = None

    @field_validator("unit")
    @classmethod
    def _well_spelt(cls, unit: str) -> str:
        if meant := Unit.misspelt(unit):
            raise ValueError(f'"{unit}" would count things called so; did you mean "{meant}"?')
        return unit

    @property
    def measured_in(self) -> Unit:
        return Unit.named(self.unit)


Inventory = Mapping[str, Metric]
_SUFFIXES = ("_bucket", "_count", "_sum")


def entry(inventory: Inventory, series: str) -> tuple[str, Metric] | None:
    """The metric that a series name belongs to (`x_bucket` belongs to the histogram `x`)."""
    if series in inventory:
        return series, inventory[series]
    for suffix in _SUFFIXES:
        base = series.removesuffix(suffix)
        if base != series and base in inventory and inventory[base].type in _FAMILIES:
            return base, inventory[base]
    return None


_FAMILIES = (MetricType.HISTOGRAM, MetricType.SUMMARY)
