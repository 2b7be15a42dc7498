"""PromQL text to our nodes. The only module that knows promql-parser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import singledispatch

import promql_parser as library

from generators.promql.complaint import PromqlError, complaint, refuse_unsafe
from generators.promql.nodes import (
    Aggregate,
    Binary,
    Call,
    Expr,
    Matcher,
    Matching,
    MatchOp,
    Negative,
    Number,
    Selector,
    String,
    Subquery,
)
from generators.promql.render import plain_label
from generators.scalar import decimal_text
from generators.units import Duration

__all__ = ["PromqlError", "parse"]

_NAME = "__name__"
_MATCH_OPS = {
    "Equal": MatchOp.EQUAL,
    "NotEqual": MatchOp.NOT_EQUAL,
    "Re": MatchOp.REGEX,
    "NotRe": MatchOp.NOT_REGEX,
}
_GROUPS = {"ManyToOne": "group_left", "OneToMany": "group_right"}
_TOO_LARGE = "a time or duration is too large"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def parse(text: str) -> Expr:
    """The nodes of a PromQL text, without its brackets, spaces and comments. Raises PromqlError."""
    refuse_unsafe(text)
    tree = _tree(text)
    if isinstance(tree, str):
        raise complaint(text, tree, _refusal)
    try:
        return _node(tree)
    except PromqlError:
        raise
    except (ValueError, OverflowError):
        # The library's times and durations are wider than Python's.
        raise PromqlError(_TOO_LARGE) from None


def _tree(text: str) -> library.Expr | str:
    """The library's nodes, or what it says against the text."""
    try:
        return library.parse(text)
    except (ValueError, OverflowError) as error:
        return _in_english(error)
    except BaseException as error:
        # A panic of the library is not an Exception, and its class can't be imported.
        if type(error).__name__ != "PanicException":
            raise
        return "this is not PromQL"


def _refusal(text: str) -> str:
    tree = _tree(text)
    return tree if isinstance(tree, str) else ""


def _in_english(error: Exception) -> str:
    match error:
        case OverflowError():
            return _TOO_LARGE
        case UnicodeError():
            return "the text has a character that no text can have"
        case _:
            return str(error)


@singledispatch
def _node(expr: library.Expr) -> Expr:
    raise PromqlError(f"tocsin does not know the expression {expr}")


@_node.register
def _parenthesis(expr: library.ParenExpr) -> Expr:
    return _node(expr.expr)


@_node.register
def _number(expr: library.NumberLiteral) -> Expr:
    return Number(Decimal(repr(expr.val)))


@_node.register
def _string(expr: library.StringLiteral) -> Expr:
    return String(expr.val)


@_node.register
def _negative(expr: library.UnaryExpr) -> Expr:
    of = _node(expr.expr)
    # Printed, the minus of a number is one with the number.
    return Number(of.value.copy_negate()) if isinstance(of, Number) else Negative(of)


@_node.register
def _selector(expr: library.VectorSelector) -> Expr:
    return _series(expr)


@_node.register
def _matrix(expr: library.MatrixSelector) -> Expr:
    return _series(expr.vector_selector, Duration(_seconds(expr.range)))


@_node.register
def _subquery(expr: library.SubqueryExpr) -> Expr:
    step = Duration(_seconds(expr.step)) if expr.step else None
    window = Duration(_seconds(expr.range or timedelta()))
    return Subquery(_node(expr.expr), window, step, _seconds(expr.offset), _at(expr.at))


@_node.register
def _call(expr: library.Call) -> Expr:
    return Call(expr.func.name, tuple(map(_node, expr.args)))


@_node.register
def _aggregate(expr: library.AggregateExpr) -> Expr:
    parameter = None if expr.param is None else _node(expr.param)
    of = _node(expr.expr)
    if expr.modifier is None:
        return Aggregate(str(expr.op), of, parameter=parameter)
    without = expr.modifier.type == library.AggModifierType.Without
    return Aggregate(str(expr.op), of, tuple(expr.modifier.labels), "without" if without else "by", parameter)


@_node.register
def _binary(expr: library.BinaryExpr) -> Expr:
    left, right = _node(expr.lhs), _node(expr.rhs)
    if expr.modifier is None:
        return Binary(str(expr.op), left, right)
    return Binary(str(expr.op), left, right, _matching(expr.modifier), expr.modifier.return_bool)


def _matching(modifier: library.BinModifier) -> Matching | None:
    if modifier.fill_values.lhs is not None or modifier.fill_values.rhs is not None:
        raise PromqlError("fill is experimental in Prometheus; write `or` and a zero instead")
    if modifier.matching is None:
        return None
    kind = "on" if modifier.matching.type == library.LabelModifierType.Include else "ignoring"
    group = _GROUPS.get(_name(modifier.card), "")
    return Matching(kind, tuple(modifier.matching.labels), group, tuple(modifier.group_labels or ()))  # type: ignore[arg-type]


def _series(expr: library.VectorSelector, window: Duration | None = None) -> Selector:
    if expr.matchers.or_matchers:
        raise PromqlError("`or` between matchers is not PromQL; write two selectors with `or` between them")
    matchers = tuple(Matcher(m.name, _MATCH_OPS[_name(m.op)], m.value) for m in expr.matchers.matchers)
    named = [m for m in matchers if _names_metric(m)]
    metric = expr.name or "".join(m.value for m in named if len(named) == 1)
    rest = tuple(m for m in matchers if not (metric and m in named))
    return Selector(metric, rest, window, _seconds(expr.offset), _at(expr.at))


def _names_metric(matcher: Matcher) -> bool:
    """Whether it is what a metric in front of the braces says: `{__name__="up"}` is `up`."""
    plain = plain_label(matcher.value.replace(":", "_"))
    return plain and matcher.label == _NAME and matcher.op is MatchOp.EQUAL


def _seconds(length: timedelta | None) -> Decimal:
    return Decimal((length or timedelta()) // _MILLISECOND) / 1000


def _at(modifier: library.AtModifier | None) -> str:
    if modifier is None:
        return ""
    if modifier.at is None:
        return f"{_name(modifier.type).lower()}()"
    return decimal_text(_seconds(modifier.at - _EPOCH))


def _name(choice: object) -> str:
    """The library's enums can't be keys of a table; their names can."""
    return str(choice).rpartition(".")[2]
