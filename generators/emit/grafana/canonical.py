"""The one JSON form: objects become plain values, keys are sorted, what is None is absent.

grafanalib writes every attribute, most of them null; Grafana tells "absent" from "null" in places, so a null
is written only where it is meant, as NULL.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

Json = dict[str, Any]
NULL = object()
_PLAIN = frozenset((str, int, float, bool))


def canonical(value: Any) -> Any:
    """Plain JSON: dict with sorted keys, list, str, int, float, bool, and None for NULL."""
    if type(value) in _PLAIN:
        return value
    if hasattr(value, "to_json_data"):
        return canonical(value.to_json_data())
    if isinstance(value, dict | Mapping):
        return {key: canonical(value[key]) for key in sorted(value) if value[key] is not None}
    if isinstance(value, list | tuple):
        return [canonical(item) for item in value]
    if isinstance(value, Decimal):
        return _number(value)
    return None if value is NULL else value


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
