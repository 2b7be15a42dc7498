"""The only place that writes PromQL text. Brackets come from one table of binding strengths."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import singledispatch

from generators.promql.nodes import (
    Aggregate,
    Binary,
    Call,
    Expr,
    Matcher,
    Matching,
    Negative,
    Number,
    Selector,
    String,
    Subquery,
)
from generators.scalar import decimal_text
from generators.units import Duration

_BINDS = {
    "or": 1,
    **dict.fromkeys(("and", "unless"), 2),
    **dict.fromkeys(("==", "!=", ">", ">=", "<", "<="), 3),
    **dict.fromkeys(("+", "-"), 4),
    **dict.fromkeys(("*", "/", "%", "atan2"), 5),
    "^": 7,
}
_UNARY = 6
_ATOM = 8
_RIGHT_TO_LEFT = "^"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_SPECIAL = {"NaN": "NaN", "Infinity": "+Inf", "-Infinity": "-Inf"}
_PLAIN_LABEL = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@singledispatch
def render(expr: Expr) -> str:
    """The expression on one line, in Prometheus' notation."""
    raise TypeError(f"not an expression: {expr!r}")


@render.register
def _number(expr: Number) -> str:
    return number_text(expr.value)


@render.register
def _string(expr: String) -> str:
    return quoted(expr.value)


@render.register
def _selector(expr: Selector) -> str:
    braces = "{" + ",".join(map(_matcher, expr.matchers)) + "}" if expr.matchers or not expr.metric else ""
    window = f"[{expr.window}]" if expr.window else ""
    return f"{expr.metric}{braces}{window}{_shift(expr.offset, expr.at)}"


@render.register
def _subquery(expr: Subquery) -> str:
    step = str(expr.step) if expr.step else ""
    return f"{_operand(expr.of, _ATOM)}[{expr.window}:{step}]{_shift(expr.offset, expr.at)}"


@render.register
def _call(expr: Call) -> str:
    return f"{expr.function}({', '.join(map(render, expr.arguments))})"


@render.register
def _aggregate(expr: Aggregate) -> str:
    inner = ", ".join(render(e) for e in (expr.parameter, expr.of) if e is not None)
    return f"{_aggregate_head(expr)}({inner})"


@render.register
def _negative(expr: Negative) -> str:
    return f"-{_operand(expr.of, _UNARY)}"


@render.register
def _binary(expr: Binary) -> str:
    left, right = _sides(expr)
    return f"{left} {_operator(expr)} {right}"


def layout(expr: Expr, width: int = 100) -> str:
    """The expression over several lines where one would be longer than `width`."""
    text = render(expr)
    if len(text) <= width:
        return text
    match expr:
        case Binary():
            return _binary_lines(expr, width)
        case Aggregate(parameter=None):
            return f"{_aggregate_head(expr)}(\n{_indent(layout(expr.of, width - 2))}\n)"
        case Call(arguments=(only,)):
            return f"{expr.function}(\n{_indent(layout(only, width - 2))}\n)"
        case _:
            return text


def number_text(value: Decimal) -> str:
    """A number literal, exact and without exponent."""
    return _SPECIAL.get(str(value)) or decimal_text(value)


def quoted(text: str) -> str:
    """A string literal in double quotes."""
    return f'"{text.translate(_ESCAPES)}"'


def plain_label(name: str) -> bool:
    """Whether a label name can stand without quotes, as it has to before Prometheus 3.0."""
    return _PLAIN_LABEL.fullmatch(name) is not None


def _binary_lines(expr: Binary, width: int) -> str:
    sides = (expr.left, expr.right)
    left, right = (
        laid if flat[0] != "(" or flat == render(side) else f"(\n{_indent(laid)}\n)"
        for side, flat in zip(sides, _sides(expr), strict=True)
        for laid in (layout(side, width - 2),)
    )
    return f"{left}\n{_operator(expr)}\n{right}"


def _sides(expr: Binary) -> tuple[str, str]:
    strength = _BINDS[expr.operator]
    rightward = expr.operator == _RIGHT_TO_LEFT
    return _operand(expr.left, strength + rightward), _operand(expr.right, strength + (not rightward))


def _operand(expr: Expr, needed: int) -> str:
    return render(expr) if _strength(expr) >= needed else f"({render(expr)})"


def _strength(expr: Expr) -> int:
    match expr:
        case Binary(operator=operator):
            return _BINDS[operator]
        case Negative():
            return _UNARY
        case Number(value=value) if value.is_signed():
            return _UNARY
        case _:
            return _ATOM


def _operator(expr: Binary) -> str:
    keep = " bool" if expr.keep_bool else ""
    return f"{expr.operator}{keep}{_matching(expr.matching) if expr.matching else ''}"


def _matching(matching: Matching) -> str:
    text = f" {matching.kind} {_labels(matching.labels)}"
    return f"{text} {matching.group} {_labels(matching.include)}" if matching.group else text


def _aggregate_head(expr: Aggregate) -> str:
    if not expr.labels and expr.grouping == "by":
        return expr.operator
    return f"{expr.operator} {expr.grouping} {_labels(expr.labels)} "


def _labels(labels: Iterable[str]) -> str:
    return f"({', '.join(map(_label, labels))})"


def _label(name: str) -> str:
    return name if plain_label(name) else quoted(name)


def _matcher(matcher: Matcher) -> str:
    return f"{_label(matcher.label)}{matcher.op}{quoted(matcher.value)}"


def _shift(offset: Decimal, at: str) -> str:
    sign, length = ("-", -offset) if offset < 0 else ("", offset)
    moved = f" offset {sign}{Duration(length)}" if offset else ""
    return (f" @ {at}" if at else "") + moved


def _indent(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.split("\n"))
