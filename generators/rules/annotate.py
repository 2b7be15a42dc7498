"""The labels and annotations that every alert carries."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generators import links
from generators.model.catalog import Catalog, Service
from generators.model.ownership import Severity
from generators.naming import Category, Label
from generators.scalar import decimal_text
from generators.units import Dimension, Unit

_HUMANIZED = {
    Dimension.TIME: "{{ $value | humanizeDuration }}",
    Dimension.BYTES: "{{ $value | humanize1024 }}B",
}


def labels(
    catalog: Catalog, service: Service, severity: Severity, category: Category, **more: str | None
) -> dict[str, str]:
    """The labels that routing and inhibition go by. They are rule labels, never taken from series."""
    extra = {name: value for name, value in more.items() if value}
    return {
        **catalog.labels,
        Label.SEVERITY: severity.name,
        Label.TEAM: service.owner.name,
        Label.SERVICE: service.name,
        Label.CATEGORY: category,
        **extra,
    }


@dataclass(frozen=True, slots=True)
class Message:
    """What is wrong in one line, what it means, and the panel that shows it."""

    summary: str
    description: str
    dashboard: str | None


def said(catalog: Catalog, severity: Severity, alert: str, message: Message) -> dict[str, str]:
    """What the person who is told reads."""
    texts = {
        "summary": message.summary,
        "description": message.description,
        "runbook_url": links.runbook(catalog, alert),
        "dashboard_url": message.dashboard,
        "ack_within": str(severity.ack) if severity.ack else None,
        "updates_every": str(severity.updates) if severity.updates else None,
    }
    return {name: text for name, text in texts.items() if text}


def value_text(unit: Unit) -> str:
    """A template that prints the alert's value in its unit."""
    if unit.dimension is Dimension.RATIO:
        return "{{ $value | humanizePercentage }}" if unit.per_base == 1 else "{{ $value | humanize }}%"
    if unit.dimension in _HUMANIZED and unit.per_base == 1:
        return _HUMANIZED[unit.dimension]
    return f"{{{{ $value | humanize }}}} {unit.name}"


def which(series_labels: tuple[str, ...]) -> str:
    """The series that an alert is about, as a template: ` (instance x, mountpoint y)`."""
    if not series_labels:
        return ""
    return " (" + ", ".join(f"{label} {{{{ $labels.{label} }}}}" for label in series_labels) + ")"


def share_text(share: Decimal) -> str:
    """A share as a percentage."""
    return f"{decimal_text(share * 100)}%"
