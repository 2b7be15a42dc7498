"""`tocsin explain`: what an alert, signal, threshold, SLO, service or check is, and which catalog line says so."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from textwrap import shorten

from generators import naming
from generators.checks import CHECKS
from generators.commands import common
from generators.commands.slo import told_of_slo
from generators.commands.told import over_a_week
from generators.diagnostics import did_you_mean
from generators.model.catalog import Catalog, Service
from generators.model.signal import Origin
from generators.overlay import entries
from generators.promql import layout
from generators.routing.policy import labels_of
from generators.rules.bundle import Bundle, RuleFile
from generators.rules.group import Alert

_INHERITED = {
    "thresholds": ("for", "keep_firing_for", "min_bad_events"),
    "slos": ("no_data_severity",),
}
_WIDEST = 120


def explain(catalog: Path, environments: Sequence[str], name: str) -> int:
    """Print all that is known of that name."""
    for module in CHECKS:
        if name == module.CODE:
            print(f"{name}: {inspect.getdoc(module)}")
            return common.OK
    try:
        source = common.read(catalog)
        compiled = common.bundles(source, environments)
    except common.RefusedError:
        return common.UNUSABLE
    lines = [line for bundle in compiled for file in bundle.files for line in _about(source, bundle, file, name)]
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
        yield from (f"{service.name}.{name}" for name, _origin in service.parts)


def _about(source: common.Source, bundle: Bundle, file: RuleFile, name: str) -> Iterator[str]:
    service = file.service
    wanted = _alert_names(service, name) if service else {name}
    alerts = [alert for alert in file.alerts if alert.name in wanted]
    origins = _origins(service, name) if service else []
    if not alerts and not origins:
        return
    yield f"{bundle.catalog.environment}: {name}"
    if service:
        yield f"  owner: {service.owner.title} ({service.owner.name}), service {service.title}"
        yield from _values(service, name)
        yield from (line for slo in service.slos if name == f"{service.name}.{slo.name}" for line in told_of_slo(slo))
    yield from _alerts(bundle, alerts)
    for origin in origins:
        yield from _said(source, bundle.catalog, origin)


def _alert_names(service: Service, name: str) -> set[str]:
    """The alerts that a name stands for: itself, or those of a threshold, SLO or signal."""
    part = name.removeprefix(f"{service.name}.") if name.startswith(f"{service.name}.") else None
    names = {name}
    names |= {t.alert for t in service.thresholds if part in (t.name, t.signal.name)}
    for slo in service.slos:
        if part in (slo.name, *(signal.name for signal in slo.sli.signals)):
            names.add(naming.burn_alert(service.name, slo.name))
    return names


def _origins(service: Service, name: str) -> list[Origin]:
    """Where the catalog speaks of that name."""
    if name == service.name:
        return [service.origin]
    found = [origin for part, origin in service.parts if name == f"{service.name}.{part}"]
    found += [t.origin for t in service.thresholds if t.alert == name]
    found += [s.origin for s in service.slos if naming.burn_alert(service.name, s.name) == name]
    return list({origin.route: origin for origin in found}.values())


def _values(service: Service, name: str) -> Iterator[str]:
    """What a signal reads, where the name is one."""
    for signal in (s for s in service.signals if name == f"{service.name}.{s.name}"):
        for legend, expr in signal.kind.shown(signal.scope):
            yield f"  value{f' {legend}' if legend else ''} ({signal.kind.unit(signal.scope).name}):"
            yield from _indented(layout(expr))
        for record, _labels, expr in signal.kind.recordings(signal.scope):
            yield f"  recorded as {record}:"
            yield from _indented(layout(expr))


def _alerts(bundle: Bundle, alerts: Iterable[Alert]) -> Iterator[str]:
    for alert in alerts:
        lasting = f" for {alert.hold}" if alert.hold else ""
        tier = f", tier {alert.labels[naming.Label.TIER]}" if naming.Label.TIER in alert.labels else ""
        yield f"  {alert.name}, {alert.labels[naming.Label.SEVERITY]}{tier}, fires{lasting} when:"
        yield from _indented(layout(alert.expr))
        yield from (f"    {line}" for line in over_a_week(bundle, labels_of(alert)))
        yield f"    runbook: {alert.annotations['runbook_url']}"
        if url := alert.annotations.get("dashboard_url"):
            yield f"    dashboard: {url}"


def _said(source: common.Source, catalog: Catalog, origin: Origin) -> Iterator[str]:
    """Each key, its value, and the file and line that had the last word."""
    node = origin.find()
    if node is None:
        return
    yield f"  said in the catalog ({'.'.join(map(str, origin.route)) or 'service'}):"
    for key, text, place in entries(node, deep=() if origin.route else ("signals", "thresholds", "slos", "use")):
        yield f"    {key}: {shorten(text, _WIDEST, placeholder=' ...')}  ({source.shown(place)})"
    for key in _INHERITED.get(str(origin.route[0]) if origin.route else "", ()):
        if not origin.says(key):
            default = getattr(catalog.platform.defaults, "hold" if key == "for" else key)
            place = catalog.origin.at("defaults", key)
            yield f"    {key}: {default}  (default; {source.shown(place)})"


def _indented(text: str) -> Iterator[str]:
    yield from (f"    {line}" for line in text.split("\n"))
