"""The catalog of one environment: linked, complete, immutable. What the emitters read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from generators.model.ownership import BusinessHours, Severity, Team
from generators.model.page import Page
from generators.model.signal import Origin, Signal
from generators.model.slo import Slo
from generators.naming import Label
from generators.promql import Expr
from generators.signals.limit import Limit
from generators.spec.ownership import ExceptionSpec, PolicySpec
from generators.spec.platform import PlatformSpec
from generators.spec.service import DashboardSpec
from generators.units import Duration


def environment_labels(environment: str, platform: PlatformSpec) -> dict[str, str]:
    """The name of the environment as a label, and what the platform adds to it."""
    return {Label.ENVIRONMENT.value: environment, **platform.labels}


@dataclass(frozen=True, slots=True)
class Threshold:
    """One step of one threshold: a signal, a limit and who is told. It becomes one alert."""

    name: str
    service: str
    signal: Signal
    limit: Limit
    severity: Severity
    alert: str
    title: str
    condition: Expr
    hold: Duration
    keep_firing_for: Duration | None
    playbook: Page | None
    description: str
    actions: tuple[str, ...]
    domain: str | None
    origin: Origin = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Service:
    """A thing that is run and owned, with everything that is watched about it."""

    name: str
    title: str
    owner: Team
    tier: int
    description: str
    dashboard: str | None
    depends_on: tuple[str, ...]
    domain: str | None
    signals: tuple[Signal, ...]
    thresholds: tuple[Threshold, ...]
    slos: tuple[Slo, ...]
    origin: Origin = field(compare=False, repr=False)

    @property
    def parts(self) -> Iterator[tuple[str, Origin]]:
        """The name and place of everything in it; a threshold with a ladder is one part."""
        found: tuple[Sequence[Signal] | Sequence[Threshold] | Sequence[Slo], ...]
        found = (self.thresholds, self.slos, self.signals)
        seen = {(one.name, one.origin.route): one.origin for group in found for one in group}
        yield from ((name, origin) for (name, _route), origin in seen.items())


@dataclass(frozen=True, slots=True)
class Policy:
    """A guardrail and where it is said."""

    spec: PolicySpec
    origin: Origin = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Waiver:
    """An exception and where it is said."""

    spec: ExceptionSpec
    origin: Origin = field(compare=False, repr=False)


@dataclass(frozen=True)
class Catalog:
    """Everything that one environment's output follows from."""

    environment: str
    platform: PlatformSpec
    owner: Team
    hours: BusinessHours
    severities: tuple[Severity, ...]
    teams: tuple[Team, ...]
    services: tuple[Service, ...]
    dashboards: tuple[DashboardSpec, ...]
    playbooks: tuple[Page, ...]
    sops: tuple[Page, ...]
    policies: tuple[Policy, ...]
    waivers: tuple[Waiver, ...]
    origin: Origin = field(compare=False, repr=False)
    team_origins: Mapping[str, Origin] = field(compare=False, repr=False)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The labels of the environment, on every alert and every recorded series."""
        return environment_labels(self.environment, self.platform)

    def severity(self, name: str) -> Severity:
        """The severity of that name."""
        return next(s for s in self.severities if s.name == name)
