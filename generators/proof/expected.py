"""How an alert looks when it fires: its labels over those of its series, and what its templates become."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from generators.proof.case import Firing
from generators.proof.template import rendered
from generators.rules.group import Alert


def firing(alert: Alert, series: Mapping[str, str], value: Decimal | None) -> Firing:
    """The alert, firing on a series with these labels; without a value, its texts can't be told."""
    labels = {**series, **alert.labels}
    if value is None:
        return Firing(labels)
    texts = {name: rendered(text, series, float(value)) for name, text in alert.annotations.items()}
    return Firing(labels, texts)
