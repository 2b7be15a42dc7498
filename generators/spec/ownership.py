"""Who is told, how, and how fast: severities, teams and the process around them, as a person writes them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from generators.frozen import Flag, Frozen, Line, Name, Text
from generators.units import Duration, Percentage


class Pager(StrEnum):
    """When the pager of a severity rings."""

    ALWAYS = "always"
    BUSINESS_HOURS = "business-hours"
    NEVER = "never"


SecretFile = Annotated[str, Field(pattern=r"^/[^\s]+$", description="absolute path on the Alertmanager host")]


class SeveritySpec(Frozen):
    """How bad, how fast somebody has to answer, and over which channels."""

    title: Annotated[Line, Field(description="in a word")]
    meaning: Annotated[Text, Field(description="when something is that bad")]
    ack: Annotated[Duration | None, Field(description="acknowledge within")] = None
    updates: Annotated[Duration | None, Field(description="how often to report progress")] = None
    pager: Annotated[Pager, Field(description="when the pager rings")]
    chat: Annotated[Flag, Field(description="whether the team's channel hears of it")] = True
    status_page: Annotated[Flag, Field(description="whether users are told")] = False


class SeveritiesSpec(Frozen):
    """All severities, the worst first."""

    severities: Annotated[dict[Name, SeveritySpec], Field(min_length=1)]


class EscalationSpec(Frozen):
    """Whom the pager goes to next, and how long after the first page."""

    to: Annotated[Line, Field(description="who")]
    after: Annotated[Duration, Field(description="how long after the page without an acknowledgement")] = (
        Duration.parse("0s")
    )


class TeamSpec(Frozen):
    """Who owns services, and where they are reached. Secrets are never here, only the paths of files."""

    team: Annotated[Name, Field(description="its name: a label of its alerts")]
    title: Annotated[Line, Field(description="how people call it")]
    pagerduty_key_file: Annotated[SecretFile | None, Field(description="where Alertmanager finds the routing key")] = (
        None
    )
    slack_channel: Annotated[str | None, Field(pattern=r"^[#@][^\s]+$")] = None
    slack_api_url_file: Annotated[
        SecretFile | None, Field(description="where Alertmanager finds the webhook's address")
    ] = None
    domains: Annotated[tuple[Name, ...], Field(description="fields whose alerts it gets copies of")] = ()
    code_owner: Annotated[Line | None, Field(description="whom pull requests ask")] = None
    escalation: Annotated[tuple[EscalationSpec, ...], Field(description="whom the pager goes to, in order")] = ()


class WhereSpec(Frozen):
    """Which thresholds a policy is about; what is left out means any."""

    severity: tuple[Name, ...] = ()
    service: tuple[Name, ...] = ()
    resource: Annotated[tuple[Name, ...], Field(description="of saturation signals")] = ()


class RangeSpec(Frozen):
    """Both ends included."""

    lowest: Annotated[Percentage, Field(alias="from")]
    highest: Annotated[Percentage, Field(alias="to")]


class PolicySpec(Frozen):
    """A guardrail on what teams may change."""

    policy: Annotated[Name, Field(description="its name")]
    title: Annotated[Line, Field(description="what it wants, in a few words")]
    where: Annotated[WhereSpec, Field(description="which thresholds it is about")] = WhereSpec()
    require: Annotated[
        tuple[Literal["playbook", "description", "actions", "domain"], ...],
        Field(description="fields that have to be there"),
    ] = ()
    within: Annotated[RangeSpec | None, Field(description="limits outside this range are refused")] = None
    least_severity: Annotated[Name | None, Field(description="no milder severity than this")] = None


class ExceptionSpec(Frozen):
    """A check that is waived, for a reason and for a time."""

    check: Annotated[Line, Field(description="the code of the check")]
    where: Annotated[Line, Field(description="a service, or service.threshold")]
    reason: Annotated[Text, Field(description="why it is waived")]
    owner: Annotated[Name, Field(description="who answers for it")]
    expires: Annotated[date, Field(description="the last day on which it holds")]


class ExceptionsSpec(Frozen):
    """The waived checks of the catalog."""

    exceptions: tuple[ExceptionSpec, ...]


class PageSpec(Frozen):
    """The front matter of a playbook or SOP."""

    title: Annotated[Line, Field(description="how people call it")]
    owner: Annotated[Name, Field(description="the team that keeps it")]
    severity: Annotated[Name | None, Field(description="what it usually is")] = None
    comms: Annotated[Duration | None, Field(description="how often to report progress")] = None
    approver: Annotated[Line | None, Field(description="who has to agree")] = None


class PlaybookSpec(PageSpec):
    """What to do when an alert fires."""

    playbook: Name


class SopSpec(PageSpec):
    """What to do as a matter of routine."""

    sop: Name
