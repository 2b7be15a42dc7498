"""Who is told, how, and how fast."""

from __future__ import annotations

from dataclasses import dataclass

from generators.spec.ownership import Pager
from generators.units import Duration

__all__ = ["BusinessHours", "EscalationStep", "Pager", "Severity", "Team"]


@dataclass(frozen=True, slots=True)
class Severity:
    """How bad something is; `rank` 1 is the worst, `ack` and `updates` are targets for people."""

    name: str
    rank: int
    title: str
    meaning: str
    ack: Duration | None
    updates: Duration | None
    pager: Pager
    chat: bool
    status_page: bool = False


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """Whom the pager goes to, `after` how long without an acknowledgement."""

    to: str
    after: Duration


@dataclass(frozen=True, slots=True)
class Team:
    """Who owns services, and the channels that reach them. Secrets are paths on the Alertmanager host."""

    name: str
    title: str
    pagerduty_key_file: str | None = None
    slack_channel: str | None = None
    slack_api_url_file: str | None = None
    domains: tuple[str, ...] = ()
    code_owner: str | None = None
    escalation: tuple[EscalationStep, ...] = ()


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """Days (first and last, inclusive) and times of work, in an IANA time zone."""

    days: tuple[str, str]
    start: str
    end: str
    location: str
