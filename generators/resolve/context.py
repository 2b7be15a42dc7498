"""What a service can name, and the part of a service that is being linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generators.diagnostics import Location
from generators.inventory import Inventory
from generators.model.ownership import Severity, Team
from generators.model.page import Page
from generators.model.signal import Origin
from generators.model.slo import Maintenance
from generators.resolve.names import Problems
from generators.spec.platform import PlatformSpec
from generators.spec.service import DashboardSpec, ExporterSpec, ServiceSpec


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that a service of this environment can name."""

    platform: PlatformSpec
    labels: Mapping[str, str]
    severities: Mapping[str, Severity]
    teams: Mapping[str, Team]
    playbooks: Mapping[str, Page]
    exporters: Mapping[str, ExporterSpec | None]
    dashboards: Mapping[str, DashboardSpec]
    services: Mapping[str, ServiceSpec]
    domains: Mapping[str, Team]
    recorded: Inventory
    maintenance: Mapping[str, tuple[Maintenance, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """A service or something in it: where it stands, what it can name, and where its problems are noted."""

    service: ServiceSpec
    origin: Origin
    context: Context
    problems: Problems

    def within(self, *steps: str) -> Part:
        """Something inside."""
        return Part(self.service, Origin(self.origin.node, (*self.origin.route, *steps)), self.context, self.problems)

    def say(self, code: str, message: str, place: Location, hint: str = "") -> None:
        """Note a problem."""
        self.problems.say(code, message, place, hint)

    def severity(self, name: str | None, *steps: str | int) -> Severity | None:
        """The severity named there."""
        return self.problems.find("severity", name, self.context.severities, self.origin.at(*steps), "severities")

    def playbook(self, name: str | None) -> Page | None:
        """The playbook named there."""
        return self.problems.find("playbook", name, self.context.playbooks, self.origin.at("playbook"))

    def check_domain(self, name: str | None) -> None:
        """Note a domain that no team has."""
        self.problems.find("domain", name, self.context.domains, self.origin.at("domain"))
