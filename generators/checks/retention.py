"""Prometheus forgets data before an SLO's period is over.

Why: the error ratio of 30 days is a sum over 30 days of samples. With a retention of 15 days half of them are gone,
and the budget looks better than it is.

Instead: raise the retention of the server and the platform's `retention`, or shorten the SLO's `period`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.diagnostics import Diagnostic
from generators.rules.bundle import Bundle

CODE = "retention-too-short"


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """SLOs whose period is longer than the retention."""
    kept = bundle.catalog.platform.retention
    for service in bundle.catalog.services:
        for slo in service.slos:
            if kept < slo.period:
                message = f"the period of {slo.period} is longer than the retention of {kept}"
                hint = "set `retention` of the platform to what the server keeps, or shorten the period"
                subject = f"{service.name}.{slo.name}"
                yield Diagnostic(CODE, message, slo.origin.at("period"), hint, subject=subject)
