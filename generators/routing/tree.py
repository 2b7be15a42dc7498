"""The routing tree as data, in Alertmanager's terms but in no file format; and what it is derived from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from generators.model.ownership import BusinessHours, Severity, Team
from generators.routing.intervals import TimeInterval
from generators.routing.matchers import Labels, Matcher
from generators.units import Duration


class Role(StrEnum):
    """Why a receiver is told."""

    OWNER = "owner"
    COPY = "copy"
    FALLBACK = "fallback"
    WATCHDOG = "watchdog"


@dataclass(frozen=True, slots=True)
class PagerDuty:
    routing_key_file: str
    severity: str


@dataclass(frozen=True, slots=True)
class Slack:
    api_url_file: str
    channel: str


@dataclass(frozen=True, slots=True)
class Webhook:
    url_file: str


Channel = PagerDuty | Slack | Webhook


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who is told, and through what. Secrets are paths of files on the Alertmanager host, never values."""

    name: str
    team: str
    role: Role
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """When a group is sent; what is None is inherited."""

    wait: Duration | None = None
    interval: Duration | None = None
    repeat: Duration | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """A node of the tree. No receiver means the parent's; `goes_on` is Alertmanager's `continue`."""

    receiver: Receiver | None = None
    matchers: tuple[Matcher, ...] = ()
    goes_on: bool = False
    active: tuple[TimeInterval, ...] = ()
    muted: tuple[TimeInterval, ...] = ()
    timing: Timing = Timing()
    group_by: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()

    def walk(self) -> Iterator[Route]:
        yield self
        for route in self.routes:
            yield from route.walk()


@dataclass(frozen=True, slots=True)
class InhibitRule:
    """While an alert that `source` accepts is active, those that `target` accepts are not sent."""

    name: str
    source: tuple[Matcher, ...]
    target: tuple[Matcher, ...]
    equal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoutingTree:
    """Routes and inhibitions. Receivers and intervals are those a route names: none missing, none unused."""

    root: Route
    inhibitions: tuple[InhibitRule, ...] = ()

    @property
    def receivers(self) -> tuple[Receiver, ...]:
        return tuple(dict.fromkeys(route.receiver for route in self.root.walk() if route.receiver))

    @property
    def intervals(self) -> tuple[TimeInterval, ...]:
        named = (interval for route in self.root.walk() for interval in route.active + route.muted)
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class Policy:
    """All that routing is derived from.

    `identity` names the series labels that tell alerts of one name and service apart; `dependencies` are
    pairs of a service and one it depends on; `tiers` says which burn-rate tiers are slower than each. Without a
    `watchdog_url_file` there is no dead man's switch, and the watchdog is sent nowhere. `alerts` are the labels of
    all alerts there are; where they are given, inhibitions that none of them can be part of are left out.
    """

    platform: Team
    teams: tuple[Team, ...]
    severities: tuple[Severity, ...]
    hours: BusinessHours
    watchdog_url_file: str
    identity: tuple[str, ...] = ()
    dependencies: tuple[tuple[str, str], ...] = ()
    tiers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    alerts: tuple[Labels, ...] = ()
