"""Exceptions: which complaints the catalog waives, until when, and what is wrong with the exceptions themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from generators.diagnostics import Diagnostic, did_you_mean
from generators.model.catalog import Catalog, Waiver

EXPIRED = "expired-exception"
UNKNOWN = "unknown-exception"


def waive(
    catalog: Catalog, codes: Collection[str], found: Iterable[Diagnostic], today: date | None
) -> Iterator[Diagnostic]:
    """The complaints that no exception waives, then those about the exceptions; none lapses without `today`."""
    valid = {(w.spec.check, w.spec.where) for w in catalog.waivers if not _over(w, today)}
    for complaint in found:
        service = complaint.subject.partition(".")[0]
        if not {(complaint.code, complaint.subject), (complaint.code, service)} & valid:
            yield complaint
    for waiver in catalog.waivers:
        yield from _complaints(catalog, codes, waiver, today)


def _complaints(catalog: Catalog, codes: Collection[str], waiver: Waiver, today: date | None) -> Iterator[Diagnostic]:
    spec, origin = waiver.spec, waiver.origin
    if spec.check not in codes:
        hint = did_you_mean(spec.check, codes, "checks")
        yield Diagnostic(UNKNOWN, f'no check "{spec.check}"', origin.at("check"), hint)
    if spec.where not in (names := _names(catalog)):
        hint = did_you_mean(spec.where, names, "services and what they have")
        yield Diagnostic(UNKNOWN, f'nothing is called "{spec.where}"', origin.at("where"), hint)
    if _over(waiver, today):
        hint = f"mend what it waives, or ask {spec.owner} for a new date"
        yield Diagnostic(EXPIRED, f"the exception ended on {spec.expires}", origin.at("expires"), hint)


def _names(catalog: Catalog) -> set[str]:
    names = {service.name for service in catalog.services}
    for service in catalog.services:
        names |= {f"{service.name}.{name}" for name, _origin in service.parts}
    return names


def _over(waiver: Waiver, today: date | None) -> bool:
    return today is not None and waiver.spec.expires < today
