"""SLOs to recording rules and burn-rate alerts: weighted by events, without NaN, at a fixed cost.

Two series are recorded for each SLO, the rates of bad and of all events over 5 minutes. Windows up to an hour are
read from the raw series, which is prompt; longer ones and the period are sums over those two series, taken every
5 minutes, so the samples tile the window and an hour with ten times the traffic counts ten times as much. The usual
average of 5-minute ratios weighs a quiet night like a busy day.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generators import links, naming
from generators.model.catalog import Catalog, Service, Slo
from generators.naming import Category, Label
from generators.promql import Expr, Number, Selector, absent, call, metric, over_time, positive
from generators.rules import annotate
from generators.rules.burn_rate import TIERS, Tier
from generators.rules.group import Alert, Group, Recording
from generators.units import Duration

_BASE = Duration.parse("5m")
_RAW_UP_TO = Duration.parse("1h")
_LEAST_FACTOR = Decimal("0.9")


def groups(catalog: Catalog, service: Service) -> Iterator[Group]:
    """One group for each SLO, in the order in which its rules read each other."""
    for slo in service.slos:
        rules = (*_events(catalog, slo), *_ratios(catalog, slo), *_budget(catalog, service, slo))
        alerts = (
            *(_burn(catalog, service, slo, tier) for tier in tiers(slo)),
            _no_data(catalog, service, slo),
        )
        yield Group(f"{service.name}.slo.{slo.name}", rules + alerts)


def tiers(slo: Slo) -> tuple[Tier, ...]:
    """The tiers that make sense for the SLO.

    Where the factor times the budget reaches 1, nothing can be that bad. Where the factor is well below 1, the
    budget outlasts the period at that rate, so there is nothing to tell anybody; 28 days make a factor of 0.93 of
    what is 1 for 30, which is kept.
    """
    return tuple(t for t in TIERS if t.factor(slo.period) >= _LEAST_FACTOR and t.factor(slo.period) * slo.budget < 1)


def windows(slo: Slo) -> tuple[Duration, ...]:
    """Every window whose error ratio is recorded, the period last."""
    found = {window for tier in TIERS for window in (tier.long, tier.short)} | {slo.period}
    return tuple(sorted(found))


def identity(catalog: Catalog, slo: Slo) -> dict[str, str]:
    """The labels of everything recorded for an SLO; they never change, so no series is ever lost."""
    return {**catalog.labels, Label.SERVICE: slo.service, Label.SLO: slo.name}


def recorded(catalog: Catalog, slo: Slo, name: str) -> Selector:
    """A series recorded for the SLO."""
    return metric(name, **identity(catalog, slo))


def _events(catalog: Catalog, slo: Slo) -> Iterator[Recording]:
    events = slo.signal.kind.events(slo.signal.scope, _BASE, slo.under)
    yield Recording(naming.SLO_BAD, events.bad, identity(catalog, slo))
    yield Recording(naming.SLO_TOTAL, events.total, identity(catalog, slo))


def _ratios(catalog: Catalog, slo: Slo) -> Iterator[Recording]:
    for window in windows(slo):
        yield Recording(naming.error_ratio(window), _ratio(catalog, slo, window), identity(catalog, slo))


def _ratio(catalog: Catalog, slo: Slo, window: Duration) -> Expr:
    bad, total = recorded(catalog, slo, naming.SLO_BAD), recorded(catalog, slo, naming.SLO_TOTAL)
    if window == _BASE:
        return bad / positive(total)
    if window <= _RAW_UP_TO:
        events = slo.signal.kind.events(slo.signal.scope, window, slo.under)
        return events.bad / positive(events.total)
    return _summed(bad, window) / positive(_summed(total, window))


def _summed(series: Selector, window: Duration) -> Expr:
    return over_time("sum", series, window, step=_BASE)


def _budget(catalog: Catalog, service: Service, slo: Slo) -> Iterator[Recording]:
    ids = identity(catalog, slo)
    period = recorded(catalog, slo, naming.error_ratio(slo.period))
    hour = recorded(catalog, slo, naming.error_ratio(_RAW_UP_TO))
    yield Recording(naming.SLO_OBJECTIVE, call("vector", Number(slo.objective)), ids)
    yield Recording(naming.SLO_BUDGET, call("vector", Number(slo.budget)), ids)
    yield Recording(naming.SLO_REMAINING, Decimal(1) - period / slo.budget, ids)
    yield Recording(naming.SLO_BURN_RATE, hour / slo.budget, ids)
    about = {
        Label.TEAM: service.owner.name,
        "service_tier": str(service.tier),
        "objective": annotate.share_text(slo.objective),
        "period": str(slo.period),
    }
    yield Recording(naming.SLO_INFO, call("vector", Number(Decimal(1))), {**ids, **about})


def _burn(catalog: Catalog, service: Service, slo: Slo, tier: Tier) -> Alert:
    defaults = catalog.platform.defaults
    severity = catalog.severity(defaults.slo_page_severity if tier.pages else defaults.slo_ticket_severity)
    name = naming.burn_alert(service.name, slo.name)
    ids: dict[str, str | None] = {"slo": slo.name, "tier": tier.name, "domain": service.domain}
    return Alert(
        name,
        _burns(catalog, slo, tier),
        annotate.labels(catalog, service, severity, Category.SLO_BURN, **ids),
        annotate.said(catalog, severity, name, _message(catalog, service, slo, tier)),
        keep_firing_for=defaults.keep_firing_for if tier.pages else None,
        series_labels=slo.signal.kind.by,
    )


def _burns(catalog: Catalog, slo: Slo, tier: Tier) -> Expr:
    """Both windows are over the limit, and more than a handful of events were bad."""
    limit = tier.factor(slo.period) * slo.budget
    long = recorded(catalog, slo, naming.error_ratio(tier.long)) > limit
    short = recorded(catalog, slo, naming.error_ratio(tier.short)) > limit
    return long & short & _enough_bad_events(catalog, slo, tier.long)


def _enough_bad_events(catalog: Catalog, slo: Slo, window: Duration) -> Expr:
    """That a handful of events were bad: of the window, or of the last minutes, which the steps of the sum miss."""
    bad = recorded(catalog, slo, naming.SLO_BAD)
    latest = bad * _BASE.seconds >= slo.min_bad_events
    return latest | (_summed(bad, window) * _BASE.seconds >= slo.min_bad_events)


def _message(catalog: Catalog, service: Service, slo: Slo, tier: Tier) -> annotate.Message:
    limit = annotate.share_text(tier.factor(slo.period) * slo.budget)
    about = f"{slo.description}\n" if slo.description else ""
    description = (
        f"{{{{ $value | humanizePercentage }}}} of the events of the last {tier.long} were bad, more than {limit}. "
        f"At this rate {annotate.share_text(tier.spends)} of the budget of {slo.period} goes in {tier.long} "
        f"(objective {annotate.share_text(slo.objective)})."
    )
    summary = f"{service.title}: the error budget of {slo.title} burns ({tier.name})"
    summary += annotate.which(slo.signal.kind.by)
    return annotate.Message(summary, about + description, _panel(catalog, service, slo))


def _no_data(catalog: Catalog, service: Service, slo: Slo) -> Alert:
    defaults = catalog.platform.defaults
    severity = catalog.severity(defaults.no_data_severity)
    name = naming.slo_no_data_alert(service.name, slo.name)
    summary = f"{service.title}: no data for {slo.title}"
    description = f"No events have been counted for {defaults.no_data_for}, so the error budget is not watched."
    said = annotate.said(catalog, severity, name, annotate.Message(summary, description, _panel(catalog, service, slo)))
    labels = annotate.labels(catalog, service, severity, Category.NO_DATA, slo=slo.name, domain=service.domain)
    return Alert(name, absent(recorded(catalog, slo, naming.SLO_TOTAL)), labels, said, defaults.no_data_for)


def _panel(catalog: Catalog, service: Service, slo: Slo) -> str:
    return links.slo_panel(catalog, service, slo.name)
