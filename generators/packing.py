"""Packs as a service takes them over: narrowed to its selection, stacked on each other, without collisions."""

from __future__ import annotations

from collections.abc import Iterator

from generators.diagnostics import Diagnostic, Location
from generators.overlay import overlay
from generators.source import Mapping, Node, Scalar, Sequence

_PACKED = ("signals", "thresholds", "slos", "metrics", "exporters")
_COLLIDING = ("signals", "thresholds", "slos")


def uses(service: Mapping) -> dict[str, Node | None]:
    """The packs that a service names, each with the selection that is bound to it."""
    match service.values.get("use"):
        case Mapping(values=values):
            return dict(values)
        case Sequence(items=items):
            return {i.text: None for i in items if isinstance(i, Scalar) and i.text is not None}
        case Scalar(text=str(name)):
            return {name: None}
        case _:
            return {}


def use_location(service: Mapping, name: str) -> Location:
    """Where a service names a pack."""
    use = service.values["use"]
    if isinstance(use, Mapping):
        return use.keys[name].location
    items = use.items if isinstance(use, Sequence) else [use]
    return next(i.location for i in items if isinstance(i, Scalar) and i.text == name)


def bound(pack: Mapping, binding: Node | None) -> Mapping:
    """The parts of a pack that a service takes over, its signals narrowed to the bound selection."""
    kept = {name: pack.values[name] for name in _PACKED if name in pack.values}
    signals = kept.get("signals")
    if isinstance(binding, Mapping) and isinstance(signals, Mapping):
        narrowed = {name: overlay(node, _selecting(node, binding)) for name, node in signals.values.items()}
        kept["signals"] = Mapping(signals.start, signals.end, narrowed, signals.keys)
    return Mapping(pack.start, pack.end, kept, {name: pack.keys[name] for name in kept})


def _selecting(signal: Node, binding: Mapping) -> Mapping:
    """A patch for the signal; what is wrong with the whole of the signal still stands where the pack has it."""
    key = Scalar(binding.start, binding.end, "select")
    return Mapping(signal.start, signal.end, {"select": binding}, {"select": key})


def stacked(base: Mapping | None, pack: Mapping) -> Mapping:
    """A pack laid over those before it; their exporters add up."""
    if base is None:
        return pack
    merged = overlay(base, pack)
    assert isinstance(merged, Mapping)
    lists = [m.values.get("exporters") for m in (base, pack)]
    items = [item for found in lists if isinstance(found, Sequence) for item in found.items]
    if items:
        merged.values["exporters"] = Sequence(pack.start, pack.end, items)
    return merged


def collisions(base: Mapping | None, pack: Mapping, service: Mapping, name: str) -> Iterator[Diagnostic]:
    """What a pack and those before it both define."""
    for part in _COLLIDING if base else ():
        assert base is not None
        ours, theirs = base.values.get(part), pack.values.get(part)
        if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
            for twice in sorted(ours.values.keys() & theirs.values.keys()):
                message = f'pack "{name}" and a pack before it both define {part[:-1]} "{twice}"'
                yield Diagnostic("pack-collision", message, use_location(service, name), "use only one of them")
