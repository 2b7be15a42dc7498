"""Names become objects. Every dangling name of an environment is said at once, with the nearest one that exists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar, cast

from generators import library
from generators.assemble import Assembly, Read, Shelf
from generators.diagnostics import CatalogError, Diagnostic, did_you_mean, refuse
from generators.frozen import Frozen
from generators.model.catalog import Catalog, Policy, Waiver, environment_labels
from generators.model.ownership import Severity, Team
from generators.model.page import Page
from generators.model.signal import Origin
from generators.naming import Label
from generators.recorded import RECORDED
from generators.resolve import maintenance, people
from generators.resolve.composites import composed
from generators.resolve.context import Context, Part
from generators.resolve.names import Problems
from generators.resolve.services import service
from generators.source import locate
from generators.spec.maintenance import MaintenanceSpec
from generators.spec.ownership import ExceptionsSpec, PolicySpec, SeveritiesSpec, TeamSpec
from generators.spec.platform import PlatformSpec
from generators.spec.service import DashboardSpec, ExporterSpec, ServiceSpec

S = TypeVar("S", bound=Frozen)


def link(shelf: Shelf, environments: Sequence[str] = ()) -> list[Catalog]:
    """The catalog of each environment (of these environments alone, if given). Raises CatalogError."""
    known = shelf.environments
    for name in environments:
        if name not in known:
            hint = did_you_mean(name, known, "environments")
            raise CatalogError([Diagnostic("unknown-environment", f'no environment "{name}"', None, hint)])
    assembly = Assembly(shelf)
    return [_catalog(name, assembly.read(name)) for name in environments or known]


def _catalog(environment: str, found: dict[str, list[Read[Frozen]]]) -> Catalog:
    problems = Problems()
    platform_document = _of(PlatformSpec, found["platform"])[0]
    platform = platform_document.spec
    severities = people.severities(_of(SeveritiesSpec, found["severities"])[0].spec)
    teams = tuple(people.team(t.spec) for t in _of(TeamSpec, found["team"]))
    by_team = {t.name: t for t in teams}
    by_severity = {s.name: s for s in severities}
    owner = problems.find("team", platform.owner, by_team, locate(platform_document.root, ("owner",)))
    playbooks = people.pages(found["playbook"], "playbook", by_team, by_severity, problems)
    _defaults(platform_document, by_severity, playbooks, problems)
    sops = people.pages(found["sop"], "sop", by_team, by_severity, problems)
    dashboards = tuple(d.spec for d in _of(DashboardSpec, found["dashboard"]))
    documents = _of(ServiceSpec, found["service"])
    context = _context(environment, found, by_severity, by_team, playbooks)
    announced = maintenance.by_service(_of(MaintenanceSpec, found["maintenance"]), context.services, platform, problems)
    context = replace(context, maintenance=announced)
    parts = [Part(d.spec, Origin(d.root), context, problems) for d in documents]
    linked = composed(parts, (one for part in parts if (one := service(part)) is not None))
    for check in (_dashboards, _labels, _policies, _exceptions):
        check(found, context, problems)
    refuse(problems)
    assert owner is not None
    policies = tuple(Policy(p.spec, Origin(p.root)) for p in _of(PolicySpec, found["policy"]))
    return Catalog(
        environment,
        platform,
        owner,
        people.hours(platform),
        severities,
        teams,
        tuple(linked),
        dashboards,
        playbooks,
        sops,
        policies,
        _waivers(_of(ExceptionsSpec, found["exceptions"])),
        Origin(platform_document.root),
        {t.spec.team: Origin(t.root) for t in _of(TeamSpec, found["team"])},
    )


def _context(
    environment: str,
    found: dict[str, list[Read[Frozen]]],
    severities: Mapping[str, Severity],
    teams: Mapping[str, Team],
    playbooks: Iterable[Page],
) -> Context:
    platform = _of(PlatformSpec, found["platform"])[0].spec
    services = {d.spec.service: d.spec for d in _of(ServiceSpec, found["service"])}
    return Context(
        platform,
        environment_labels(environment, platform),
        severities,
        teams,
        {p.name: p for p in playbooks},
        dict.fromkeys(library.names("exporter"))
        | {e.spec.exporter: e.spec for e in _of(ExporterSpec, found["exporter"])},
        {d.spec.dashboard: d.spec for d in _of(DashboardSpec, found["dashboard"])},
        services,
        {domain: team for team in teams.values() for domain in team.domains},
        RECORDED,
        {},
    )


def _of(spec: type[S], documents: list[Read[Frozen]]) -> list[Read[S]]:
    assert all(isinstance(d.spec, spec) for d in documents)
    return cast(list[Read[S]], documents)


def _defaults(
    document: Read[PlatformSpec], severities: Mapping[str, object], playbooks: Iterable[Page], problems: Problems
) -> None:
    known = {page.name: page for page in playbooks}
    place = locate(document.root, ("defaults", "no_data_playbook"))
    problems.find("playbook", document.spec.defaults.no_data_playbook, known, place)
    for name in ("no_data_severity", "slo_page_severity", "slo_ticket_severity"):
        said = getattr(document.spec.defaults, name)
        problems.find("severity", said, severities, locate(document.root, ("defaults", name)), "severities")


def _dashboards(found: dict[str, list[Read[Frozen]]], context: Context, problems: Problems) -> None:
    for document in _of(DashboardSpec, found["dashboard"]):
        for index, name in enumerate(document.spec.services):
            problems.find("service", name, context.services, locate(document.root, ("services", index)))


def _labels(found: dict[str, list[Read[Frozen]]], _context: Context, problems: Problems) -> None:
    document = _of(PlatformSpec, found["platform"])[0]
    for label in document.spec.labels.keys() & set(map(str, Label)) - {Label.ENVIRONMENT}:
        at = locate(document.root, ("labels", label), key=True)
        problems.say("reserved-label", f'the label "{label}" is set by tocsin itself', at, "choose another name")


def _policies(found: dict[str, list[Read[Frozen]]], context: Context, problems: Problems) -> None:
    services = dict.fromkeys(context.services, "")
    for document in _of(PolicySpec, found["policy"]):
        spec, root = document.spec, document.root
        for index, name in enumerate(spec.where.severity):
            at = locate(root, ("where", "severity", index))
            problems.find("severity", name, context.severities, at, "severities")
        for index, name in enumerate(spec.where.service):
            problems.find("service", name, services, locate(root, ("where", "service", index)))
        least = locate(root, ("least_severity",))
        problems.find("severity", spec.least_severity, context.severities, least, "severities")


def _exceptions(found: dict[str, list[Read[Frozen]]], context: Context, problems: Problems) -> None:
    for document in _of(ExceptionsSpec, found["exceptions"]):
        for index, spec in enumerate(document.spec.exceptions):
            at = locate(document.root, ("exceptions", index, "owner"))
            problems.find("team", spec.owner, context.teams, at)


def _waivers(documents: list[Read[ExceptionsSpec]]) -> tuple[Waiver, ...]:
    return tuple(
        Waiver(spec, Origin(document.root, ("exceptions", index)))
        for document in documents
        for index, spec in enumerate(document.spec.exceptions)
    )
