"""The catalog of one environment: linked, complete, immutable. What the emitters read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from generators.diagnostics import Location
from generators.model.ownership import BusinessHours, Severity, Team
from generators.naming import Label
from generators.promql import Expr
from generators.signals.base import Limit, Scope, SignalBase
from generators.source import Node, Route, child, locate
from generators.spec.ownership import ExceptionSpec, PageSpec, PolicySpec
from generators.spec.platform import PlatformSpec
from generators.spec.service import DashboardSpec
from generators.units import Duration, Quantity


def environment_labels(environment: str, platform: PlatformSpec) -> dict[str, str]:
    """The name of the environment as a label, and what the platform adds to it."""
    return {Label.ENVIRONMENT.value: environment, **platform.labels}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in the catalog something is said; turned into a line and column only when somebody asks."""

    node: Node
    route: Route = ()

    def at(self, *steps: str | int, key: bool = False) -> Location:
        """The place of something inside."""
        return locate(self.node, (*self.route, *steps), key=key)

    def find(self, *steps: str | int) -> Node | None:
        """The node of something inside, or None where nobody says it."""
        node: Node | None = self.node
        for step in (*self.route, *steps):
            node = child(node, step)
        return node

    def says(self, *steps: str | int) -> bool:
        """Whether the catalog says it, rather than leaving it to a default."""
        return self.find(*steps) is not None


@dataclass(frozen=True, slots=True)
class Signal:
    """A measured quantity of a service, with the scope it is read in."""

    name: str
    service: str
    kind: SignalBase
    scope: Scope
    origin: Origin = field(compare=False, repr=False)

    @property
    def title(self) -> str:
        return self.kind.title or self.name.replace("_", " ").replace("-", " ").capitalize()

    @property
    def choosable(self) -> tuple[str, ...]:
        """The labels by which a panel of the signal can be narrowed: those it keeps and does not fix itself."""
        fixed = {matcher.label for matcher in self.kind.presence(self.scope).matchers}
        return tuple(label for label in self.kind.by if label not in fixed)


@dataclass(frozen=True, slots=True)
class Page:
    """A playbook or SOP."""

    name: str
    spec: PageSpec
    body: str
    owner: Team


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
class Slo:
    """An objective for the share of good events of a signal; `budget` is the share that may be bad."""

    name: str
    service: str
    signal: Signal
    objective: Decimal
    period: Duration
    under: Quantity | None
    title: str
    description: str
    playbook: Page | None
    min_bad_events: int
    origin: Origin = field(compare=False, repr=False)

    @property
    def budget(self) -> Decimal:
        return 1 - self.objective


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


@dataclass(frozen=True, slots=True)
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

    @property
    def labels(self) -> Mapping[str, str]:
        """The labels of the environment, on every alert and every recorded series."""
        return environment_labels(self.environment, self.platform)

    def severity(self, name: str) -> Severity:
        """The severity of that name."""
        return next(s for s in self.severities if s.name == name)
