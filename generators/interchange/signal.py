"""The signal and the limits of an objective, as the catalog says them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generators.interchange.classify import classified
from generators.interchange.events import events_signal, keeps_unknown_labels
from generators.interchange.notes import Note
from generators.interchange.objective import Measured, Objective, Slices, Value
from generators.interchange.shape import Classified
from generators.interchange.value import limit_text, value_signal
from generators.scalar import decimal_text
from generators.units import Duration

_BASE = Duration.parse("5m")


@dataclass(frozen=True, slots=True)
class Said:
    """A signal, and what of the SLO follows from it: `under` or `slices`."""

    signal: Classified
    limits: dict[str, Any]
    notes: tuple[Note, ...] = ()


def said(objective: Objective, measured: Measured) -> Said:
    """What the catalog says. Raises ValueError where it can't say it."""
    indicator = measured.indicator
    if isinstance(indicator, Value):
        signal = value_signal(indicator)
        if objective.slices is None:
            raise ValueError("nothing says which values are good")
        return Said(signal, {"slices": _value_slices(objective.slices, signal)})
    found = (None if measured.is_timed else classified(measured)) or events_signal(indicator, measured.is_timed)
    slices = objective.slices
    limits = {"slices": _share_slices(slices, found)} if slices else {"under": found.under} if found.under else {}
    return Said(found, limits, _notes(measured, found))


def _notes(measured: Measured, found: Classified) -> tuple[Note, ...]:
    if found.signal["kind"] != "events" or not keeps_unknown_labels(measured.indicator):
        return ()
    why = "the query doesn't tell which labels it keeps; if there are any, say `by: [...]` on the signal"
    return (Note(measured.place, measured.name, why),)


def _value_slices(slices: Slices, signal: Classified) -> dict[str, str]:
    limit = limit_text(slices.limit, signal)
    if limit is None:
        raise ValueError(f"a limit in {signal.usages[0].unit} can't be written in the catalog")
    return {"of": _slice(slices), slices.comparison: limit}


def _share_slices(slices: Slices, found: Classified) -> dict[str, str]:
    """Slices in which more than a share of the events is bad."""
    worst = slices.limit
    if found.under:
        return {"of": _slice(slices), "quantile": _percent(1 - worst), "above": found.under}
    if found.names_bad:
        return {"of": _slice(slices), "above": _percent(worst)}
    return {"of": _slice(slices), "below": _percent(1 - worst)}


def _slice(slices: Slices) -> str:
    if slices.of.seconds <= 0 or _BASE.seconds % slices.of.seconds:
        raise ValueError(f"slices of {slices.of} can't be said: a slice has to divide {_BASE}")
    return str(slices.of)


def _percent(share: Decimal) -> str:
    return f"{decimal_text(share * 100)}%"
