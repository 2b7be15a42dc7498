"""Alert policies and conditions of OpenSLO v1."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from generators.frozen import Flag
from generators.interchange.foreign import Camel, Number, Pairs, Word
from generators.interchange.openslo_values import Labels, Shorthand, nothing_is_empty

Op = Literal["lt", "lte", "gt", "gte"]


class Metadata(Camel):
    """What every object has."""

    name: Word
    display_name: str = ""
    labels: Labels = {}
    annotations: Pairs = {}


class Condition(Camel):
    """A burn rate that is alerted on."""

    kind: Literal["burnrate"] = "burnrate"
    op: Op
    threshold: Number
    lookback_window: Shorthand
    alert_after: Annotated[str, Field(pattern=r"^[0-9]+[mhdwMQY]$")] = "0m"


class ConditionSpec(Camel):
    """A burn rate, and how bad it is."""

    description: str = ""
    severity: Word
    condition: Condition


class ConditionUse(Camel):
    """A condition, or the name of one."""

    condition_ref: str | None = None
    kind: Literal["AlertCondition"] | None = None
    metadata: Metadata | None = None
    spec: ConditionSpec | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.condition_ref is None) == (self.spec is None or self.metadata is None):
            raise ValueError("say either conditionRef, or kind, metadata and spec")
        return self


class PolicySpec(Camel):
    """When somebody is told, and who."""

    description: str = ""
    alert_when_no_data: Flag = False
    alert_when_breaching: Flag = False
    alert_when_resolved: Flag = False
    conditions: Annotated[tuple[ConditionUse, ...], BeforeValidator(nothing_is_empty)] = ()
    notification_targets: Annotated[tuple[dict[str, Any], ...], BeforeValidator(nothing_is_empty)] = ()


class PolicyUse(Camel):
    """A policy, or the name of one."""

    alert_policy_ref: str | None = None
    kind: Literal["AlertPolicy"] | None = None
    metadata: Metadata | None = None
    spec: PolicySpec | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.alert_policy_ref is None) == (self.spec is None):
            raise ValueError("say either alertPolicyRef, or kind, metadata and spec")
        return self
