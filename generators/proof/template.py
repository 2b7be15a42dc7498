"""What Prometheus makes of the templates that annotations are written with: labels, values and humanized numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote_plus

_ACTION = re.compile(r"\{\{ *\$(labels\.(\w+)|value)(?: *\| *(\w+))? *\}\}")
_LARGE, _SMALL, _BINARY = "kMGTPEZY", "munpfazy", "KMGTPEZY"


def rendered(text: str, labels: Mapping[str, str], value: float) -> str:
    """The text of an annotation, for an alert with these labels and that value."""

    def said(action: re.Match[str]) -> str:
        operand = value if action[1] == "value" else labels.get(action[2], "")
        return _FUNCTIONS[action[3]](operand)

    return _ACTION.sub(said, text)


def humanize(value: float) -> str:
    """A number with a metric prefix."""
    if value == 0:
        return "0"
    return _scaled_up(value, 1000, _LARGE) if abs(value) >= 1 else _scaled_down(value)


def humanize_1024(value: float) -> str:
    """A number with a binary prefix."""
    if abs(value) <= 1:
        return f"{value:.4g}"
    return _scaled_up(value, 1024, [f"{prefix}i" for prefix in _BINARY.replace("K", "k")])


def humanize_percentage(value: float) -> str:
    """A share as a percentage."""
    return f"{value * 100:.4g}%"


def humanize_duration(value: float) -> str:
    """Seconds as days, hours, minutes and seconds."""
    if value == 0:
        return "0s"
    if abs(value) < 1:
        return f"{_scaled_down(value)}s"
    sign, whole = ("-" if value < 0 else ""), int(abs(value))
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = {"d": days, "h": hours, "m": minutes, "s": seconds}
    first = next((unit for unit in ("d", "h", "m") if parts[unit]), None)
    if first is None:
        return f"{sign}{abs(value):.4g}s"
    units = list(parts)[list(parts).index(first) :]
    return sign + " ".join(f"{parts[unit]}{unit}" for unit in units)


def _scaled_up(value: float, base: int, prefixes: str | list[str]) -> str:
    chosen = ""
    for prefix in prefixes:
        if abs(value) < base:
            break
        chosen, value = prefix, value / base
    return f"{value:.4g}{chosen}"


def _scaled_down(value: float) -> str:
    chosen = ""
    for prefix in _SMALL:
        if abs(value) >= 1:
            break
        chosen, value = prefix, value * 1000
    return f"{value:.4g}{chosen}"


_FUNCTIONS: Mapping[str | None, Callable[..., str]] = {
    None: lambda operand: operand if isinstance(operand, str) else f"{operand:.17g}",
    "humanize": humanize,
    "humanize1024": humanize_1024,
    "humanizePercentage": humanize_percentage,
    "humanizeDuration": humanize_duration,
    "urlquery": lambda text: quote_plus(text, safe=""),
}
