"""SLOs under the names that sloth records them by, for its dashboards and for queries that people have of it.

Names, labels and meanings are those of slok/sloth 0.16 (`pkg/common/conventions`); the values are ours. The series have
none of our labels, so that nothing of ours finds them.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generators import naming
from generators.model.catalog import Catalog
from generators.model.slo import Slo, Tier
from generators.promql import Aggregate, Expr, Number, call
from generators.rules.group import Recording
from generators.rules.slo_series import BASE, identity, ratios, recorded
from generators.scalar import decimal_text

_ERROR_RATIO = "slo:sli_error:ratio_rate"
_DAY = Decimal(86400)
_INFO = {"sloth_mode": "cli-gen-prom", "sloth_spec": "prometheus/v1", "sloth_version": "tocsin"}


def recordings(catalog: Catalog, slo: Slo) -> Iterator[Recording]:
    """The recordings of sloth."""
    ids = labels(slo)
    for text, name in {str(window): name for name, window in ratios(slo).items()}.items():
        yield Recording(f"{_ERROR_RATIO}{text}", _ours(catalog, slo, name), {**ids, "sloth_window": text})
    days = slo.period.length.seconds / _DAY
    latest = _ours(catalog, slo, naming.error_ratio(BASE)) / slo.budget
    left = _ours(catalog, slo, naming.SLO_REMAINING)
    for record, value in (
        ("slo:objective:ratio", call("vector", Number(slo.objective))),
        ("slo:error_budget:ratio", call("vector", Number(slo.budget))),
        ("slo:time_period:days", call("vector", Number(days))),
        ("slo:current_burn_rate:ratio", latest),
        ("slo:period_burn_rate:ratio", Decimal(1) - left),
        ("slo:period_error_budget_remaining:ratio", left),
    ):
        yield Recording(record, value, ids)
    about = {**_INFO, "sloth_objective": decimal_text(slo.objective * 100)}
    yield Recording("sloth_slo_info", call("vector", Number(Decimal(1))), {**ids, **about})


def labels(slo: Slo) -> dict[str, str]:
    """What sloth calls an SLO."""
    return {
        "sloth_id": f"{slo.service}-{slo.name}",
        "sloth_service": slo.service,
        "sloth_slo": slo.name,
    }


def alert_labels(catalog: Catalog, slo: Slo, tier: Tier) -> dict[str, str]:
    """What sloth puts on the alert of such a tier, where the platform wants its names."""
    if "sloth" not in catalog.platform.compatibility:
        return {}
    return {**labels(slo), "sloth_severity": "page" if tier.pages else "ticket"}


def _ours(catalog: Catalog, slo: Slo, name: str) -> Expr:
    return Aggregate("max", recorded(catalog, slo, name), tuple(sorted(identity(catalog, slo))), "without")
