"""Prometheus forgets data before an SLO's period is over.

Why: the error ratio of 30 days is a sum over 30 days of samples. With a retention of 15 days half of them are gone,
and the budget looks better than it is.

Instead: raise the retention of the server and the platform's `retention`, or shorten the SLO's `period`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.diagnostics import Diagnostic
from generators.period import Period
from generators.rules.bundle import Bundle
from generators.units import Duration

CODE = "retention-too-short"


def _message(period: Period, kept: Duration) -> str:
    if period.calendar:
        return f"this and last {period} take {period.reach} of data, more than the retention of {kept}"
    return f"the period of {period} is longer than the retention of {kept}"


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """SLOs whose period is longer than the retention."""
    kept = bundle.catalog.platform.retention
    for service in bundle.catalog.services:
        for slo in service.slos:
            if kept < slo.period.reach:
                message = _message(slo.period, kept)
                hint = "set `retention` of the platform to what the server keeps, or shorten the period"
                subject = f"{service.name}.{slo.name}"
                yield Diagnostic(CODE, message, slo.origin.at("period"), hint, subject=subject)
