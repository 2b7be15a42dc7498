"""The SLOs of a catalog as OpenSLO v1 documents. What OpenSLO has no key for stands in annotations."""

from __future__ import annotations

from collections.abc import Iterator

from generators.interchange.names import told_apart
from generators.interchange.openslo_names import Document, cut, dns, shorthand, thing
from generators.interchange.openslo_policies import Policies
from generators.model.catalog import Catalog, Service
from generators.model.sli import SliceSli
from generators.model.slo import Slo
from generators.period import Period
from generators.promql import Expr, layout
from generators.units import Duration

_LONGEST_TITLE, _LONGEST_TEXT = 63, 1050
_WINDOW = Duration.parse("5m")
_MONTHS = {"month": "1M", "quarter": "1Q"}
_FIRST_DAY = "2024-01-01 00:00:00"
_GOOD = {"above": "lte", "at_least": "lt", "below": "gte", "at_most": "gt"}


def documents(catalog: Catalog) -> Iterator[Document]:
    """Every document: services, SLOs with their indicators, alert policies, conditions and targets."""
    with_slos = [service for service in catalog.services if service.slos]
    names = told_apart({s.name: dns(s.name) for s in with_slos}, "service")
    slos = {(s.name, slo.name): f"{dns(s.name)}-{dns(slo.name)}" for s in with_slos for slo in s.slos}
    called = told_apart(slos, "slo")
    policies = Policies()
    for service in with_slos:
        yield _service(service, names[service.name])
        for slo in service.slos:
            refs = policies.refs(service.owner, slo)
            yield _slo(catalog, slo, (called[service.name, slo.name], names[service.name]), refs)
    yield from policies.documents()


def _service(service: Service, name: str) -> Document:
    metadata = {"name": name, "displayName": cut(service.title, _LONGEST_TITLE), "labels": {"team": service.owner.name}}
    spec = {"description": cut(service.description, _LONGEST_TEXT)} if service.description else {}
    return thing("Service", metadata, spec)


def _slo(catalog: Catalog, slo: Slo, names: tuple[str, str], policies: list[str]) -> Document:
    metadata = {
        "name": names[0],
        "displayName": cut(slo.title, _LONGEST_TITLE),
        "annotations": dict(_annotations(catalog, slo)),
    }
    method, indicator, objective = _sliced(slo) or _counted(slo)
    spec = {
        **({"description": cut(slo.description, _LONGEST_TEXT)} if slo.description else {}),
        "service": names[1],
        "indicator": {"metadata": {"name": names[0]}, "spec": indicator},
        "timeWindow": [_time_window(slo.period, catalog.platform.timezone)],
        "budgetingMethod": method,
        "objectives": [{"displayName": cut(slo.title, _LONGEST_TITLE), "target": slo.objective, **objective}],
        **({"alertPolicies": [{"alertPolicyRef": name} for name in policies]} if policies else {}),
    }
    return thing("SLO", metadata, spec)


def _annotations(catalog: Catalog, slo: Slo) -> Iterator[tuple[str, str]]:
    """What OpenSLO has no key for."""
    yield "tocsin/slo", f"{slo.service}.{slo.name}"
    yield "tocsin/environment", catalog.environment
    yield "tocsin/window", f"ranges of {_WINDOW} in the queries stand for the window"
    yield "tocsin/no-data-severity", slo.no_data_severity.name
    if slo.sli.by:
        yield "tocsin/budget-for-each", ", ".join(slo.sli.by)
    if slo.min_bad_events:
        yield "tocsin/min-bad-events", str(slo.min_bad_events)
    if slo.playbook:
        yield "tocsin/playbook", slo.playbook.name
    if slo.maintenance:
        yield "tocsin/not-counted-during", ", ".join(one.name for one in slo.maintenance)


Said = tuple[str, Document, Document]
"""The budgeting method, the indicator, and what the objective says of it."""


def _counted(slo: Slo) -> Said:
    events = slo.sli.events(_WINDOW)
    part = {"bad": _query(events.bad)} if events.part_is_bad else {"good": _query(events.part)}
    ratio = {"counter": True, **part, "total": _query(events.total)}
    return "Occurrences", {"ratioMetric": ratio}, {}


def _sliced(slo: Slo) -> Said | None:
    """Slices of whole minutes that are judged by a value; shorter ones are counted as events."""
    sli = slo.sli
    if not isinstance(sli, SliceSli) or sli.of.seconds % 60:
        return None
    kind, scope = sli.signal.kind, sli.signal.scope
    value, level = kind.judged(scope, sli.limit), kind.level(scope, sli.limit)
    objective = {
        "op": _GOOD[sli.limit.comparison],
        "value": level,
        "timeSliceTarget": 1,
        "timeSliceWindow": shorthand(sli.of),
    }
    return "Timeslices", {"thresholdMetric": _query(value)}, objective


def _query(expr: Expr) -> Document:
    return {"metricSource": {"type": "Prometheus", "spec": {"query": layout(expr)}}}


def _time_window(period: Period, timezone: str) -> Document:
    if period.calendar is None:
        return {"duration": shorthand(period.length), "isRolling": True}
    calendar = {"startTime": _FIRST_DAY, "timeZone": timezone if "/" in timezone else f"Etc/{timezone}"}
    return {"duration": _MONTHS[period.calendar], "isRolling": False, "calendar": calendar}
