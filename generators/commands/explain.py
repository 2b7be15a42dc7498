"""`tocsin explain`: what an alert, signal, threshold, SLO, service or check is, and which catalog line says so."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from generators import naming
from generators.checks import CHECKS
from generators.commands import common
from generators.diagnostics import did_you_mean
from generators.model.catalog import Catalog, Origin, Service
from generators.overlay import entries
from generators.promql import layout
from generators.routing.derive import routing_tree
from generators.routing.policy import policy_of
from generators.routing.simulate import deliveries
from generators.rules.bundle import Bundle, RuleFile
from generators.rules.group import Alert

_WEEK_START = datetime(2024, 1, 1)
_HALF_HOUR = timedelta(minutes=30)


def explain(catalog: Path, environments: Sequence[str], name: str) -> int:
    """Print all that is known of that name."""
    for module in CHECKS:
        if name == module.CODE:
            print(f"{name}: {inspect.getdoc(module)}")
            return common.OK
    try:
        source = common.read(catalog)
        compiled = common.bundles(source, environments)
    except common.Refused:
        return common.UNUSABLE
    lines = [line for bundle in compiled for line in _about(source, bundle, name)]
    if not lines:
        known = {n for bundle in compiled for n in _names(bundle)} | {m.CODE for m in CHECKS}
        common.say(f'nothing is called "{name}"\n  hint: {did_you_mean(name, known, "names")}')
        return common.UNUSABLE
    print("\n".join(lines))
    return common.OK


def _names(bundle: Bundle) -> Iterator[str]:
    yield from (alert.name for alert in bundle.alerts)
    for service in bundle.catalog.services:
        yield service.name
        yield from (f"{service.name}.{name}" for name in _parts(service))


def _parts(service: Service) -> dict[str, Origin]:
    found = (*service.signals, *service.thresholds, *service.slos)
    return {part.name: part.origin for part in found}


def _about(source: common.Source, bundle: Bundle, name: str) -> Iterator[str]:
    for file in bundle.files:
        service = file.service
        if service is None:
            alerts = [a for a in file.alerts if a.name == name]
            yield from _alerts(bundle, alerts)
            continue
        alerts = [a for a in file.alerts if a.name in _alert_names(service, name)]
        origins = _origins(service, name)
        if not alerts and not origins:
            continue
        yield f"{bundle.catalog.environment}: {name}"
        yield f"  owner: {service.owner.title} ({service.owner.name}), service {service.title}"
        yield from _recordings(file, service, name)
        yield from _alerts(bundle, alerts)
        for origin in origins:
            yield from _said(source, bundle.catalog, origin)


def _alert_names(service: Service, name: str) -> set[str]:
    """The alerts that a name stands for: itself, or those of a threshold, SLO or signal."""
    part = name.removeprefix(f"{service.name}.") if name.startswith(f"{service.name}.") else None
    names = {name}
    names |= {t.alert for t in service.thresholds if part in (t.name, t.signal.name)}
    names |= {naming.burn_alert(service.name, s.name) for s in service.slos if part in (s.name, s.signal.name)}
    return names


def _origins(service: Service, name: str) -> list[Origin]:
    """Where the catalog speaks of that name."""
    if name == service.name:
        return [service.origin]
    found = [p.origin for p in (*service.thresholds, *service.slos, *service.signals) if name == f"{service.name}.{p.name}"]
    found += [t.origin for t in service.thresholds if t.alert == name]
    found += [s.origin for s in service.slos if naming.burn_alert(service.name, s.name) == name]
    return [next(group) for _, group in groupby(found, key=lambda o: o.route)]


def _recordings(file: RuleFile, service: Service, name: str) -> Iterator[str]:
    for signal in service.signals:
        if name == f"{service.name}.{signal.name}":
            for legend, expr in signal.kind.shown(signal.scope):
                yield f"  value{f' {legend}' if legend else ''} ({signal.kind.unit(signal.scope).name}):"
                yield from _indented(layout(expr))
            for record, _labels, expr in signal.kind.recordings(signal.scope):
                yield f"  recorded as {record}:"
                yield from _indented(layout(expr))
    for group in file.groups:
        if name in (f"{service.name}.{slo.name}" for slo in service.slos) and group.name == name.replace(".", ".slo.", 1):
            yield f"  recorded: {', '.join(dict.fromkeys(r.name for r in group.rules if not isinstance(r, Alert)))}"


def _alerts(bundle: Bundle, alerts: Iterable[Alert]) -> Iterator[str]:
    for alert in alerts:
        lasting = f" for {alert.hold}" if alert.hold else ""
        tier = f", tier {alert.labels[naming.Label.TIER]}" if naming.Label.TIER in alert.labels else ""
        yield f"  {alert.name}, {alert.labels[naming.Label.SEVERITY]}{tier}, fires{lasting} when:"
        yield from _indented(layout(alert.expr))
        yield from (f"    {line}" for line in _week(bundle, alert))
        yield f"    runbook: {alert.annotations['runbook_url']}"
        if url := alert.annotations.get("dashboard_url"):
            yield f"    dashboard: {url}"


def _week(bundle: Bundle, alert: Alert) -> Iterator[str]:
    """Who is told at which times of a week, in the platform's time zone."""
    tree = routing_tree(policy_of(bundle))
    labels = {naming.Label.ALERT.value: alert.name, **{str(k): str(v) for k, v in alert.labels.items()}}
    zone = ZoneInfo(bundle.catalog.platform.timezone)
    moments = [(_WEEK_START + n * _HALF_HOUR).replace(tzinfo=zone) for n in range(7 * 48)]
    told = [(at, tuple(d.receiver.name for d in deliveries(tree, labels, at) if not d.muted)) for at in moments]
    runs = [(who, [at for at, _ in group]) for who, group in groupby(told, key=lambda pair: pair[1])]
    if len(runs) == 1:
        yield f"told at any time: {', '.join(runs[0][0])}"
        return
    for who in dict.fromkeys(who for who, _ in runs):
        times = [f"{ats[0]:%a %H:%M}-{ats[-1] + _HALF_HOUR:%a %H:%M}" for w, ats in runs if w == who]
        yield f"told {', '.join(times)}: {', '.join(who) or 'nobody'}"


def _said(source: common.Source, catalog: Catalog, origin: Origin) -> Iterator[str]:
    node = origin.find()
    if node is None:
        return
    yield f"  said in the catalog ({'.'.join(map(str, origin.route)) or 'service'}):"
    for key, text, place in entries(node):
        yield f"    {key}: {text}  ({source.shown(place)})"
    if origin.route[:1] == ("thresholds",):
        for key, default in _inherited(catalog, origin):
            yield f"    {key}: {default}  (default)"


def _inherited(catalog: Catalog, origin: Origin) -> Iterator[tuple[str, object]]:
    defaults = catalog.platform.defaults
    if not origin.says("for"):
        yield "for", defaults.hold
    if not origin.says("keep_firing_for"):
        yield "keep_firing_for", f"{defaults.keep_firing_for} where the severity pages"
    if not origin.says("min_bad_events"):
        yield "min_bad_events", defaults.min_bad_events


def _indented(text: str) -> Iterator[str]:
    yield from (f"    {line}" for line in text.split("\n"))
