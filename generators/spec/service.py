"""A service or a pack as a person writes it: signals, thresholds and SLOs that name each other."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag

from generators.frozen import Frozen, Line, Name, Selection, Text
from generators.inventory import Metric
from generators.signals import Signal
from generators.signals.base import SignalBase
from generators.units import Duration, Percentage, Quantity

SIGNALS: tuple[type[SignalBase], ...] = get_args(get_args(Signal)[0])
SIGNAL_KINDS = tuple(kind for model in SIGNALS for kind in get_args(model.model_fields["kind"].annotation))
AlertName = Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9]*$", max_length=100)]
Ladder = Annotated[
    Annotated[Quantity, Tag("limit")] | Annotated[dict[Quantity, Name], Tag("ladder")],
    Discriminator(lambda value: "ladder" if isinstance(value, dict) else "limit"),
]
Count = Annotated[int, Field(ge=0)]
MetricName = Annotated[str, Field(pattern=r"^[a-zA-Z_:][a-zA-Z0-9_:]*$")]


class ThresholdSpec(Frozen):
    """A signal, a limit, and who is told: one alert, or one for each step of a ladder `{70%: sev4, 85%: sev3}`."""

    signal: Name
    above: Ladder | None = None
    below: Ladder | None = None
    at_least: Ladder | None = None
    at_most: Ladder | None = None
    quantile: Annotated[
        Percentage | None, Field(description="for latencies: the share that has to be faster")
    ] = None
    hold: Annotated[Duration | None, Field(alias="for", description="how long it has to last")] = None
    keep_firing_for: Annotated[Duration | None, Field(description="how long it goes on after it is over")] = (
        None
    )
    severity: Annotated[Name | None, Field(description="not with a ladder, whose steps have their own")] = (
        None
    )
    playbook: Name | None = None
    name: Annotated[
        AlertName | None, Field(description="alert name, where service + threshold reads badly")
    ] = None
    title: Annotated[Line | None, Field(description="what is wrong, in a few words")] = None
    description: Annotated[Text | None, Field(description="what it means for users, and what to look at")] = (
        None
    )
    actions: Annotated[tuple[Line, ...], Field(description="first steps, for the runbook page")] = ()
    min_bad_events: Annotated[Count | None, Field(description="fewer bad events than this never alert")] = (
        None
    )
    domain: Annotated[Name | None, Field(description="whose experts get a copy")] = None


class SloSpec(Frozen):
    """A signal that has to be good for a share of all events, over a period."""

    signal: Name
    objective: Percentage
    period: Annotated[Duration, Field(validate_default=True)] = Duration.parse("30d")
    under: Annotated[
        Quantity | None, Field(description="for latencies: the duration that counts as good")
    ] = None
    title: Line | None = None
    description: Text | None = None
    playbook: Name | None = None
    min_bad_events: Count | None = None


class PackSpec(Frozen):
    """What belongs to an exporter or to a kind of service, written once."""

    pack: Name
    title: Line
    description: Text | None = None
    exporters: tuple[Name, ...] = ()
    metrics: dict[MetricName, Metric] = {}
    signals: dict[Name, Signal] = {}
    thresholds: dict[Name, ThresholdSpec] = {}
    slos: dict[Name, SloSpec] = {}


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

    service: Name
    title: Line
    owner: Annotated[Name, Field(description="the team that is told")]
    description: Text | None = None
    tier: Annotated[int, Field(ge=1, le=4, description="1 is the most important")] = 2
    use: Annotated[Uses, Field(description="packs, each with the label matchers that select its series")] = {}
    select: Annotated[Selection, Field(description="label matchers on every metric of the service")] = {}
    dashboard: Annotated[Name | None, Field(description="where its panels are shown")] = None
    depends_on: Annotated[tuple[Name, ...], Field(description="services that it can't do without")] = ()
    domain: Annotated[Name | None, Field(description="whose experts get a copy of its alerts")] = None
    exporters: tuple[Name, ...] = ()
    metrics: dict[MetricName, Metric] = {}
    signals: dict[Name, Signal] = {}
    thresholds: dict[Name, ThresholdSpec] = {}
    slos: dict[Name, SloSpec] = {}


class ExporterSpec(Frozen):
    """An exporter and the metrics that it exposes, as of one version."""

    exporter: Name
    version: Line
    source: Line | None = None
    metrics: dict[MetricName, Metric]


def _folder(name: str) -> str:
    if name.startswith(".") or "/" in name or name.lower() == "general":
        raise ValueError(f'Grafana can\'t have a folder called "{name}"')
    return name


Folder = Annotated[Line, AfterValidator(_folder)]


class DashboardSpec(Frozen):
    """A dashboard: the services that name it put their panels there, in the order of `services`, then by name."""

    dashboard: Name
    title: Line
    folder: Folder
    description: Text
    services: tuple[Name, ...] = ()
