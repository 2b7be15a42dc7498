"""What OpenSLO documents are made of: names, texts and durations as the specification has them."""

from __future__ import annotations

from typing import Any

from generators.units import Duration

Document = dict[str, Any]
_VERSION = "openslo/v1"
_UNITS = (("d", 86400), ("h", 3600), ("m", 60))


def thing(kind: str, metadata: Document, spec: Document) -> Document:
    """An object of OpenSLO."""
    return {"apiVersion": _VERSION, "kind": kind, "metadata": metadata, "spec": spec}


def dns(name: str) -> str:
    """A name without underscores, which names of OpenSLO can't have."""
    return name.replace("_", "-")


def cut(text: str, longest: int) -> str:
    """The text, or as much of it as fits."""
    return text if len(text) <= longest else f"{text[: longest - 3]}..."


def shorthand(length: Duration) -> str:
    """A whole number of days, hours or minutes, rounded to whole minutes."""
    unit, seconds = next((u for u in _UNITS if length.seconds % u[1] == 0), _UNITS[-1])
    return f"{max(1, round(length.seconds / seconds))}{unit}"
