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

    title: Line
    meaning: Text
    ack: Annotated[Duration | None, Field(description="acknowledge within")] = None
    updates: Annotated[Duration | None, Field(description="how often to report progress")] = None
    pager: Annotated[Pager, Field(description="when the pager rings")]
    chat: Flag = True
    status_page: Flag = False


class SeveritiesSpec(Frozen):
    """All severities, the worst first."""

    severities: Annotated[dict[Name, SeveritySpec], Field(min_length=1)]


class EscalationSpec(Frozen):
    """Whom the pager goes to next, and how long after the first page."""

    to: Line
    after: Duration = Duration.parse("0s")


class TeamSpec(Frozen):
    """Who owns services, and where they are reached. Secrets are never here, only the paths of files."""

    team: Name
    title: Line
    pagerduty_key_file: SecretFile | None = None
    slack_channel: Annotated[str | None, Field(pattern=r"^[#@][^\s]+$")] = None
    slack_api_url_file: SecretFile | None = None
    domains: Annotated[tuple[Name, ...], Field(description="fields whose alerts it gets copies of")] = ()
    code_owner: Line | None = None
    escalation: tuple[EscalationSpec, ...] = ()


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

    policy: Name
    title: Line
    where: WhereSpec = WhereSpec()
    require: Annotated[
        tuple[Literal["playbook", "description", "actions", "domain"], ...],
        Field(description="fields that have to be there"),
    ] = ()
    within: Annotated[RangeSpec | None, Field(description="limits outside this range are refused")] = None
    least_severity: Annotated[Name | None, Field(description="no milder severity than this")] = None


class ExceptionSpec(Frozen):
    """A check that is waived, for a reason and for a time."""

    check: Line
    where: Annotated[Line, Field(description="a service, or service.threshold")]
    reason: Text
    owner: Name
    expires: Annotated[date, Field(description="the last day on which it holds")]


class ExceptionsSpec(Frozen):
    """The waived checks of the catalog."""

    exceptions: tuple[ExceptionSpec, ...]


class PageSpec(Frozen):
    """The front matter of a playbook or SOP."""

    title: Line
    owner: Name
    severity: Name | None = None
    comms: Annotated[Duration | None, Field(description="how often to report progress")] = None
    approver: Line | None = None


class PlaybookSpec(PageSpec):
    """What to do when an alert fires."""

    playbook: Name


class SopSpec(PageSpec):
    """What to do as a matter of routine."""

    sop: Name
