"""The inventory entries of what tocsin records itself, so that a team's own PromQL can name them."""

from __future__ import annotations

from collections.abc import Mapping

from generators import naming
from generators.inventory import Metric, MetricType


def _ratio(*labels: str) -> Metric:
    return Metric(type=MetricType.GAUGE, unit="ratio", labels=labels)


_SLO = (naming.Label.SERVICE, naming.Label.SLO)
RECORDED: Mapping[str, Metric] = {
    naming.SATURATION: _ratio(naming.Label.SERVICE, naming.Label.RESOURCE),
    naming.SLO_OBJECTIVE: _ratio(*_SLO),
    naming.SLO_BUDGET: _ratio(*_SLO),
    naming.SLO_REMAINING: _ratio(*_SLO),
    naming.SLO_BURN_RATE: _ratio(*_SLO),
    naming.SLO_EXHAUSTION: Metric(type=MetricType.GAUGE, unit="seconds", labels=_SLO),
}
