"""The objects of OpenSLO files by kind and name, and what came of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from generators.diagnostics import Diagnostic, did_you_mean, refusal, refuse
from generators.interchange.foreign import Foreign
from generators.interchange.notes import CARRIED, Fates, Note, remarks
from generators.interchange.openslo_spec import KINDS, Thing
from generators.interchange.spot import Spot
from generators.source import Document

T = TypeVar("T", bound=Thing)
_LABEL = "{value}: recorded series carry labels that tell SLOs apart, and nothing else"
_ANNOTATION = "{value}: the catalog has no annotations"
_ELSEWHERE = "give the file that has it too"
_WHO = "who is told follows from team and severity"
_NO_SOURCES = "the catalog has no data sources: rules run where the metrics are"
HEAD: Fates = {
    "apiVersion": CARRIED,
    "kind": CARRIED,
    "metadata name": CARRIED,
    "metadata displayName": "{value}: there is a title for services and SLOs only",
    "metadata labels": _LABEL,
    "metadata annotations": _ANNOTATION,
    "metadata annotations tocsin/short-window": CARRIED,
}
_FATES: dict[str, Fates] = {
    "SLI": {"spec": CARRIED, "spec description": "{value}: SLOs have descriptions, indicators have none"},
    "Service": {"spec": CARRIED, "metadata displayName": CARRIED},
    "DataSource": {"spec": _NO_SOURCES, "spec type": CARRIED},
    "AlertPolicy": {
        "spec description": "{value}: policies have no texts",
        "spec alertWhenNoData": "{value}: missing data always alerts, with `no_data_severity`",
        "spec alertWhenBreaching": CARRIED,
        "spec alertWhenResolved": "{value}: whether the end of an alert is told is decided for each channel",
        "spec conditions": CARRIED,
        "spec notificationTargets": _WHO,
    },
    "AlertCondition": {"spec": CARRIED, "spec description": "{value}: tiers have no texts"},
    "AlertNotificationTarget": {"spec": _WHO},
}
_OWNED_BY = ("metadata labels owner", "metadata labels team")


class Library:
    """The objects that others name. `used` counts who was asked for."""

    def __init__(self, found: Sequence[tuple[Document, Foreign]]) -> None:
        self._things: dict[tuple[str, str], tuple[Document, Thing]] = {}
        self._used: set[tuple[str, str]] = set()
        refuse(problem for document, one in found if isinstance(one, Thing) for problem in self._put(document, one))

    def _put(self, document: Document, one: Thing) -> Iterator[Diagnostic]:
        key = (_called(type(one)), one.metadata.name)
        first, _ = self._things.setdefault(key, (document, one))
        if first is not document:
            where = Spot(first, ("metadata", "name")).place
            message = f'{key[0]} "{key[1]}" is already in {where.path}:{where.line}'
            yield Diagnostic(
                "duplicate-name", message, Spot(document, ("metadata", "name")).place, "remove one of them"
            )

    def find(self, kind: type[T], name: str, asking: Spot) -> tuple[T, Spot]:
        """The object of that name. Raises CatalogError where there is none."""
        found = self.known(kind, name)
        if found is None:
            called = _called(kind)
            hint = did_you_mean(name, (n for k, n in self._things if k == called), "known") or _ELSEWHERE
            raise refusal("unknown-name", f'no {called} "{name}" in these files', asking.place, hint)
        return found

    def known(self, kind: type[T], name: str) -> tuple[T, Spot] | None:
        """The object of that name, if these files have it."""
        key = _called(kind), name
        document, one = self._things.get(key, (None, None))
        if document is None or not isinstance(one, kind):
            return None
        self._used.add(key)
        return one, Spot(document)

    def notes(self) -> Iterator[Note]:
        """What the objects don't carry over, and which of them nothing names."""
        for (kind, name), (document, _one) in self._things.items():
            if kind in ("SLO", "Service"):
                continue
            if (kind, name) in self._used:
                yield from (r.note for r in remarks(document.root, {**HEAD, **_FATES[kind]}))
            else:
                yield Spot(document, ("metadata", "name")).note(_unused(kind), name)


def service_notes(spot: Spot) -> Iterator[Note]:
    """What a service object doesn't carry over."""
    owned = dict.fromkeys(_OWNED_BY, CARRIED)
    return (remark.note for remark in remarks(spot.document.root, {**HEAD, **_FATES["Service"], **owned}))


def _called(kind: type[Thing]) -> str:
    return next(key for key, of in KINDS.items() if of is kind)


def _unused(kind: str) -> str:
    why = {"AlertNotificationTarget": _WHO, "DataSource": _NO_SOURCES}
    return why.get(kind, f"no SLO of these files uses this {kind}")
