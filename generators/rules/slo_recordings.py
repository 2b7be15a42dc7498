"""What is recorded for an SLO: rates of events, error ratios of every window, and what is left of the budget.

Two series are recorded for each SLO, the rates of bad and of all events over 5 minutes. Windows up to an hour are
read from the raw series, which is prompt; longer ones and the period are sums over those two series, taken every
5 minutes, so the samples tile the window and an hour with ten times the traffic counts ten times as much. The usual
average of 5-minute ratios weighs a quiet night like a busy day.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generators import naming
from generators.model.catalog import Catalog, Service
from generators.model.slo import Slo
from generators.naming import Label
from generators.period import Calendar
from generators.promql import Expr, Number, call, over_time, positive, sum_by
from generators.rules import annotate, calendar, maintenance
from generators.rules.group import Recording
from generators.rules.slo_series import BASE, HOUR, identity, recorded, summed, windows
from generators.signals.counted import Events
from generators.units import Duration


def recordings(catalog: Catalog, service: Service, slo: Slo) -> Iterator[Recording]:
    """In the order in which they read each other."""
    yield from events(catalog, slo)
    for window in windows(slo):
        yield Recording(naming.error_ratio(window), _ratio(catalog, slo, window), identity(catalog, slo))
    yield from _period(catalog, slo)
    yield from _budget(catalog, slo)
    yield _about(catalog, service, slo)


def events(catalog: Catalog, slo: Slo) -> Iterator[Recording]:
    """The rates of bad and of all events, from raw series alone."""
    ids, found = identity(catalog, slo), counted(slo)
    yield Recording(naming.SLO_BAD, found.bad, ids)
    yield Recording(naming.SLO_TOTAL, found.total, ids)


def counted(slo: Slo) -> Events:
    """Events a second, but for those during announced work."""
    found = slo.sli.events(BASE)
    slices = slo.sli.slice.seconds if slo.sli.slice else 0  # the first slice looks back as well
    factor = maintenance.counting(slo.maintenance, Duration(BASE.seconds + slices))
    return found if factor is None else Events(found.bad * factor, found.total * factor)


def past(catalog: Catalog, slo: Slo) -> Iterator[Recording]:
    """What has to be there of the past for all else to be right: rules that read nothing but raw series."""
    yield from events(catalog, slo)
    if slo.period.calendar:
        zone, found = catalog.platform.timezone, counted(slo)
        for name, rate in ((naming.SLO_BAD, found.bad), (naming.SLO_TOTAL, found.total)):
            numbered = calendar.numbered(rate, slo.period.calendar, zone)
            yield Recording(naming.by_calendar(name, slo.period.calendar), numbered, identity(catalog, slo))


def last_period(catalog: Catalog, slo: Slo, stretch: Calendar) -> Recording:
    """The whole of the month or quarter before."""
    number = calendar.before(stretch, catalog.platform.timezone)
    ratio = _of_calendar(catalog, slo, stretch, number, stretch.longest * 2)
    return Recording(naming.last_period_ratio(stretch), ratio, identity(catalog, slo))


def _ratio(catalog: Catalog, slo: Slo, window: Duration) -> Expr:
    bad, total = recorded(catalog, slo, naming.SLO_BAD), recorded(catalog, slo, naming.SLO_TOTAL)
    if window == BASE:
        return bad / positive(total)
    if window > HOUR:
        return summed(bad, window) / positive(summed(total, window))
    if slo.maintenance:  # raw series have what happened during the work
        return over_time("sum", bad, window) / positive(over_time("sum", total, window))
    return slo.sli.events(window).share(sum_by(total, slo.sli.by))


def _period(catalog: Catalog, slo: Slo) -> Iterator[Recording]:
    """The error ratio of the period, and what it takes to tell it."""
    ids, stretch = identity(catalog, slo), slo.period.calendar
    name = naming.period_ratio(slo.period)
    if stretch is None:
        if slo.period.length not in windows(slo):
            yield Recording(name, _ratio(catalog, slo, slo.period.length), ids)
        return
    zone = catalog.platform.timezone
    for rate in (naming.SLO_BAD, naming.SLO_TOTAL):
        numbered = calendar.numbered(recorded(catalog, slo, rate), stretch, zone)
        yield Recording(naming.by_calendar(rate, stretch), numbered, ids)
    yield Recording(name, _of_calendar(catalog, slo, stretch, calendar.now(stretch, zone), stretch.longest), ids)


def _of_calendar(catalog: Catalog, slo: Slo, stretch: Calendar, number: Expr, back: Duration) -> Expr:
    series = (recorded(catalog, slo, naming.by_calendar(n, stretch)) for n in (naming.SLO_BAD, naming.SLO_TOTAL))
    bad, total = (calendar.counted("sum", one, number, stretch, back) for one in series)
    return bad / positive(total)


def _budget(catalog: Catalog, slo: Slo) -> Iterator[Recording]:
    ids = identity(catalog, slo)
    hour = recorded(catalog, slo, naming.error_ratio(HOUR))
    left, rate = (recorded(catalog, slo, name) for name in (naming.SLO_REMAINING, naming.SLO_BURN_RATE))
    yield Recording(naming.SLO_OBJECTIVE, call("vector", Number(slo.objective)), ids)
    yield Recording(naming.SLO_BUDGET, call("vector", Number(slo.budget)), ids)
    yield Recording(naming.SLO_REMAINING, Decimal(1) - _spent(catalog, slo), ids)
    yield Recording(naming.SLO_BURN_RATE, hour / slo.budget, ids)
    lasts = call("clamp_min", left, 0) * slo.period.length.seconds / positive(rate)
    yield Recording(naming.SLO_EXHAUSTION, lasts, ids)


def _spent(catalog: Catalog, slo: Slo) -> Expr:
    """The share of the budget that is gone: of the calendar, of that for the whole month at the traffic so far."""
    ratio = recorded(catalog, slo, naming.period_ratio(slo.period))
    stretch, zone = slo.period.calendar, catalog.platform.timezone
    if stretch is None:
        return ratio / slo.budget
    series = recorded(catalog, slo, naming.by_calendar(naming.SLO_TOTAL, stretch))
    samples = calendar.counted("count", series, calendar.now(stretch, zone), stretch, stretch.longest)
    passed = samples * BASE.seconds / call("scalar", calendar.seconds(stretch, zone))
    return ratio * passed / slo.budget


def _about(catalog: Catalog, service: Service, slo: Slo) -> Recording:
    """What may change of an SLO without its series becoming others."""
    about = {
        Label.TEAM: service.owner.name,
        "service_tier": str(service.tier),
        "objective": annotate.share_text(slo.objective),
        "period": str(slo.period),
    }
    return Recording(naming.SLO_INFO, call("vector", Number(Decimal(1))), {**identity(catalog, slo), **about})
