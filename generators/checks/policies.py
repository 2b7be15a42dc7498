"""A threshold is outside what the platform's policies allow.

Why: teams change their own thresholds; policies say how far, so that nobody pages without a playbook or sets a disk
alert to 99 %.

Instead: stay within the policy, change the policy, or file an exception with a reason and an expiry date.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.diagnostics import Diagnostic
from generators.model.catalog import Catalog, Policy, Threshold
from generators.rules.bundle import Bundle
from generators.units import Dimension

CODE = "policy"


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """Every threshold against every policy that is about it."""
    catalog = bundle.catalog
    for policy in catalog.policies:
        for service in catalog.services:
            for threshold in service.thresholds:
                if _about(policy, threshold):
                    yield from _broken(catalog, policy, threshold)


def _about(policy: Policy, threshold: Threshold) -> bool:
    where = policy.spec.where
    resource = getattr(threshold.signal.kind, "resource", None)
    pairs = (
        (where.severity, threshold.severity.name),
        (where.service, threshold.service),
        (where.resource, resource),
    )
    return all(not wanted or has in wanted for wanted, has in pairs)


def _broken(catalog: Catalog, policy: Policy, threshold: Threshold) -> Iterator[Diagnostic]:
    spec, origin = policy.spec, threshold.origin
    name = f"{threshold.service}.{threshold.name}"
    for field in spec.require:
        if not getattr(threshold, field, None):
            message = f"{name} has no {field}, which {spec.policy} wants ({spec.title})"
            yield Diagnostic(CODE, message, origin.at(), f"add `{field}:`", subject=name)
    quantity = threshold.limit.quantity
    if spec.within and quantity.dimension is Dimension.RATIO:
        low, high = spec.within.lowest, spec.within.highest
        if not low.ratio <= quantity.value <= high.ratio:
            message = f"{quantity} is outside {low} to {high}, which {spec.policy} allows ({spec.title})"
            yield Diagnostic(
                CODE,
                message,
                origin.at(threshold.limit.comparison),
                f"choose from {low} to {high}",
                subject=name,
            )
    if spec.least_severity:
        least = catalog.severity(spec.least_severity)
        if threshold.severity.rank > least.rank:
            message = (
                f"{name} is {threshold.severity.name}, milder than {least.name} ({spec.policy}: {spec.title})"
            )
            yield Diagnostic(
                CODE, message, origin.at("severity"), f"make it {least.name} or worse", subject=name
            )
