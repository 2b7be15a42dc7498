"""The alerts of an SLO: one for each burn-rate tier, and one for when nothing is counted."""

from __future__ import annotations

from collections.abc import Iterator

from generators import links, naming
from generators.model.catalog import Catalog, Service
from generators.model.slo import Slo, Tier
from generators.naming import Category
from generators.promql import Expr, absent
from generators.rules import annotate, sloth_names
from generators.rules.group import Alert
from generators.rules.slo_series import BASE, recorded, summed
from generators.units import Duration


def alerts(catalog: Catalog, service: Service, slo: Slo) -> Iterator[Alert]:
    """The tiers, the fastest first, then the alert on missing data."""
    for tier in slo.tiers:
        yield _burn(catalog, service, slo, tier)
    if not slo.sli.slice:  # those of a ratio are missing whenever nobody asks; the signal's own alert knows better
        yield _no_data(catalog, service, slo)


def _burn(catalog: Catalog, service: Service, slo: Slo, tier: Tier) -> Alert:
    name = naming.burn_alert(service.name, slo.name)
    ids: dict[str, str | None] = {"slo": slo.name, "tier": tier.name, "domain": service.domain}
    labels = annotate.labels(catalog, service, tier.severity, Category.SLO_BURN, **ids)
    return Alert(
        name,
        _burns(catalog, slo, tier),
        labels | sloth_names.alert_labels(catalog, slo, tier),
        annotate.said(catalog, tier.severity, name, _message(catalog, service, slo, tier)),
        hold=tier.hold,
        keep_firing_for=catalog.platform.defaults.keep_firing_for if tier.pages else None,
        series_labels=slo.sli.by,
    )


def _burns(catalog: Catalog, slo: Slo, tier: Tier) -> Expr:
    """Both windows are over the limit, and more than a handful of events were bad."""
    limit = slo.limit(tier)
    long = recorded(catalog, slo, naming.error_ratio(tier.long)) > limit
    short = recorded(catalog, slo, naming.error_ratio(tier.short)) > limit
    return long & short & _enough_bad_events(catalog, slo, tier.long) if slo.min_bad_events else long & short


def _enough_bad_events(catalog: Catalog, slo: Slo, window: Duration) -> Expr:
    """That a handful of events were bad: of the window, or of the last minutes, which the steps of the sum miss."""
    bad = recorded(catalog, slo, naming.SLO_BAD)
    latest = bad * BASE.seconds >= slo.min_bad_events
    return latest | (summed(bad, window) * BASE.seconds >= slo.min_bad_events)


def _message(catalog: Catalog, service: Service, slo: Slo, tier: Tier) -> annotate.Message:
    about = f"{slo.description}\n" if slo.description else ""
    description = (
        f"{{{{ $value | humanizePercentage }}}} of the {slo.sli.noun} of the last {tier.long} were bad, "
        f"more than {annotate.share_text(slo.limit(tier))}. "
        f"At that limit {annotate.share_text(tier.spends)} of the budget of {slo.period.in_words} goes in {tier.long} "
        f"(objective {annotate.share_text(slo.objective)})."
    )
    summary = f"{service.title}: the error budget of {slo.title} burns ({tier.name})"
    summary += annotate.which(slo.sli.by)
    return annotate.Message(summary, about + description, links.slo_panel(catalog, service, slo.name))


def _no_data(catalog: Catalog, service: Service, slo: Slo) -> Alert:
    severity, wait = slo.no_data_severity, catalog.platform.defaults.no_data_for
    name = naming.slo_no_data_alert(service.name, slo.name)
    summary = f"{service.title}: no data for {slo.title}"
    description = f"No {slo.sli.noun} have been counted for {wait}, so the error budget is not watched."
    message = annotate.Message(summary, description, links.slo_panel(catalog, service, slo.name))
    labels = annotate.labels(catalog, service, severity, Category.NO_DATA, slo=slo.name, domain=service.domain)
    said = annotate.said(catalog, severity, name, message)
    return Alert(name, absent(recorded(catalog, slo, naming.SLO_TOTAL)), labels, said, wait)
