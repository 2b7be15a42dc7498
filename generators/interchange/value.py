"""Values that are good or bad by themselves: the signal that has the value, and the limit in its unit."""

from __future__ import annotations

from decimal import Decimal

from generators.interchange.algebra import Sum, says_each_label_once
from generators.interchange.objective import Value
from generators.interchange.shape import Classified, by, reference, sayable
from generators.interchange.usage import Usage, usages
from generators.inventory import MetricType
from generators.promql import Aggregate, Expr, Selector, layout
from generators.scalar import decimal_text
from generators.units import Unit

_AGGREGATIONS = frozenset(("sum", "max", "min", "avg"))
_SIGNS = {"seconds": "s", "milliseconds": "ms", "bytes": "B", "celsius": "°C", "number": ""}
_PERCENT = {"ratio": Decimal(100), "percent": Decimal(1)}


def value_signal(value: Value) -> Classified:
    """A gauge where it is one, or else the PromQL as it stands."""
    used = tuple(usages(value.expr))
    return _gauge(value.expr, used) or Classified(
        {"kind": "promql", "expr": layout(value.expr), "unit": _unit(value.expr, used)}, used
    )


def limit_text(limit: Decimal, signal: Classified) -> str | None:
    """The limit with the sign of the signal's unit; None where there is no such sign."""
    unit = str(signal.signal.get("unit") or signal.usages[0].unit)
    if unit in _PERCENT:
        return f"{decimal_text(limit * _PERCENT[unit])}%"
    sign = _SIGNS.get(unit, "" if Unit.named(unit).dimension.value == "number" else None)
    return None if sign is None else f"{decimal_text(limit)}{sign}"


def _gauge(expr: Expr, used: tuple[Usage, ...]) -> Classified | None:
    match expr:
        case Aggregate(operator, Selector(window=None, at="") as series, labels, "by", None):
            one = Sum("", series, tuple(sorted(labels)))
            if operator in _AGGREGATIONS and not series.offset and sayable(one) and says_each_label_once(series):
                signal = {"kind": "gauge", "metric": reference(one), "aggregate": operator, **by(one)}
                return Classified(signal, used)
    return None


def _unit(expr: Expr, used: tuple[Usage, ...]) -> str:
    """The unit of the only metric, where nothing is made of it but an aggregate; a number otherwise."""
    same = isinstance(expr, Selector | Aggregate) and len(used) == 1 and used[0].type is MetricType.GAUGE
    return used[0].unit if same else "number"
