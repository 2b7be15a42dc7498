"""A service or a pack as a person writes it: signals, thresholds and SLOs that name each other."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag

from generators.frozen import Frozen, Line, MetricName, Name, Selection, Text
from generators.inventory import Metric
from generators.signals import Signal
from generators.signals.base import SignalBase
from generators.spec.slo import Count, SloSpec
from generators.units import Duration, Percentage, Quantity

SIGNALS: tuple[type[SignalBase], ...] = get_args(get_args(Signal)[0])
SIGNAL_KINDS = tuple(kind for model in SIGNALS for kind in get_args(model.model_fields["kind"].annotation))
AlertName = Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9]*$", max_length=100)]
Ladder = Annotated[
    Annotated[Quantity, Tag("limit")] | Annotated[dict[Quantity, Name], Tag("ladder")],
    Discriminator(lambda value: "ladder" if isinstance(value, dict) else "limit"),
]


class ThresholdSpec(Frozen):
    """A signal, a limit, and who is told: one alert, or one for each step of a ladder `{70%: sev4, 85%: sev3}`."""

    signal: Annotated[Name, Field(description="what is compared")]
    above: Annotated[Ladder | None, Field(description="more than this is wrong; a limit or a ladder")] = None
    below: Annotated[Ladder | None, Field(description="less than this is wrong")] = None
    at_least: Annotated[Ladder | None, Field(description="this much or more is wrong")] = None
    at_most: Annotated[Ladder | None, Field(description="this little or less is wrong")] = None
    quantile: Annotated[Percentage | None, Field(description="for latencies: the share that has to be faster")] = None
    hold: Annotated[Duration | None, Field(alias="for", description="how long it has to last")] = None
    keep_firing_for: Annotated[Duration | None, Field(description="how long it goes on after it is over")] = None
    severity: Annotated[Name | None, Field(description="not with a ladder, whose steps have their own")] = None
    playbook: Annotated[Name | None, Field(description="what to do, shown on the runbook page")] = None
    name: Annotated[AlertName | None, Field(description="alert name, where service + threshold reads badly")] = None
    title: Annotated[Line | None, Field(description="what is wrong, in a few words")] = None
    description: Annotated[Text | None, Field(description="what it means for users, and what to look at")] = None
    actions: Annotated[tuple[Line, ...], Field(description="first steps, for the runbook page")] = ()
    min_bad_events: Annotated[Count | None, Field(description="fewer bad events than this never alert")] = None
    domain: Annotated[Name | None, Field(description="whose experts get a copy")] = None


class PackSpec(Frozen):
    """What belongs to an exporter or to a kind of service, written once."""

    pack: Annotated[Name, Field(description="its name, for `use`")]
    title: Annotated[Line, Field(description="what it is for")]
    description: Annotated[Text | None, Field(description="what a service needs to have for it")] = None
    exporters: Annotated[tuple[Name, ...], Field(description="whose metrics it reads")] = ()
    metrics: Annotated[dict[MetricName, Metric], Field(description="metrics of its own")] = {}
    signals: Annotated[dict[Name, Signal], Field(description="by name")] = {}
    thresholds: Annotated[dict[Name, ThresholdSpec], Field(description="by name")] = {}
    slos: Annotated[dict[Name, SloSpec], Field(description="by name")] = {}


def _uses(value: object) -> object:
    """`use: http`, `use: [http, probe]` and `use: {http: {job: gateway}}` are one thing."""
    if isinstance(value, str):
        return {value: {}}
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return {v: {} for v in value}
    return value


Uses = Annotated[
    dict[Name, Selection],
    BeforeValidator(_uses, json_schema_input_type=Name | list[Name] | dict[Name, Selection]),
]


class ServiceSpec(Frozen):
    """A thing that is run and owned, with everything that is watched about it."""

    service: Annotated[Name, Field(description="its name: a label, a file name, the first part of alert names")]
    title: Annotated[Line, Field(description="how people call it")]
    owner: Annotated[Name, Field(description="the team that is told")]
    description: Annotated[Text | None, Field(description="what it does, for whoever is on call")] = None
    tier: Annotated[int, Field(ge=1, le=4, description="1 is the most important")] = 2
    use: Annotated[Uses, Field(description="packs, each with the label matchers that select its series")] = {}
    select: Annotated[Selection, Field(description="label matchers on every metric of the service")] = {}
    dashboard: Annotated[Name | None, Field(description="where its panels are shown")] = None
    depends_on: Annotated[tuple[Name, ...], Field(description="services that it can't do without")] = ()
    domain: Annotated[Name | None, Field(description="whose experts get a copy of its alerts")] = None
    exporters: Annotated[tuple[Name, ...], Field(description="whose metrics its own signals read")] = ()
    metrics: Annotated[dict[MetricName, Metric], Field(description="metrics that only it exposes")] = {}
    signals: Annotated[dict[Name, Signal], Field(description="what is measured, by name")] = {}
    thresholds: Annotated[dict[Name, ThresholdSpec], Field(description="when somebody is told, by name")] = {}
    slos: Annotated[dict[Name, SloSpec], Field(description="what is promised, by name")] = {}


class ExporterSpec(Frozen):
    """An exporter and the metrics that it exposes, as of one version."""

    exporter: Annotated[Name, Field(description="its name, for `exporters`")]
    version: Annotated[Line, Field(description="as of which version its metrics are listed")]
    source: Annotated[Line | None, Field(description="where it comes from")] = None
    metrics: Annotated[dict[MetricName, Metric], Field(description="by name")]


def _folder(name: str) -> str:
    if name.startswith(".") or "/" in name or name.lower() == "general":
        raise ValueError(f'Grafana can\'t have a folder called "{name}"')
    return name


Folder = Annotated[Line, AfterValidator(_folder)]


class DashboardSpec(Frozen):
    """A dashboard: the services that name it put their panels there, in the order of `services`, then by name."""

    dashboard: Annotated[Name, Field(description="its name: last part of its uid")]
    title: Annotated[Line, Field(description="how people call it")]
    folder: Annotated[Folder, Field(description="Grafana's folder")]
    description: Annotated[Text, Field(description="what it answers")]
    services: Annotated[tuple[Name, ...], Field(description="which rows come first")] = ()
