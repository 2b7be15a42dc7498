"""What Alertmanager would do with an alert: its rules of matching, time and inhibition, without a server.

Depth first; the first child that matches takes the alert, unless it goes on; a route itself is told only if
no child matched; a route is muted outside its active intervals and inside its muted ones, and neither kind
is inherited. Being muted changes nothing about who else is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from generators.routing.matchers import Labels, all_accept
from generators.routing.tree import InhibitRule, Receiver, Route, RoutingTree


@dataclass(frozen=True, slots=True)
class Match:
    """A route that takes an alert: the way to it from the root, and its own or inherited receiver."""

    path: tuple[Route, ...]

    @property
    def receiver(self) -> Receiver:
        return next(route.receiver for route in reversed(self.path) if route.receiver)

    def muted_by(self, at: datetime) -> str:
        """Why the route says nothing at that moment; empty if it speaks."""
        route = self.path[-1]
        inside = [interval.name for interval in route.muted if interval.contains(at)]
        if inside:
            return f"in {', '.join(inside)}"
        if route.active and not any(interval.contains(at) for interval in route.active):
            return f"outside {', '.join(interval.name for interval in route.active)}"
        return ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One receiver of an alert at one moment; `muted_by` is empty if it is told."""

    path: tuple[str, ...]
    receiver: Receiver
    muted_by: str

    @property
    def muted(self) -> bool:
        return bool(self.muted_by)


@dataclass(frozen=True, slots=True)
class Inhibition:
    """The rule that keeps an alert from being sent, and the labels of the active alert behind it."""

    rule: InhibitRule
    source: Labels


def matches(tree: RoutingTree, labels: Labels) -> list[Match]:
    """The routes that take an alert, in order, whatever the time."""
    return [Match(path) for path in _taken(tree.root, labels)]


def receivers(tree: RoutingTree) -> Callable[[Labels], list[str]]:
    """The names of the receivers of an alert's matches; alerts that no route tells apart are matched only once."""
    asked = sorted({matcher.label for route in tree.root.walk() for matcher in route.matchers})
    known: dict[tuple[str, ...], list[str]] = {}

    def of(labels: Labels) -> list[str]:
        said = tuple(labels.get(label, "") for label in asked)
        if said not in known:
            known[said] = [match.receiver.name for match in matches(tree, labels)]
        return known[said]

    return of


def deliveries(tree: RoutingTree, labels: Labels, at: datetime) -> list[Delivery]:
    """Who is told of an alert at that moment, and who would be at another."""
    return [
        Delivery(tuple(map(_said, match.path)), match.receiver, match.muted_by(at)) for match in matches(tree, labels)
    ]


def inhibited_by(tree: RoutingTree, labels: Labels, active: Iterable[Labels]) -> list[Inhibition]:
    """What keeps an alert back while those alerts (which may include it) are active."""
    alerts = [alert for alert in active if alert != labels]  # none hides itself
    if not alerts:
        return []
    return [Inhibition(rule, alert) for rule in tree.inhibitions for alert in alerts if _hides(rule, alert, labels)]


def _taken(route: Route, labels: Labels) -> list[tuple[Route, ...]]:
    if not all_accept(route.matchers, labels):
        return []
    return [(route, *below) for below in _taken_below(route, labels)] or [(route,)]


def _taken_below(route: Route, labels: Labels) -> Iterator[tuple[Route, ...]]:
    for child in route.routes:
        taken = _taken(child, labels)
        yield from taken
        if taken and not child.goes_on:
            return


def _hides(rule: InhibitRule, source: Labels, target: Labels) -> bool:
    if not (all_accept(rule.target, target) and all_accept(rule.source, source)):
        return False
    both_sides = all_accept(rule.source, target) and all_accept(rule.target, source)
    return not both_sides and all(source.get(name, "") == target.get(name, "") for name in rule.equal)


def _said(route: Route) -> str:
    return "{" + ",".join(map(str, route.matchers)) + "}"
