"""Signals, linked to the metrics that they read."""

from __future__ import annotations

from generators.diagnostics import Location, did_you_mean
from generators.inventory import Inventory, entry
from generators.model.signal import Origin, Signal
from generators.resolve.context import Part
from generators.signals.base import Scope, SignalBase, Use


def signals(part: Part) -> dict[str, Signal]:
    """The signals of a service whose metrics are all known."""
    inventory = _inventory(part)
    if inventory is None:
        return {}
    spec, context = part.service, part.context
    select = {**context.platform.select, **spec.select}
    scope = Scope(spec.service, select, context.labels, inventory, context.platform.defaults.window)
    _check_resources(part)
    return {
        name: Signal(name, spec.service, kind, scope, here.origin)
        for name, kind in spec.signals.items()
        for here in (part.within("signals", name),)
        if _reads_what_there_is(here, kind, scope)
    }


def _inventory(part: Part) -> Inventory | None:
    """The metrics that the service's expressions can name; None where an exporter, and so some of them, is unknown."""
    inventory = dict(part.context.recorded)
    complete = True
    for index, name in enumerate(part.service.exporters):
        exporter = part.problems.find("exporter", name, part.context.exporters, part.origin.at("exporters", index))
        complete &= exporter is not None
        inventory |= exporter.metrics if exporter else {}
    return inventory | part.service.metrics if complete else None


def _check_resources(part: Part) -> None:
    seen: dict[str, str] = {}
    for name, kind in part.service.signals.items():
        resource = getattr(kind, "resource", None)
        if resource and (first := seen.setdefault(resource, name)) != name:
            message = f'the resource "{resource}" already belongs to the signal "{first}"'
            place = part.origin.at("signals", name, "resource")
            part.say("duplicate-name", message, place, "call one of the two resources by another name")


def _reads_what_there_is(part: Part, kind: SignalBase, scope: Scope) -> bool:
    before = len(part.problems)
    for use in kind.uses():
        _check_use(part, kind, use, scope)
    return len(part.problems) == before


def _check_use(part: Part, kind: SignalBase, use: Use, scope: Scope) -> None:
    place = part.origin.at(use.field)
    found = entry(scope.inventory, use.metric)
    if found is None:
        _say_unknown(part, use.metric, scope, place)
        return
    name, metric = found
    if metric.type not in use.types:
        message = f"{name} is a {metric.type}, and {use.field} of a {kind.kind} signal needs a {' or '.join(use.types)}"
        part.say("metric-type", message, place, "see the signal kinds in docs/catalog.md")
    there = Origin(part.origin.node, ("select",))
    for label in _unknown_labels(part, use, scope):
        own = label in use.labels or not there.says(label)
        _say_no_label(part, use, label, scope, place if own else there.at(label, key=True))


def lacks_labels(part: Part, kind: SignalBase, scope: Scope, place: Location) -> bool:
    """Whether a metric of the signal has not all labels that it needs; each is noted, with that place."""
    missing = [(use, label) for use in kind.uses() for label in _unknown_labels(part, use, scope)]
    for use, label in missing:
        _say_no_label(part, use, label, scope, place)
    return bool(missing)


def _unknown_labels(part: Part, use: Use, scope: Scope) -> list[str]:
    labels = _known_labels(part, use, scope)
    return [label for label in dict.fromkeys((*use.labels, *scope.select)) if label not in labels and label != "le"]


def _known_labels(part: Part, use: Use, scope: Scope) -> set[str]:
    found = entry(scope.inventory, use.metric)
    assert found is not None
    return {*found[1].labels, *part.context.platform.target_labels, *scope.labels}


def _say_no_label(part: Part, use: Use, label: str, scope: Scope, place: Location) -> None:
    hint = did_you_mean(label, _known_labels(part, use, scope), "labels")
    found = entry(scope.inventory, use.metric)
    part.say("unknown-label", f'{found[0] if found else use.metric} has no label "{label}"', place, hint)


def _say_unknown(part: Part, name: str, scope: Scope, place: Location) -> None:
    hint = did_you_mean(name, scope.inventory, "metrics")
    if not scope.inventory.keys() - part.context.recorded.keys():
        hint = "name the exporter (`exporters: [...]`) or declare the metric under `metrics:`"
    part.say("unknown-metric", f'no metric "{name}" in the inventory', place, hint)
