"""Tiers of burn rates as OpenSLO's alert conditions and policies; those that are alike are said once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from generators.interchange.openslo_names import Document, shorthand, thing
from generators.interchange.openslo_tiers import SHORT_WINDOW
from generators.model.ownership import Team
from generators.model.slo import Slo, Tier
from generators.scalar import decimal_text

_SOONEST = "1m"
"""The shortest duration that OpenSLO can say."""


@dataclass(slots=True)
class Policies:
    """The conditions, policies and targets that SLOs name, in the order in which they first do."""

    _conditions: dict[str, Document] = field(default_factory=dict)
    _policies: dict[str, Document] = field(default_factory=dict)
    _targets: dict[str, Document] = field(default_factory=dict)

    def refs(self, team: Team, slo: Slo) -> list[str]:
        """The policies of an SLO's tiers."""
        return [self._policy(team, self._condition(tier, tier.factor(slo.period))) for tier in slo.tiers]

    def documents(self) -> Iterator[Document]:
        """Everything that was named."""
        yield from self._policies.values()
        yield from self._conditions.values()
        yield from self._targets.values()

    def _condition(self, tier: Tier, factor: Decimal) -> str:
        name = _name(tier, factor)
        self._conditions.setdefault(name, _condition(name, tier, factor))
        return name

    def _policy(self, team: Team, condition: str) -> str:
        target = f"team-{team.name}".replace("_", "-")
        self._targets.setdefault(target, thing("AlertNotificationTarget", {"name": target}, _target(team)))
        name = f"{target}-{condition}"
        spec = {
            "alertWhenBreaching": True,
            "alertWhenResolved": True,
            "alertWhenNoData": False,
            "conditions": [{"conditionRef": condition}],
            "notificationTargets": [{"targetRef": target}],
        }
        self._policies.setdefault(name, thing("AlertPolicy", {"name": name}, spec))
        return name


def _name(tier: Tier, factor: Decimal) -> str:
    """What tells a condition apart: everything that it says."""
    burns = decimal_text(round(factor, 3))
    words = (tier.name, burns, str(tier.long), str(tier.short), tier.severity.name, str(tier.hold or ""))
    return "-".join(word for word in words if word).replace("_", "-").replace(".", "-")


def _condition(name: str, tier: Tier, factor: Decimal) -> Document:
    metadata = {"name": name, "annotations": {SHORT_WINDOW: str(tier.short)}}
    condition = {
        "kind": "burnrate",
        "op": "gt",
        "threshold": factor,
        "lookbackWindow": shorthand(tier.long),
        "alertAfter": shorthand(tier.hold) if tier.hold else _SOONEST,
    }
    return thing("AlertCondition", metadata, {"severity": tier.severity.name, "condition": condition})


def _target(team: Team) -> Document:
    return {"description": team.title, "target": "pagerduty" if team.pagerduty_key_file else "slack"}
