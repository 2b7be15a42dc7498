"""A threshold lasts less than three evaluations before it alerts.

Why: one missed scrape or one odd sample is then enough to wake somebody, and one good sample to reset it.

Instead: let `for` be at least three times the platform's `evaluation_interval`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.diagnostics import Diagnostic
from generators.rules.bundle import Bundle

CODE = "hold-too-short"
_EVALUATIONS = 3


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """Thresholds with a short `for`."""
    interval = bundle.catalog.platform.evaluation_interval
    least = interval * _EVALUATIONS
    for service in bundle.catalog.services:
        for threshold in service.thresholds:
            if threshold.hold < least:
                message = f"`for: {threshold.hold}` is less than {_EVALUATIONS} evaluations of {interval}"
                subject = f"{service.name}.{threshold.name}"
                yield Diagnostic(CODE, message, threshold.origin.at("for"), f"make it {least} or more", subject=subject)
