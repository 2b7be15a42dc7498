"""Thresholds, linked: each step of a ladder is an alert of its own."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from generators import naming
from generators.model.catalog import Threshold
from generators.model.ownership import Pager, Severity
from generators.model.signal import Signal
from generators.model.wording import limit_in_words
from generators.resolve.context import Part
from generators.signals.limit import OPERATORS, Comparison, Limit
from generators.spec.service import ThresholdSpec
from generators.units import Quantity


def steps(part: Part, name: str, spec: ThresholdSpec, signals: Mapping[str, Signal]) -> list[Threshold]:
    """The alerts of one threshold, in the order of its ladder."""
    known = dict.fromkeys(signals.keys() | part.service.signals.keys())
    part.problems.find("signal", spec.signal, known, part.origin.at("signal"))
    part.playbook(spec.playbook)
    part.check_domain(spec.domain)
    comparison, signal = _comparison(part, spec), signals.get(spec.signal)
    if comparison is None or signal is None:
        return []
    found = [
        _step(part, name, signal, _limit(part, spec, comparison, quantity), severity)
        for quantity, severity in _ladder(part, spec, comparison)
    ]
    linked = [step for step in found if step]
    _check_order(part, linked, comparison)
    return linked


def _comparison(part: Part, spec: ThresholdSpec) -> Comparison | None:
    said = [comparison for comparison in OPERATORS if getattr(spec, comparison) is not None]
    if len(said) == 1:
        return said[0]
    message = f"the threshold has {' and '.join(said) if said else 'no limit'}"
    part.say("bad-value", message, part.origin.at(), f"say exactly one of {', '.join(OPERATORS)}")
    return None


def _ladder(part: Part, spec: ThresholdSpec, comparison: Comparison) -> list[tuple[Quantity, Severity]]:
    """Each limit with its severity."""
    said = getattr(spec, comparison)
    if not isinstance(said, dict):
        if spec.severity is None:
            hint = f"severities: {', '.join(part.context.severities)}"
            part.say("missing-key", "the threshold does not say its severity", part.origin.at(), hint)
        severity = part.severity(spec.severity, "severity")
        return [(said, severity)] if severity else []
    if spec.severity:
        part.say("bad-value", "a ladder has a severity for each step already", part.origin.at("severity"))
    if not said:
        part.say("bad-value", "the ladder has no steps", part.origin.at(comparison))
    found = [(quantity, part.severity(name, comparison, quantity.text)) for quantity, name in said.items()]
    return [(quantity, severity) for quantity, severity in found if severity]


def _limit(part: Part, spec: ThresholdSpec, comparison: Comparison, quantity: Quantity) -> Limit:
    default = part.context.platform.defaults.min_bad_events
    least = default if spec.min_bad_events is None else spec.min_bad_events
    return Limit(comparison, quantity, spec.quantile.ratio if spec.quantile else None, least)


def _step(part: Part, name: str, signal: Signal, limit: Limit, severity: Severity) -> Threshold | None:
    try:
        if limit.quantile is not None and not signal.kind.needs_quantile:
            raise ValueError(f"a {signal.kind.kind} signal has no quantiles; remove `quantile`")
        condition = signal.kind.crossed(signal.scope, limit)
    except ValueError as error:
        part.say("bad-limit", str(error), part.origin.at(limit.comparison))
        return None
    spec, service, defaults = part.service.thresholds[name], part.service, part.context.platform.defaults
    pages = severity.pager is not Pager.NEVER
    return Threshold(
        name=name,
        service=service.service,
        signal=signal,
        limit=limit,
        severity=severity,
        alert=spec.name or naming.threshold_alert(service.service, name),
        title=spec.title or f"{signal.title} {limit_in_words(limit)}",
        condition=condition,
        hold=spec.hold or defaults.hold,
        keep_firing_for=spec.keep_firing_for or (defaults.keep_firing_for if pages else None),
        playbook=part.context.playbooks.get(spec.playbook or ""),
        description=spec.description or signal.kind.description or "",
        actions=spec.actions,
        domain=spec.domain or service.domain,
        origin=part.origin,
    )


def _check_order(part: Part, found: list[Threshold], comparison: Comparison) -> None:
    """Each step of a ladder has a worse severity than the step before it."""
    falling = comparison in ("below", "at_most")
    ordered = sorted(found, key=lambda step: step.limit.quantity.value, reverse=falling)
    for mild, bad in pairwise(ordered):
        if bad.severity.rank >= mild.severity.rank:
            message = f"{bad.limit.quantity} is worse than {mild.limit.quantity}, but its severity is not"
            place = part.origin.at(comparison, bad.limit.quantity.text)
            hint = "each step of a ladder needs a worse severity than the one before"
            part.say("bad-limit", message, place, hint)
