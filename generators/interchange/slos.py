"""The SLOs of one service and the signals that they need, with their notes where they belong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generators.interchange.catalog_text import Entry
from generators.interchange.names import told_apart
from generators.interchange.notes import Note
from generators.interchange.objective import Objective, Tier
from generators.interchange.signal import Said, said
from generators.interchange.usage import Usage
from generators.scalar import decimal_text
from generators.units import Percentage

_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Slos:
    """`signals` and `slos` of a service, the metrics that they read, and what they don't carry."""

    entries: tuple[Entry, ...]
    usages: tuple[Usage, ...]
    notes: tuple[Note, ...]
    is_partial: bool


@dataclass(frozen=True, slots=True)
class _One:
    """An objective and what the catalog says of it: its signal, or why there is none."""

    objective: Objective
    said: Said | None
    refusal: str

    @property
    def key(self) -> str:
        """What tells its signal from others."""
        return json.dumps(self.said.signal.signal, sort_keys=True) if self.said else ""


def slos(objectives: Sequence[Objective]) -> Slos:
    """What the catalog says of them."""
    found = _without_lost_parts([_one(objective) for objective in objectives])
    signals = {one.key: one for one in reversed(found) if one.said}
    wanted = {key: _signal_name(signals[key]) for key in dict.fromkeys(one.key for one in found if one.said)}
    names = told_apart(wanted, "signal")
    called = told_apart({one.objective.name: one.objective.name for one in found}, "slo")
    blocks = [
        Entry("signals", tuple(Entry(names[key], dict(_data(signals[key]))) for key in wanted)),
        Entry("slos", tuple(_entry(one, names, called) for one in found)),
    ]
    return Slos(
        tuple(block for block in blocks if block.value),
        tuple(usage for one in found if one.said for usage in one.said.signal.usages),
        tuple(note for one in found for note in _notes(one, called)),
        any(one.refusal for one in found),
    )


def _one(objective: Objective) -> _One:
    if refusal := objective.refusal or _unsayable(objective):
        return _One(objective, None, refusal)
    if objective.measured is None:
        return _One(objective, None, "")
    try:
        return _One(objective, said(objective, objective.measured), "")
    except ValueError as error:
        return _One(objective, None, str(error))


def _unsayable(objective: Objective) -> str:
    if objective.target >= 1:
        return "an objective of 100% leaves no error budget"
    if -int(objective.target.normalize().as_tuple().exponent) - 2 > _MOST_DIGITS:
        return f"an objective has {_MOST_DIGITS} digits after the point at most"
    return ""


def _without_lost_parts(found: list[_One]) -> list[_One]:
    """The objectives; a composite of one that can't be said can't be said either."""
    lost = {one.objective.name for one in found if one.refusal}
    return [
        _One(one.objective, None, f"it is made of {', '.join(sorted(lost & {*one.objective.of}))}, which isn't here")
        if lost & {*one.objective.of}
        else one
        for one in found
    ]


def _signal_name(one: _One) -> str:
    assert one.objective.measured is not None
    return one.objective.measured.name


def _data(one: _One) -> Mapping[str, Any]:
    assert one.said is not None
    return one.said.signal.signal


def _entry(one: _One, names: Mapping[str, str], called: Mapping[str, str]) -> Entry:
    name = called[one.objective.name]
    comments = tuple(str(note) for note in _notes(one, called))
    return Entry(name, dict(_fields(one, names, called)), comments, off=bool(one.refusal))


def _fields(one: _One, names: Mapping[str, str], called: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    objective = one.objective
    if objective.title:
        yield "title", objective.title
    if objective.description:
        yield "description", objective.description
    if one.said:
        yield "signal", names[one.key]
    if objective.of and not one.refusal:
        yield "of", [called[part] for part in objective.of]
        yield "events", "separate"
    yield "objective", f"{decimal_text(objective.target * 100)}%"
    yield "period", objective.period
    yield from one.said.limits.items() if one.said else ()
    if objective.tiers is not None:
        yield "tiers", {tier.name: dict(_tier(tier)) for tier in objective.tiers}


def _tier(tier: Tier) -> Iterator[tuple[str, Any]]:
    yield "long", str(tier.long)
    yield "short", str(tier.short)
    yield "spends", str(Percentage(round(tier.spends, _MOST_DIGITS + 2)))
    if tier.pages:
        yield "pages", True
    if tier.hold:
        yield "for", str(tier.hold)


def _notes(one: _One, called: Mapping[str, str]) -> Iterator[Note]:
    objective = one.objective
    if one.refusal:
        yield Note(objective.place, objective.name, f"can't be expressed: {one.refusal}")
    if called[objective.name] != objective.name:
        yield Note(objective.place, objective.name, f"is called {called[objective.name]} here")
    yield from objective.notes
    yield from one.said.notes if one.said else ()
