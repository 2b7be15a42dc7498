"""The platform as a person writes it: its environments, its servers, and the defaults that everything inherits."""

from __future__ import annotations

import re
import zoneinfo
from functools import cache
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from generators.frozen import Frozen, LabelName, Line, Name, Selection, Span
from generators.spec.slo import Count, Tiers
from generators.units import Duration

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
TimeOfDay = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$", description="HH:MM")]


def _filled(url: str) -> str:
    if left := re.search(r"[{}]", re.sub(r"\{(?:environment|page)\}", "", url)):
        raise ValueError(f"there is a lone {left[0]} in the address, or a name in {{}} that nothing fills")
    return url


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _zone(name: str) -> str:
    if name not in _zones():
        raise ValueError(f'there is no time zone "{name}"; use an IANA name such as Europe/Berlin')
    return name


Url = Annotated[
    str,
    Field(pattern=r"^https?://[^\s]+[^\s/]$", description="an address, without a slash at the end"),
    AfterValidator(_filled),
]
Zone = Annotated[str, AfterValidator(_zone)]


Version = Annotated[str, Field(pattern=r"^\d+\.\d+$", description="major.minor")]


class TargetsSpec(Frozen):
    """The oldest versions that the output has to run on."""

    prometheus: Version = "2.42"
    alertmanager: Version = "0.25"
    grafana: Version = "11.6"


class HoursSpec(Frozen):
    """When people are at work."""

    first: Annotated[Weekday, Field(alias="from_day")] = "monday"
    last: Annotated[Weekday, Field(alias="to_day")] = "friday"
    start: Annotated[str, Field(alias="from", pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="HH:MM")] = "09:00"
    end: Annotated[TimeOfDay, Field(alias="to")] = "17:00"


class UrlsSpec(Frozen):
    """Where the artifacts are served; `{environment}` and, for runbooks, `{page}` are filled in."""

    grafana: Annotated[Url, Field(description="Grafana's address")]
    runbooks: Annotated[Url, Field(pattern=r"\{page\}")]
    status_page: Annotated[Url | None, Field(description="the public status page")] = None


class DefaultsSpec(Frozen):
    """What thresholds, signals and SLOs inherit where they say nothing."""

    window: Annotated[Span, Field(description="how much history one value of a signal looks at")] = Duration.parse("5m")
    hold: Annotated[Duration, Field(alias="for")] = Duration.parse("5m")
    keep_firing_for: Annotated[Duration, Field(description="for alerts that page")] = Duration.parse("5m")
    min_bad_events: Annotated[Count, Field(description="of ratios and latencies, per window")] = 5
    no_data_for: Annotated[Duration, Field(description="how long data has to be missing")] = Duration.parse("15m")
    no_data_playbook: Annotated[Name | None, Field(description="what to do when data are missing")] = None
    no_data_severity: Name
    slo_page_severity: Annotated[Name, Field(description="of the fast burn-rate tiers")]
    slo_ticket_severity: Annotated[Name, Field(description="of the slow burn-rate tiers")]
    slo_tiers: Annotated[Tiers | None, Field(description="burn-rate tiers by name; the SRE workbook's otherwise")] = (
        None
    )


class WatchdogSpec(Frozen):
    """The dead man's switch: an alert that always fires, sent to somebody who misses it when it stops."""

    url_file: Annotated[str, Field(pattern=r"^/[^\s]+$")]


class PlatformSpec(Frozen):
    """The one document that says what the platform is."""

    platform: Annotated[Name, Field(description="its name: first part of dashboard uids, a tag of every dashboard")]
    title: Annotated[Line, Field(description="how people call it")]
    owner: Annotated[Name, Field(description="the team that owns what nobody else does")]
    timezone: Annotated[Zone, Field(description="for business hours and dashboards; an IANA name")]
    business_hours: Annotated[HoursSpec, Field(description="when people are at work")] = HoursSpec()
    targets: Annotated[TargetsSpec, Field(description="the oldest servers that have to take the output")] = (
        TargetsSpec()
    )
    scrape_interval: Annotated[Span, Field(description="how often targets are read")] = Duration.parse("15s")
    evaluation_interval: Annotated[Span, Field(description="how often rules are evaluated")] = Duration.parse("30s")
    retention: Annotated[Span, Field(description="how long Prometheus keeps its data")] = Duration.parse("15d")
    target_labels: Annotated[tuple[LabelName, ...], Field(description="labels that every series has")] = (
        "job",
        "instance",
    )
    urls: Annotated[UrlsSpec, Field(description="where dashboards and runbooks are served")]
    defaults: Annotated[DefaultsSpec, Field(description="what thresholds, signals and SLOs inherit")]
    watchdog: Annotated[WatchdogSpec | None, Field(description="the dead man's switch")] = None
    compatibility: Annotated[
        tuple[Literal["sloth"], ...], Field(description="whose metric and label names are recorded beside ours")
    ] = ()
    labels: Annotated[dict[LabelName, Line], Field(description="put on every alert")] = {}
    select: Annotated[Selection, Field(description="label matchers on every metric")] = {}
