"""From documents to what each environment sees of them: patches laid over, packs laid under, then read as specs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from generators import library, naming
from generators.diagnostics import CatalogError, Diagnostic, did_you_mean, refuse
from generators.frozen import Frozen, is_name
from generators.overlay import dangling_removals, overlay, without
from generators.packing import bound, collisions, stacked, use_location, uses
from generators.source import Document, Mapping, Node, Scalar
from generators.spec import KINDS, SINGLE
from generators.spec.read import read

S = TypeVar("S", bound=Frozen)
ENVIRONMENTS = "environments"


@dataclass(frozen=True, slots=True)
class Read(Generic[S]):
    """A document of one environment: its content as a spec, and the nodes that it came from."""

    spec: S
    root: Mapping
    body: str


@dataclass(slots=True)
class Shelf:
    """All documents by kind and name."""

    documents: dict[str, dict[str, Document]] = field(default_factory=lambda: {kind: {} for kind in KINDS})

    @property
    def environments(self) -> list[str]:
        """The names of the environments, in the order of the platform document."""
        for document in self.documents["platform"].values():
            if isinstance(declared := document.root.values.get(ENVIRONMENTS), Mapping):
                return list(declared.values)
        return []


def shelve(documents: Iterable[Document]) -> Shelf:
    """The documents sorted by kind and name. Raises CatalogError for unknown kinds and names used twice."""
    shelf = Shelf()
    refuse(problem for document in documents for problem in _place(shelf, document))
    refuse(_missing(shelf))
    return shelf


def _place(shelf: Shelf, document: Document) -> Iterator[Diagnostic]:
    kind = document.kind
    place = document.root.keys[kind].location
    if kind not in KINDS:
        yield Diagnostic("unknown-kind", f'no document starts with "{kind}"', place, did_you_mean(kind, KINDS, "kinds"))
        return
    value = document.root.values[kind]
    name = value.text if isinstance(value, Scalar) and value.text else kind if kind == "exceptions" else ""
    name = f"{name} {place.path}:{place.line}" if kind == "exceptions" else name
    if name in naming.RESERVED.get(kind, ()):
        message = f'tocsin needs the {kind} name "{name}" for what it makes itself'
        yield Diagnostic("reserved-name", message, value.location, "choose another name")
    first = shelf.documents[kind].get(name) or (
        next(iter(shelf.documents[kind].values()), None) if kind in SINGLE else None
    )
    if first:
        where = first.root.keys[kind].location
        what = f'{kind} "{name}"' if name else f"`{kind}:`"
        message = f"{what} is already defined in {where.path}:{where.line}"
        at = value.location if name else place
        yield Diagnostic("duplicate-name", message, at, "rename or remove one of them")
    shelf.documents[kind].setdefault(name, document)


def _missing(shelf: Shelf) -> Iterator[Diagnostic]:
    hints = {
        "platform": "start with `tocsin new catalog`, or add a document that starts with `platform: <name>`",
        "severities": "add a document `severities:` that names them, the worst first",
        "team": "add a document that starts with `team: <name>`",
        "service": "add a document that starts with `service: <name>`, or run `tocsin new service <name>`",
    }
    for kind, hint in hints.items():
        if not shelf.documents[kind]:
            yield Diagnostic("empty-catalog", f"the catalog has no {kind}", None, hint)
    if shelf.documents["platform"] and not shelf.environments:
        root = next(iter(shelf.documents["platform"].values())).root
        hint = "add `environments: {prod: {}}`"
        yield Diagnostic("empty-catalog", "the platform has no environments", root.location, hint)


class Assembly:
    """Reads the documents of a shelf for one environment after the other; what doesn't differ is read once."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._cache: dict[tuple[str, str, bool], Read[Frozen]] = {}
        refuse(self._bad_environments())

    def read(self, environment: str) -> dict[str, list[Read[Frozen]]]:
        """Every document as that environment has it, by kind, sorted by name. Raises CatalogError."""
        problems: list[Diagnostic] = []
        found: dict[str, list[Read[Frozen]]] = {kind: [] for kind in KINDS}
        for kind, documents in self._shelf.documents.items():
            for name, document in sorted(documents.items()):
                try:
                    found[kind].append(self._read(kind, name, document, environment))
                except CatalogError as error:
                    problems += error.diagnostics
        refuse(problems)
        return found

    def _read(self, kind: str, name: str, document: Document, environment: str) -> Read[Frozen]:
        key = (kind, name, False)
        differs = self._differs(document, environment)
        if not differs and (known := self._cache.get(key)):
            return known
        root = self._service(document, environment) if kind == "service" else self._patched(document, environment)
        result = Read(read(KINDS[kind], root), root, document.body)
        if not differs:
            self._cache[key] = result
        return result

    def _differs(self, document: Document, environment: str) -> bool:
        documents = [document, *(d for d in map(self._pack, uses(document.root)) if d)]
        return any(_patch(d, environment) for d in documents)

    def _patched(self, document: Document, environment: str) -> Mapping:
        """The document as that environment has it."""
        base = without(document.root, ENVIRONMENTS)
        patch = _patch(document, environment)
        return base if patch is None else _laid(base, patch, base)

    def _service(self, document: Document, environment: str) -> Mapping:
        """A service over its packs, and the environment's patch over both."""
        service, patch = without(document.root, ENVIRONMENTS), _patch(document, environment)
        user = service if patch is None else overlay(service, patch)
        packs = self._packs(user, environment) if isinstance(user, Mapping) else None
        whole = service if packs is None else _laid(packs, service, service)
        return whole if patch is None else _laid(whole, patch, service)

    def _packs(self, user: Mapping, environment: str) -> Mapping | None:
        """The packs of a service, each bound to its selection, laid over each other."""
        base: Mapping | None = None
        for name, binding in uses(user).items():
            document = self._pack(name)
            if document is None:
                known = sorted({*self._shelf.documents["pack"], *library.names("pack")})
                hint = did_you_mean(name, known, "packs")
                raise CatalogError([Diagnostic("unknown-pack", f'no pack "{name}"', use_location(user, name), hint)])
            pack = bound(self._patched(document, environment), binding)
            refuse(collisions(base, pack, user, name))
            base = stacked(base, pack)
        return base

    def _pack(self, name: str) -> Document | None:
        return self._shelf.documents["pack"].get(name)

    def _bad_environments(self) -> Iterator[Diagnostic]:
        known = self._shelf.environments
        for documents in self._shelf.documents.values():
            for document in documents.values():
                patches = document.root.values.get(ENVIRONMENTS)
                if isinstance(patches, Mapping):
                    yield from _bad_patches(patches, known)
                elif patches is not None:
                    message = "expected a mapping of environments to patches"
                    yield Diagnostic("bad-value", message, patches.location)


