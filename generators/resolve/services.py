"""A service, linked: its owner, its signals with the metrics they read, its thresholds and SLOs."""

from __future__ import annotations

from generators.model.catalog import Service
from generators.resolve.context import Part
from generators.resolve.signals import signals
from generators.resolve.slos import slo
from generators.resolve.thresholds import steps


def service(part: Part) -> Service | None:
    """The linked service; None where its owner is unknown. What is wrong is noted."""
    spec, context, problems = part.service, part.context, part.problems
    owner = problems.find("team", spec.owner, context.teams, part.origin.at("owner"))
    problems.find("dashboard", spec.dashboard, context.dashboards, part.origin.at("dashboard"))
    part.check_domain(spec.domain)
    _check_dependencies(part)
    found = signals(part)
    thresholds = [
        step
        for name, threshold in spec.thresholds.items()
        for step in steps(part.within("thresholds", name), name, threshold, found)
    ]
    slos = [slo(part.within("slos", name), name, one, found) for name, one in spec.slos.items()]
    if owner is None:
        return None
    return Service(
        spec.service,
        spec.title,
        owner,
        spec.tier,
        spec.description or "",
        spec.dashboard,
        spec.depends_on,
        spec.domain,
        tuple(found.values()),
        tuple(thresholds),
        tuple(one for one in slos if one),
        part.origin,
    )


def _check_dependencies(part: Part) -> None:
    for index, name in enumerate(part.service.depends_on):
        place = part.origin.at("depends_on", index)
        part.problems.find("service", name, part.context.services, place)
        if name == part.service.service:
            part.say("bad-value", "a service can't depend on itself", place)
