"""A calendar SLO's months are counted in UTC, because PromQL can't follow the platform's time zone.

Why: PromQL knows the calendar of UTC only. Where a zone is as far ahead of UTC at each first of March as in every other
year, and has two clocks at the most, the months are exact; where rulers or moons move the clocks, they can't be.

Instead: live with months that start some hours off, or take a rolling period such as 30d.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.diagnostics import Diagnostic
from generators.rules import calendar
from generators.rules.bundle import Bundle

CODE = "calendar-in-utc"


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """Calendar SLOs of a platform whose zone can't be followed."""
    zone = bundle.catalog.platform.timezone
    if calendar.follows(zone):
        return
    for service in bundle.catalog.services:
        for slo in service.slos:
            if slo.period.calendar:
                message = f"the {slo.period} starts by the clock of UTC, as PromQL can't tell when it does in {zone}"
                hint = "take it so, or a rolling period such as 30d"
                subject = f"{service.name}.{slo.name}"
                yield Diagnostic(CODE, message, slo.origin.at("period"), hint, level="warning", subject=subject)
