"""A window holds fewer than four scrapes.

Why: a rate needs two samples. With a window of less than four scrape intervals, one failed scrape leaves a gap, and
an alert on it resolves and fires again.

Instead: let `window` be at least four times the platform's `scrape_interval`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.diagnostics import Diagnostic
from generators.rules.bundle import Bundle

CODE = "window-too-short"
_SCRAPES = 4


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """Signals with a short window."""
    platform = bundle.catalog.platform
    least = platform.scrape_interval * _SCRAPES
    for service in bundle.catalog.services:
        for signal in service.signals:
            window = signal.kind.over(signal.scope)
            if window < least:
                message = f"the window of {window} holds fewer than {_SCRAPES} scrapes of {platform.scrape_interval}"
                subject = f"{service.name}.{signal.name}"
                yield Diagnostic(CODE, message, signal.origin.at("window"), f"make it {least} or more", subject=subject)
