"""Files of sloth: the native form, the Kubernetes form of the same, and alert windows."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from generators.frozen import Flag, Span
from generators.interchange.foreign import Camel, Foreign, KubernetesMetadata, NotEmpty, Number, Pairs, Percent, Word
from generators.interchange.query import Query

_OVER_ONE = "exactly one of events, raw, plugin"


class Alert(Foreign):
    """One of the two alerts of an SLO."""

    disable: Flag = False
    labels: Pairs = {}
    annotations: Pairs = {}


class EventsSli(Foreign):
    """Two queries."""

    error_query: Query
    total_query: Query


class RawSli(Foreign):
    """The share of bad events as one query."""

    error_ratio_query: Query


class Plugin(Foreign):
    """A plugin that makes the queries."""

    id: Word
    options: dict[str, Any] = {}


class Sli(Foreign):
    """What is measured."""

    events: EventsSli | None = None
    raw: RawSli | None = None
    plugin: Plugin | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if sum(form is not None for form in (self.events, self.raw, self.plugin)) != 1:
            raise ValueError(f"say {_OVER_ONE}")
        return self


class Alerting(Foreign):
    """Both alerts."""

    name: str = ""
    labels: Pairs = {}
    annotations: Pairs = {}
    page_alert: Alert = Alert()
    ticket_alert: Alert = Alert()


class ChainLink(Foreign):
    """A plugin of the chain that makes the rules."""

    id: Word
    config: Any = None
    priority: Number | None = None


class Chain(Foreign):
    """The plugins that make the rules."""

    override_previous: Annotated[Flag, Field(alias="overridePrevious")] = False
    chain: tuple[ChainLink, ...] = ()


class Slo(Foreign):
    """One SLO."""

    name: Word
    description: str = ""
    objective: Percent
    labels: Pairs = {}
    plugins: Chain = Chain()
    sli: Sli
    alerting: Alerting = Alerting()


class Spec(Foreign):
    """The SLOs of a service, in sloth's own form."""

    version: Literal["prometheus/v1"]
    service: Word
    labels: Pairs = {}
    slo_plugins: Chain = Chain()
    slos: Annotated[tuple[Slo, ...], NotEmpty]


class KubernetesEventsSli(EventsSli):
    """Two queries."""

    model_config = ConfigDict(alias_generator=to_camel)


class KubernetesRawSli(RawSli):
    """The share of bad events as one query."""

    model_config = ConfigDict(alias_generator=to_camel)


class KubernetesSli(Sli):
    """What is measured."""

    events: KubernetesEventsSli | None = None
    raw: KubernetesRawSli | None = None


class KubernetesAlerting(Alerting):
    """Both alerts."""

    model_config = ConfigDict(alias_generator=to_camel)


class KubernetesSlo(Slo):
    """One SLO."""

    sli: KubernetesSli
    alerting: KubernetesAlerting = KubernetesAlerting()


class KubernetesSpec(Camel):
    """The SLOs of a service."""

    service: Word
    labels: Pairs = {}
    slo_plugins: Chain = Chain()
    slos: Annotated[tuple[KubernetesSlo, ...], NotEmpty]


class ServiceLevel(Camel):
    """The SLOs of a service, as an object of a cluster."""

    api_version: Literal["sloth.slok.dev/v1"]
    kind: Literal["PrometheusServiceLevel"]
    metadata: KubernetesMetadata
    spec: KubernetesSpec
    status: Any = None


class Window(Camel):
    """A burn rate: so much of the budget within the long window."""

    error_budget_percent: Annotated[Number, Field(gt=0, le=100)]
    short_window: Span
    long_window: Span


class Pair(Foreign):
    """The quick and the slow trigger of an alert."""

    quick: Window
    slow: Window


class WindowsSpec(Camel):
    """The burn rates of both alerts for SLOs of one period."""

    slo_period: Span
    page: Pair
    ticket: Pair


class AlertWindows(Camel):
    """The burn rates that alert, for all SLOs."""

    api_version: Literal["sloth.slok.dev/v1"]
    kind: Literal["AlertWindows"]
    metadata: KubernetesMetadata | None = None
    spec: WindowsSpec
