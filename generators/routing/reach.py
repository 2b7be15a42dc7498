"""How a team is told of a severity: which receivers, in which order; and where that cannot work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from generators.model.ownership import Pager, Severity, Team
from generators.routing.tree import Channel, PagerDuty, Receiver, Role, Slack

_URGENCIES = ("critical", "error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Step:
    """One receiver, and whether it is told in business hours only."""

    receiver: Receiver
    in_hours: bool = False


class RoutingProblem(NamedTuple):
    """A severity that cannot be sent to a team as promised; no team is named where no team could help."""

    team: str
    severity: str
    message: str


def pager(team: Team, severity: Severity) -> PagerDuty | None:
    urgency = _URGENCIES[min(severity.rank, len(_URGENCIES)) - 1]
    return PagerDuty(team.pagerduty_key_file, urgency) if team.pagerduty_key_file else None


def chat(team: Team) -> Slack | None:
    if team.slack_api_url_file and team.slack_channel:
        return Slack(team.slack_api_url_file, team.slack_channel)
    return None


def steps(team: Team, severity: Severity) -> tuple[Step, ...]:
    """Who is told of an alert that the team owns. Nobody if something is missing: then the fallback is."""
    if any(_missing(team, severity)):
        return ()
    page = _given(pager(team, severity) if severity.pager is not Pager.NEVER else None)
    talk = _given(chat(team) if severity.chat else None)
    paged, room = f"{team.name}/page/{severity.name}", f"{team.name}/chat"
    if severity.pager is Pager.ALWAYS:
        told = [(paged, page + talk, False)]
    else:
        told = [(paged, page, True), (room, talk, False)]
    return tuple(
        Step(Receiver(name, team.name, Role.OWNER, channels), in_hours) for name, channels, in_hours in told if channels
    )


def copy(team: Team, severity: Severity) -> Receiver | None:
    """Where an expert gets a copy of what another team owns: one channel, or nothing."""
    if severity.pager is Pager.ALWAYS:
        name, channels = f"{team.name}/copy/page/{severity.name}", _given(pager(team, severity))
    else:
        name, channels = f"{team.name}/copy", _given(chat(team) if severity.chat else None)
    return Receiver(name, team.name, Role.COPY, channels) if channels else None


def fallback(platform: Team, severities: Sequence[Severity]) -> Receiver:
    """The loud end of the tree: all that the platform team has, at the worst urgency."""
    worst = min(severities, key=lambda severity: severity.rank)
    return Receiver("unowned", platform.name, Role.FALLBACK, _given(pager(platform, worst), chat(platform)))


def addresses(receiver: Receiver) -> tuple[tuple[str, ...], ...]:
    return tuple(address(channel) for channel in receiver.channels)


def address(channel: Channel) -> tuple[str, ...]:
    """What tells two channels apart, whatever is said there."""
    match channel:
        case PagerDuty(routing_key_file=key):
            return "pager", key
        case Slack(api_url_file=url, channel=room):
            return "chat", url, room
    return "webhook", channel.url_file


def routing_problems(teams: Sequence[Team], severities: Sequence[Severity], platform: Team) -> list[RoutingProblem]:
    """Every team and severity that could not be told as the severity promises; all pairs, in order."""
    pairs = product(teams, severities)
    return [
        *(RoutingProblem("", severity.name, text) for severity in severities for text in _unheard(severity)),
        *(
            RoutingProblem(team.name, severity.name, text)
            for team, severity in pairs
            for text in _missing(team, severity)
        ),
        *(RoutingProblem(platform.name, "", text) for text in _quiet_fallback(platform, severities)),
    ]


def _missing(team: Team, severity: Severity) -> Iterator[str]:
    if severity.pager is not Pager.NEVER and pager(team, severity) is None:
        when = "always" if severity.pager is Pager.ALWAYS else "in business hours"
        yield f"{severity.name} pages {when}, but team {team.name} has no PagerDuty key file"
    if severity.chat and chat(team) is None:
        yield f"{severity.name} goes to chat, but team {team.name} has no {_chat_gap(team)}"


def _unheard(severity: Severity) -> Iterator[str]:
    if severity.chat or severity.pager is Pager.ALWAYS:
        return
    when = "at any time" if severity.pager is Pager.NEVER else "outside business hours"
    yield f"{severity.name} reaches nobody {when}: it is neither paged then nor sent to chat"


def _quiet_fallback(platform: Team, severities: Sequence[Severity]) -> Iterator[str]:
    """The fallback need not be louder than an environment ever is: some have no pagers at all."""
    paging = any(severity.pager is not Pager.NEVER for severity in severities)
    if paging and not platform.pagerduty_key_file:
        yield f"alerts without an owner page team {platform.name}, which has no PagerDuty key file"
    if chat(platform) is None:
        gap = _chat_gap(platform)
        yield f"alerts without an owner go to the chat of team {platform.name}, which has no {gap}"


def _chat_gap(team: Team) -> str:
    return "Slack URL file" if team.slack_channel else "Slack channel"


def _given(*channels: Channel | None) -> tuple[Channel, ...]:
    return tuple(channel for channel in channels if channel is not None)
