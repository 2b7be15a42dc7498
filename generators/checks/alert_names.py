"""Two alerts have the same name and labels.

Why: Prometheus evaluates both, Alertmanager takes them for one, and which of the two values, descriptions and
runbooks people see is left to chance.

Instead: rename one of the thresholds, or give one of them `name:`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.diagnostics import Diagnostic
from generators.rules.bundle import Bundle

CODE = "duplicate-alert"


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """Alert names that several services or thresholds share."""
    owners: dict[str, tuple[str, str]] = {}
    for service in bundle.catalog.services:
        for threshold in service.thresholds:
            mine = (service.name, threshold.name)
            first = owners.setdefault(threshold.alert, mine)
            if first != mine:
                message = f"the alert name {threshold.alert} already belongs to {first[0]}.{first[1]}"
                place = threshold.origin.at("name") if threshold.origin.says("name") else threshold.origin.at(key=True)
                subject = f"{service.name}.{threshold.name}"
                yield Diagnostic(
                    CODE,
                    message,
                    place,
                    "rename the threshold, or give it a `name:` of its own",
                    subject=subject,
                )
