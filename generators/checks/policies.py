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
from generators.spec.ownership import PolicySpec
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
    for rule in (_required, _in_range, _severe_enough):
        yield from rule(catalog, policy.spec, threshold)


def _required(_catalog: Catalog, policy: PolicySpec, threshold: Threshold) -> Iterator[Diagnostic]:
    for field in policy.require:
        if not getattr(threshold, field, None):
            message = f"{_name(threshold)} has no {field}, which {policy.policy} wants ({policy.title})"
            yield Diagnostic(CODE, message, threshold.origin.at(), f"add `{field}:`", subject=_name(threshold))


def _in_range(_catalog: Catalog, policy: PolicySpec, threshold: Threshold) -> Iterator[Diagnostic]:
    quantity, allowed = threshold.limit.quantity, policy.within
    if allowed is None or quantity.dimension is not Dimension.RATIO:
        return
    if not allowed.lowest.ratio <= quantity.value <= allowed.highest.ratio:
        span = f"{allowed.lowest} to {allowed.highest}"
        message = f"{quantity} is outside {span}, which {policy.policy} allows ({policy.title})"
        place = threshold.origin.at(threshold.limit.comparison)
        yield Diagnostic(CODE, message, place, f"choose from {span}", subject=_name(threshold))


def _severe_enough(catalog: Catalog, policy: PolicySpec, threshold: Threshold) -> Iterator[Diagnostic]:
    least = catalog.severity(policy.least_severity) if policy.least_severity else None
    if least and threshold.severity.rank > least.rank:
        said = f"{_name(threshold)} is {threshold.severity.name}, milder than {least.name}"
        message = f"{said} ({policy.policy}: {policy.title})"
        place = threshold.origin.at("severity")
        yield Diagnostic(CODE, message, place, f"make it {least.name} or worse", subject=_name(threshold))


def _name(threshold: Threshold) -> str:
    return f"{threshold.service}.{threshold.name}"
