"""SLOs, linked: what each of them counts, and the tiers of its burn-rate alerts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from generators.model.ownership import Severity
from generators.model.signal import Signal
from generators.model.sli import EventSli, Sli, SliceSli
from generators.model.slo import Maintenance, Slo, Tier
from generators.period import Period
from generators.promql import Expr, Selector, walk
from generators.resolve.context import Part
from generators.resolve.signals import lacks_labels
from generators.signals.limit import Limit
from generators.spec.slo import WEEK, WEEK_UP_TO, WORKBOOK, SlicesSpec, SloSpec, TierSpec
from generators.units import Dimension, Duration

_MINUTE = Duration.parse("1m")


def slo(part: Part, name: str, spec: SloSpec, signals: Mapping[str, Signal]) -> Slo | None:
    """The SLO; None where something is wrong with it, or where it is a composite, which needs all others first."""
    if spec.of:
        return None
    known = dict.fromkeys(signals.keys() | part.service.signals.keys())
    part.problems.find("signal", spec.signal, known, part.origin.at("signal"))
    signal = signals.get(spec.signal or "")
    sli = _sli(part, spec, signal) if signal else None
    return complete(part, name, spec, sli)


def complete(part: Part, name: str, spec: SloSpec, sli: Sli | None) -> Slo | None:
    """The SLO that counts this; None where something is wrong."""
    playbook, severity = part.playbook(spec.playbook), _no_data_severity(part, spec)
    table = tuple(_tiers(part, spec))
    if not _leaves_a_budget(part, spec) or sli is None or severity is None:
        return None
    said = (signal.kind.description for signal in sli.signals[:1])
    return Slo(
        name,
        part.service.service,
        sli,
        spec.objective.ratio,
        spec.period,
        table,
        spec.title or name.replace("-", " ").replace("_", " "),
        spec.description or next(said, None) or "",
        playbook,
        _least(part, spec, sli),
        _traffic(part, spec, sli),
        severity,
        _maintenance(part, sli),
        part.origin,
    )


def _maintenance(part: Part, sli: Sli) -> tuple[Maintenance, ...]:
    """Work on the service itself, or on any that a composite counts events of."""
    services = dict.fromkeys([part.service.service, *(signal.service for signal in sli.signals)])
    works = (work for service in services for work in part.context.maintenance.get(service, ()))
    return tuple({work.name: work for work in works}.values())


def _leaves_a_budget(part: Part, spec: SloSpec) -> bool:
    if spec.objective.ratio < 1:
        return True
    message = f"an objective of 100% leaves no error budget: the first bad event breaks it for {spec.period}"
    place = part.origin.at("objective")
    part.say("no-budget", message, place, "99.999% is a high one: it takes 100,000 events to have one to spare")
    return False


def _least(part: Part, spec: SloSpec, sli: Sli) -> int:
    """The fewest bad events that alert; slices come one by one, so there is nothing to wait for."""
    default = 0 if sli.counts_evenly else part.context.platform.defaults.min_bad_events
    return default if spec.min_bad_events is None else spec.min_bad_events


def _traffic(part: Part, spec: SloSpec, sli: Sli) -> Decimal | None:
    """Events a second, as far as they are known."""
    if sli.slice:
        return 1 / sli.slice.seconds
    if spec.traffic is None:
        return None
    if spec.traffic.dimension is not Dimension.RATE or spec.traffic.value <= 0:
        message = f"{spec.traffic} is no rate of events; write how many there are, such as 5/s, 100/m or 20/h"
        part.say("bad-value", message, part.origin.at("traffic"))
        return None
    return spec.traffic.value


def _no_data_severity(part: Part, spec: SloSpec) -> Severity | None:
    default = part.context.platform.defaults.no_data_severity
    return _severity(part, spec.no_data_severity, default, "no_data_severity")


def _severity(part: Part, said: str | None, default: str, *steps: str) -> Severity | None:
    """The severity that is said, else the platform's, of which the platform's own document is told if it is wrong."""
    return part.severity(said, *steps) if said else part.context.severities.get(default)


def _tiers(part: Part, spec: SloSpec) -> Iterator[Tier]:
    """The tiers of its table, the fastest first."""
    defaults = part.context.platform.defaults
    tables = (spec.tiers, defaults.slo_tiers, usual_tiers(spec.period))
    table = next(table for table in tables if table is not None)
    for name, tier in sorted(table.items(), key=lambda item: item[1].long):
        default = defaults.slo_page_severity if tier.pages else defaults.slo_ticket_severity
        severity = _severity(part, tier.severity, default, "tiers", name, "severity")
        if severity is not None:
            yield Tier(name, tier.long, tier.until, tier.spends.ratio, tier.pages, severity, tier.hold)


def usual_tiers(period: Period) -> Mapping[str, TierSpec]:
    """The table of tiers where the catalog has none of its own."""
    return WEEK if period.length <= WEEK_UP_TO else WORKBOOK


def _sli(part: Part, spec: SloSpec, signal: Signal) -> Sli | None:
    try:
        grouped = _grouped(part, spec, signal)
        if grouped is None:
            return None
        sli = _counted(spec, grouped)
        sli.events(_MINUTE * 5)
    except ValueError as error:
        field = next((f for f in ("slices", "under", "by") if getattr(spec, f) is not None), "signal")
        part.say("bad-slo", str(error), part.origin.at(field))
        return None
    _check_maintenance(part, signal)
    return sli


def _grouped(part: Part, spec: SloSpec, signal: Signal) -> Signal | None:
    """The signal, with the labels that the SLO has a budget for each of. Raises ValueError."""
    if spec.by is None:
        return signal
    kind = signal.kind.grouped(spec.by)
    if lacks_labels(part, kind, signal.scope, part.origin.at("by")):
        return None
    return replace(signal, kind=kind)


def _counted(spec: SloSpec, signal: Signal) -> Sli:
    """What is counted. Raises ValueError."""
    if spec.slices:
        return _slices(signal, spec.slices)
    if spec.under and signal.kind.measures_age:
        return _judged(signal, _MINUTE, Limit("above", spec.under))
    return EventSli(signal, spec.under)


def _slices(signal: Signal, spec: SlicesSpec) -> Sli:
    comparison, quantity = spec.limit
    if spec.quantile and not signal.kind.needs_quantile:
        raise ValueError(f"a {signal.kind.kind} signal has no quantiles; remove `quantile`")
    if signal.kind.only_when_bad:
        raise ValueError(f"an {signal.kind.kind} has a value only while things are bad, so no slice would be good")
    quantile = spec.quantile.ratio if spec.quantile else None
    return _judged(signal, spec.of, Limit(comparison, quantity, quantile, min_bad_events=0))


def _judged(signal: Signal, of: Duration, limit: Limit) -> Sli:
    kind = signal.kind.model_copy(update={"window": of})
    return SliceSli(replace(signal, kind=kind), of, limit)


def _check_maintenance(part: Part, signal: Signal) -> None:
    """What an expression names that says when there is work, the service has to know."""
    for work in part.context.maintenance.get(part.service.service, ()):
        for name in _named(work.when):
            if name not in signal.scope.inventory:
                message = f'the maintenance "{work.name}" reads {name}, which is not in the inventory'
                hint = f"declare it under `metrics:` of {part.service.service}"
                part.say("unknown-metric", message, part.origin.at(key=True), hint)


def _named(when: object) -> list[str]:
    return [node.metric for node in walk(when) if isinstance(node, Selector)] if isinstance(when, Expr) else []
