"""What was read of other tools' files, as service documents of the catalog: one for each service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generators import naming
from generators.diagnostics import Diagnostic, refuse
from generators.interchange.catalog_text import Entry, document
from generators.interchange.metrics import Known, known
from generators.interchange.names import normal, told_apart
from generators.interchange.notes import Note
from generators.interchange.objective import Imported, Objective, Party
from generators.interchange.slos import Slos, slos

_INFERRED = "inferred from the names and from how the queries use them: check type, unit, labels and buckets"


@dataclass(frozen=True, slots=True)
class Written:
    """The documents, what they don't carry, and whether an SLO could not be expressed at all."""

    text: str
    notes: tuple[Note, ...]
    is_partial: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """All that is said of one service; `name` is the catalog's."""

    name: str
    parties: tuple[Party, ...]
    objectives: tuple[Objective, ...]
    owner: str


def written(imported: Imported, owner: str) -> Written:
    """The catalog documents. `owner` is for services whose files name no team, or several. Raises CatalogError."""
    services = _merged(imported, owner)
    found = [(service, slos(service.objectives)) for service in services]
    texts = [_document(service, said) for service, said in found]
    notes = [note for service, said in found for note in (*_about(service), *said.notes)]
    unplaced = document((), map(str, imported.notes)) if imported.notes else ""
    return Written(
        unplaced + "---\n".join(texts) if texts else unplaced,
        tuple(sorted({*imported.notes, *notes})),
        any(said.is_partial for _, said in found),
    )


def _merged(imported: Imported, owner: str) -> list[Merged]:
    parties = sorted(imported.parties, key=lambda party: party.service.name)
    together = {name: tuple(same) for name, same in groupby(parties, key=lambda party: party.service.name)}
    names = told_apart({name: name for name in together}, "service", naming.RESERVED["service"])
    refuse([*_twice(imported.objectives), *_no_owners(together, owner)])
    return [
        Merged(
            names[name],
            same,
            tuple(one for one in imported.objectives if one.service == name),
            _owner(same) or owner,
        )
        for name, same in together.items()
    ]


def _twice(objectives: Sequence[Objective]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, str], Objective] = {}
    for one in objectives:
        before = first.setdefault((one.service, one.name), one)
        if before is not one:
            message = f'the SLO "{one.name}" of "{one.service}" is already in {before.place.path}:{before.place.line}'
            yield Diagnostic("duplicate-name", message, one.place, "rename or remove one of them")


def _no_owners(together: dict[str, tuple[Party, ...]], owner: str) -> Iterator[Diagnostic]:
    for name, parties in together.items():
        if not owner and not _owner(parties):
            teams = sorted({one.name for party in parties for one in party.owners})
            said = f"{' and '.join(teams)} both seem to own" if teams else "nothing says who owns"
            hint = "say it with `--owner TEAM`, or with the label `owner` in the file"
            yield Diagnostic("no-owner", f'{said} "{name}"', parties[0].service.place, hint)


def _owner(parties: Sequence[Party]) -> str:
    """The team that all who name one name; empty where that is none, or several."""
    teams = {normal(one.name, "team") for party in parties for one in party.owners}
    return teams.pop() if len(teams) == 1 else ""


def _about(service: Merged) -> Iterator[Note]:
    for party in service.parties:
        yield from party.notes
        if party.service.name != service.name:
            yield Note(party.service.place, "service", f"is called {service.name} here", party.service.name)
        yield from _ambiguous(service, party)


def _ambiguous(service: Merged, party: Party) -> Iterator[Note]:
    for one in party.owners:
        if normal(one.name, "team") != service.owner:
            yield Note(one.place, "owner", f"the owner here is {service.owner}", one.name)


def _document(service: Merged, said: Slos) -> str:
    comments = tuple(dict.fromkeys(str(note) for note in _about(service)))
    return document([*_head(service), *_inventory(known(said.usages)), *said.entries], comments)


def _head(service: Merged) -> Iterator[Entry]:
    yield Entry("service", service.name)
    yield Entry("title", next((p.title for p in service.parties if p.title), _title(service.name)))
    yield Entry("owner", service.owner)
    descriptions = dict.fromkeys(party.description for party in service.parties if party.description)
    if descriptions:
        yield Entry("description", "\n".join(descriptions))


def _inventory(found: Known) -> Iterator[Entry]:
    if found.exporters:
        yield Entry("exporters", list(found.exporters))
    if found.metrics:
        yield Entry("metrics", dict(found.metrics), (_INFERRED,))


def _title(name: str) -> str:
    words = name.replace("-", " ").replace("_", " ").strip()
    return f"{words[:1].upper()}{words[1:]}"
