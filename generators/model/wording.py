"""Thresholds in words, for titles, panels and pages."""

from __future__ import annotations

from generators.model.catalog import Threshold
from generators.scalar import decimal_text
from generators.signals.limit import Limit


def in_words(threshold: Threshold) -> str:
    """What is compared with what: `Response time p95 above 3s`."""
    return f"{threshold.signal.title} {limit_in_words(threshold.limit)}"


def limit_in_words(limit: Limit) -> str:
    """The limit alone: `p95 above 3s`."""
    quantile = f"p{decimal_text(limit.quantile * 100)} " if limit.quantile is not None else ""
    return f"{quantile}{limit.comparison.replace('_', ' ')} {limit.quantity}"
