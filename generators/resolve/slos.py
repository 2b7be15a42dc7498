"""SLOs, linked."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from generators.model.catalog import Signal, Slo
from generators.resolve.context import Part
from generators.spec.service import SloSpec


def slo(part: Part, name: str, spec: SloSpec, signals: Mapping[str, Signal]) -> Slo | None:
    """The SLO; None where something is wrong with it."""
    known = dict.fromkeys(signals.keys() | part.service.signals.keys())
    part.problems.find("signal", spec.signal, known, part.origin.at("signal"))
    playbook = part.playbook(spec.playbook)
    if spec.objective.ratio >= Decimal(1):
        message = "an objective of 100% leaves no error budget"
        part.say("no-budget", message, part.origin.at("objective"), "99.999% is a high one")
        return None
    signal = signals.get(spec.signal)
    if signal is None or not _counts_events(part, spec, signal):
        return None
    default = part.context.platform.defaults.min_bad_events
    return Slo(
        name,
        part.service.service,
        signal,
        spec.objective.ratio,
        spec.period,
        spec.under,
        spec.title or name.replace("-", " ").replace("_", " "),
        spec.description or signal.kind.description or "",
        playbook,
        default if spec.min_bad_events is None else spec.min_bad_events,
        part.origin,
    )


def _counts_events(part: Part, spec: SloSpec, signal: Signal) -> bool:
    try:
        signal.kind.events(signal.scope, signal.scope.window, spec.under)
    except ValueError as error:
        part.say("bad-slo", str(error), part.origin.at("under" if spec.under else "signal"))
        return False
    return True