def _bad_patches(patches: Mapping, known: list[str]) -> Iterator[Diagnostic]:
    for name, patch in patches.values.items():
        place = patches.keys[name].location
        if name not in known:
            hint = did_you_mean(name, known, "environments")
            yield Diagnostic("unknown-environment", f'no environment "{name}"', place, hint)
        if not is_name(name):
            hint = "names are lower case letters, digits, - and _, such as prod"
            yield Diagnostic("bad-value", f'"{name}" can\'t be the name of an environment', place, hint)
        if not isinstance(patch, Mapping) and not (isinstance(patch, Scalar) and patch.text is None):
            yield Diagnostic("bad-value", "expected a mapping of what differs", patch.location)


def _laid(base: Mapping, patch: Node, place: Mapping) -> Mapping:
    """The patch over the base, standing where `place` does. Raises CatalogError for removals of nothing."""
    refuse(dangling_removals(base, patch))
    merged = overlay(base, patch)
    if not isinstance(merged, Mapping):
        raise CatalogError([Diagnostic("bad-value", "expected a mapping of keys to values", patch.location)])
    return Mapping(place.start, place.end, merged.values, merged.keys)


def _patch(document: Document, environment: str) -> Node | None:
    patches = document.root.values.get(ENVIRONMENTS)
    patch = patches.values.get(environment) if isinstance(patches, Mapping) else None
    return None if isinstance(patch, Scalar) and patch.text is None else patch
