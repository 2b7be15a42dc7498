"""What is recorded of an SLO, and under which labels: what its rules, alerts, panels and tests read."""

from __future__ import annotations

from generators import naming
from generators.model.catalog import Catalog
from generators.model.slo import Slo
from generators.naming import Label
from generators.promql import Expr, Selector, metric, over_time
from generators.units import Duration

BASE = Duration.parse("5m")
"""The window of the recorded rates, and the step at which longer windows add them up: so they tile."""
HOUR = Duration.parse("1h")
"""Windows up to this one are read from raw series, so that alerts are prompt; burn rates are told for it."""


def identity(catalog: Catalog, slo: Slo) -> dict[str, str]:
    """The labels of everything recorded for an SLO; they never change, so no series is ever lost."""
    return {**catalog.labels, Label.SERVICE: slo.service, Label.SLO: slo.name}


def recorded(catalog: Catalog, slo: Slo, name: str) -> Selector:
    """A series recorded for the SLO."""
    return metric(name, **identity(catalog, slo))


def windows(slo: Slo) -> tuple[Duration, ...]:
    """Every window whose error ratio is recorded, beside the period."""
    found = {window for tier in slo.table for window in (tier.long, tier.short)}
    return tuple(sorted(found | {BASE, HOUR}))


def ratios(slo: Slo) -> dict[str, Duration]:
    """The names of all recorded error ratios and how far each looks back, the period last."""
    found = {naming.error_ratio(window): window for window in windows(slo)}
    last = naming.period_ratio(slo.period)
    return {name: window for name, window in found.items() if name != last} | {last: slo.period.length}


def summed(series: Selector, window: Duration) -> Expr:
    """The sum of the recorded rates, one every 5 minutes, over a window."""
    return over_time("sum", series, window, step=BASE)
