"""Two panels of a dashboard would get the same id.

Why: a panel's id is computed from its key, so that links to it last. Once in some millions, two keys meet.

Instead: rename one of the signals.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators import links, naming
from generators.dashboards.ids import panel_id
from generators.diagnostics import Diagnostic
from generators.rules.bundle import Bundle

CODE = "panel-collision"


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """Signals whose panels collide with another on their dashboard."""
    catalog = bundle.catalog
    seen: dict[tuple[str, int], str] = {}
    for service in catalog.services:
        for signal in service.signals if service.dashboard else ():
            uid = naming.dashboard_uid(catalog.platform.platform, str(service.dashboard))
            key = links.panel_key(service.name, signal.name)
            first = seen.setdefault((uid, panel_id(uid, key)), key)
            if first != key:
                place = signal.origin.at(key=True)
                subject = key
                yield Diagnostic(
                    CODE,
                    f"the panels of {first} and {key} get the same id",
                    place,
                    "rename the signal",
                    subject=subject,
                )
