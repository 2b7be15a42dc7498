"""Which labels the result of an expression keeps, as far as the expression says."""

from __future__ import annotations

from generators.promql.functions import result_type
from generators.promql.nodes import Aggregate, Binary, Call, Expr, Negative, Subquery

_WITHOUT_LABELS = frozenset(("vector", "scalar", "absent", "time"))


def kept_labels(expr: Expr) -> tuple[str, ...] | None:
    """The labels of the result; None where the expression doesn't say."""
    match expr:
        case Aggregate(labels=labels, grouping="by"):
            return labels
        case Call(function=function, arguments=arguments):
            return _kept_by(function, arguments)
        case Subquery(of=of) | Negative(of=of):
            return kept_labels(of)
        case Binary(left=left, right=right):
            return _first_known((left, right))
        case _:
            return None


def _kept_by(function: str, arguments: tuple[Expr, ...]) -> tuple[str, ...] | None:
    if function in _WITHOUT_LABELS:
        return ()
    kept = _first_known(arguments)
    is_quantile = kept is not None and function == "histogram_quantile"
    return tuple(label for label in kept or () if label != "le") if is_quantile else kept


def _first_known(exprs: tuple[Expr, ...]) -> tuple[str, ...] | None:
    vectors = [expr for expr in exprs if result_type(expr) in ("vector", "matrix")]
    found = [kept for expr in vectors if (kept := kept_labels(expr)) is not None]
    return max(found, key=len) if len(found) == len(vectors) else None
