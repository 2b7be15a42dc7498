"""A signal keeps a label that tocsin sets itself.

Why: rule labels replace those of the series. An alert by `service` would have the name of the service that owns it,
whatever the series says, and several series would become one alert.

Instead: rename the label when it is scraped, or leave it out of `by`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.diagnostics import Diagnostic
from generators.naming import Label
from generators.rules.bundle import Bundle

CODE = "reserved-label"


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """Signals whose `by` has a label of ours or of the environment."""
    ours = {*map(str, Label), *bundle.catalog.labels}
    for service in bundle.catalog.services:
        for signal in service.signals:
            for index, label in enumerate(signal.kind.by):
                if label in ours:
                    message = f'"{label}" is set on every alert and can\'t come from series as well'
                    hint = "rename the label when it is scraped, or leave it out"
                    subject = f"{service.name}.{signal.name}"
                    yield Diagnostic(CODE, message, signal.origin.at("by", index), hint, subject=subject)
