"""Laying one piece of catalog over another: JSON Merge Patch (RFC 7396) on positioned nodes.

The one mechanism behind packs (a service over its packs) and environments (a patch over its document).
Mappings merge, everything else replaces, null removes; a patch with another `kind` replaces the whole object,
because the fields of one kind mean nothing to another. Each value keeps the place where it was written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generators.diagnostics import Diagnostic, Location, did_you_mean
from generators.source import Mapping, Node, Scalar, Sequence


def overlay(base: Node, patch: Node) -> Node:
    """`patch` laid over `base`; neither is changed."""
    if not isinstance(base, Mapping) or not isinstance(patch, Mapping) or _other_kind(base, patch):
        return patch
    values, keys = dict(base.values), dict(base.keys)
    for name, value in patch.values.items():
        if _is_null(value) and name in values:
            del values[name], keys[name]
        else:
            values[name] = overlay(values[name], value) if name in values else value
            keys[name] = patch.keys[name]
    return Mapping(patch.start, patch.end, values, keys)


def without(node: Mapping, *names: str) -> Mapping:
    """The mapping without these keys."""
    kept = {name: value for name, value in node.values.items() if name not in names}
    return Mapping(node.start, node.end, kept, {name: node.keys[name] for name in kept})


def dangling_removals(base: Node, patch: Node) -> Iterator[Diagnostic]:
    """A null in `patch` that removes nothing, most likely a misspelt name."""
    if not isinstance(base, Mapping) or not isinstance(patch, Mapping):
        return
    for name, value in patch.values.items():
        if name in base.values:
            yield from dangling_removals(base.values[name], value)
        elif _is_null(value):
            message = f'there is no "{name}" here to remove'
            hint = did_you_mean(name, base.values, "what there is")
            yield Diagnostic("nothing-to-remove", message, patch.keys[name].location, hint)


def entries(node: Node, deep: Collection[str] = ()) -> Iterator[tuple[str, str, Location]]:
    """What each key of a mapping says, as short text, and where: the layer that had the last word.

    For the keys in `deep`, what each entry below them says.
    """
    for key, value in node.values.items() if isinstance(node, Mapping) else ():
        if key in deep and isinstance(value, Mapping):
            yield from ((f"{key}.{name}", text, place) for name, text, place in entries(value))
        else:
            yield key, short(value), value.location


def short(node: Node) -> str:
    """A value on one line."""
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{key}: {short(value)}" for key, value in node.values.items()) + "}"
    if isinstance(node, Sequence):
        return "[" + ", ".join(map(short, node.items)) + "]"
    assert isinstance(node, Scalar)
    return " ".join((node.text or "").split())


def _other_kind(base: Mapping, patch: Mapping) -> bool:
    old, new = base.values.get("kind"), patch.values.get("kind")
    return isinstance(old, Scalar) and isinstance(new, Scalar) and old.text != new.text


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text is None
