"""The proof that routing keeps its promises: every alert, through a whole week, in steps.

The promises are told from severities and business hours themselves, not from the tree, so a mistake in
deriving the tree or in cutting up the hours is seen here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from generators.model.ownership import Pager, Severity
from generators.naming import Category, Label
from generators.routing.intervals import within
from generators.routing.matchers import Labels
from generators.routing.reach import address
from generators.routing.simulate import matches
from generators.routing.tree import Channel, PagerDuty, Policy, Receiver, Role, RoutingTree, Slack

_WEEK = timedelta(days=7)
HALF_AN_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class BrokenPromise:
    """What goes wrong with an alert, and the first moment when it does."""

    labels: Labels
    at: datetime
    message: str


@dataclass(frozen=True, slots=True)
class _Case:
    """An alert at one moment: what its severity promises, and who is told."""

    team: str
    severity: Severity
    in_hours: bool
    told: tuple[Receiver, ...]

    @property
    def pages(self) -> bool:
        fixed = {Pager.ALWAYS: True, Pager.NEVER: False}
        return fixed.get(self.severity.pager, self.in_hours)

    @property
    def when(self) -> str:
        return "in business hours" if self.in_hours else "after hours"

    def channels(self, kind: type[Channel], *, of_owner: bool) -> int:
        owner = Role.OWNER, self.team
        receivers = (who for who in self.told if not of_owner or (who.role, who.team) == owner)
        return sum(isinstance(channel, kind) for who in receivers for channel in who.channels)


def sweep(
    tree: RoutingTree,
    policy: Policy,
    alerts: Iterable[Labels],
    start: datetime,
    step: timedelta = HALF_AN_HOUR,
) -> list[BrokenPromise]:
    """All promises that are broken in the week from `start`; empty is the proof."""
    severities = {severity.name: severity for severity in policy.severities}
    moments = _distinct_moments(tree, policy, start, step)
    found: list[BrokenPromise] = []
    for alert in alerts:
        severity = severities.get(alert.get(Label.SEVERITY, ""))
        broken = _broken(tree, alert, severity, moments)
        found += [BrokenPromise(alert, at, message) for message, at in broken.items()]
    return found


def _distinct_moments(
    tree: RoutingTree, policy: Policy, start: datetime, step: timedelta
) -> list[tuple[datetime, bool]]:
    """The first moment of every state the clock can be in: all a route or a promise ever asks of the time."""
    intervals = tree.intervals
    first: dict[tuple[bool, ...], datetime] = {}
    for count in range(_WEEK // step):
        at = start.astimezone(UTC) + count * step
        state = within(policy.hours, at), *(interval.contains(at) for interval in intervals)
        first.setdefault(state, at)
    return [(at, in_hours) for (in_hours, *_), at in first.items()]


def _broken(
    tree: RoutingTree, alert: Labels, severity: Severity | None, moments: list[tuple[datetime, bool]]
) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    taken = matches(tree, alert)
    for at, in_hours in moments:
        told = tuple(match.receiver for match in taken if not match.muted_by(at))
        for message in _complaints(alert, severity, in_hours, told):
            found.setdefault(message, at)
    return found


def _complaints(alert: Labels, severity: Severity | None, in_hours: bool, told: tuple[Receiver, ...]) -> Iterator[str]:
    roles = {receiver.role for receiver in told}
    if alert.get(Label.CATEGORY) == Category.WATCHDOG:
        if roles != {Role.WATCHDOG}:
            yield "the watchdog does not go to the dead man's switch, and only there"
    elif Role.FALLBACK in roles or severity is None:
        yield "no team owns it at this severity, so it ends at the fallback"
    else:
        case = _Case(alert.get(Label.TEAM, ""), severity, in_hours, told)
        for promise in _PROMISES:
            yield from promise(case)


def _somebody_hears(case: _Case) -> Iterator[str]:
    if not case.told:
        yield f"nobody is told {case.when}"


def _owner_is_paged(case: _Case) -> Iterator[str]:
    if case.pages and not case.channels(PagerDuty, of_owner=True):
        yield f"{case.severity.name} does not page its owner {case.when}"


def _nobody_else_is_paged(case: _Case) -> Iterator[str]:
    if not case.pages and case.channels(PagerDuty, of_owner=False):
        yield f"{case.severity.name} pages {case.when}"


def _owner_reads_it_once(case: _Case) -> Iterator[str]:
    rooms = case.channels(Slack, of_owner=True)
    if rooms != case.severity.chat:
        yield f"{case.severity.name} reaches {rooms} chat channels of its owner {case.when}"


def _no_address_twice(case: _Case) -> Iterator[str]:
    heard = Counter(address(channel) for receiver in case.told for channel in receiver.channels)
    for (kind, *_), times in heard.items():
        if times > 1:
            yield f"one {kind} address is told {times} times {case.when}"


_PROMISES: tuple[Callable[[_Case], Iterator[str]], ...] = (
    _somebody_hears,
    _owner_is_paged,
    _nobody_else_is_paged,
    _owner_reads_it_once,
    _no_address_twice,
)
