"""Thresholds to alerts, one each; and what their signals need recorded."""

from __future__ import annotations

from collections.abc import Iterator

from generators import links, naming
from generators.model.catalog import Catalog, Service, Threshold
from generators.promql import Number, call
from generators.rules import annotate
from generators.rules.group import Alert, Group, Recording, Rule


def groups(catalog: Catalog, service: Service) -> Iterator[Group]:
    """The group of a service: recordings first, so that the alerts of the same evaluation read them."""
    rules: list[Rule] = [*_recordings(service), *(alert(catalog, service, t) for t in service.thresholds)]
    if rules:
        yield Group(f"{service.name}.thresholds", tuple(rules))


def alert(catalog: Catalog, service: Service, threshold: Threshold) -> Alert:
    """The alert of one threshold."""
    kind, severity = threshold.signal.kind, threshold.severity
    return Alert(
        threshold.alert,
        threshold.condition,
        annotate.labels(catalog, service, severity, kind.category, domain=threshold.domain),
        annotate.said(catalog, severity, threshold.alert, _message(catalog, service, threshold)),
        threshold.hold,
        threshold.keep_firing_for,
        kind.by,
    )


def _message(catalog: Catalog, service: Service, threshold: Threshold) -> annotate.Message:
    kind = threshold.signal.kind
    about = f"{threshold.description}\n" if threshold.description else ""
    value = annotate.value_text(kind.alert_unit(threshold.signal.scope))
    return annotate.Message(
        f"{service.title}: {threshold.title}{annotate.which(kind.by)}",
        f"{about}{kind.measured(threshold.limit)}: {value}. Limit: {kind.allowed(threshold.limit)}.",
        links.signal_panel(catalog, service, threshold.signal, narrowed=True),
    )


def _recordings(service: Service) -> Iterator[Recording]:
    for signal in service.signals:
        for name, labels, expr in signal.kind.recordings(signal.scope):
            yield Recording(name, expr, labels)
    yield from _limits(service)


def _limits(service: Service) -> Iterator[Recording]:
    """The mildest and the worst limit of each saturation, for dashboards and forecasts of any resource."""
    for signal in service.signals:
        limits = [t.limit.quantity.value for t in service.thresholds if t.signal.name == signal.name]
        for _name, labels, _expr in signal.kind.recordings(signal.scope) if limits else ():
            yield Recording(naming.SATURATION_SOFT_LIMIT, call("vector", Number(min(limits))), labels)
            yield Recording(naming.SATURATION_HARD_LIMIT, call("vector", Number(max(limits))), labels)
