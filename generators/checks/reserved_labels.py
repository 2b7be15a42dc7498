"""A signal keeps a label that tocsin sets itself.

Why: rule labels replace those of the series. An alert by `service` would have the name of the service that owns it,
whatever the series says, and several series would become one alert.

Instead: rename the label when it is scraped, or leave it out of `by`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.diagnostics import Diagnostic
from generators.model.composite import PART
from generators.model.signal import Origin
from generators.naming import Label
from generators.period import Calendar
from generators.rules.bundle import Bundle

CODE = "reserved-label"


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """Signals and SLOs whose `by` has a label of ours or of the environment."""
    for subject, origin, by, taken in _grouped(bundle):
        for index, label in enumerate(by):
            if label in taken:
                message = f'"{label}" is set on every alert and can\'t come from series as well'
                hint = "rename the label when it is scraped, or leave it out"
                place = origin.at("by", index) if origin.says("by") else origin.at(key=True)
                yield Diagnostic(CODE, message, place, hint, subject=subject)


def _grouped(bundle: Bundle) -> Iterator[tuple[str, Origin, tuple[str, ...], set[str]]]:
    """What keeps labels: its name and place, the labels that it keeps, and those that are taken."""
    ours = {*map(str, Label), *bundle.catalog.labels}
    for service in bundle.catalog.services:
        for signal in service.signals:
            yield f"{service.name}.{signal.name}", signal.origin, signal.kind.by, ours
        for slo in service.slos:
            own = {PART, *map(str, Calendar)}
            yield f"{service.name}.{slo.name}", slo.origin, slo.sli.by, own | (ours if slo.origin.says("by") else set())
