"""Which dashboards an environment gets, as data. A new one is a file beside this and a line in `BUILDERS`."""

from __future__ import annotations

from collections.abc import Iterator

from generators.dashboards.model import Dashboard
from generators.emit.dashboards import review, saturation, service, slo
from generators.rules.bundle import Bundle

BUILDERS = (service.dashboards, slo.dashboards, saturation.dashboards, review.dashboards)


def dashboards(bundle: Bundle) -> Iterator[Dashboard]:
    """Every dashboard of the environment."""
    for build in BUILDERS:
        yield from build(bundle)
