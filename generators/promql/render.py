"""The only place that writes PromQL text. Brackets come from one table of binding strengths."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

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
_ENDLESS = sys.maxsize
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_SPECIAL = {"NaN": "NaN", "Infinity": "+Inf", "-Infinity": "-Inf"}
_Text = tuple[str, str]
"""An expression on one line, and as it is laid out in some width: written in one go, since both share their parts."""
_PLAIN_LABEL = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def render(expr: Expr) -> str:
    """The expression on one line, in Prometheus' notation."""
    return _written(expr, _ENDLESS)[0]


def layout(expr: Expr, width: int = 100) -> str:
    """The expression over several lines where one would be longer than `width`."""
    return _written(expr, width)[1]


def _written(expr: Expr, width: int) -> _Text:
    write = _WRITERS.get(type(expr))
    if write is None:
        raise TypeError(f"not an expression: {expr!r}")
    return write(expr, width)


def _number(expr: Number, _width: int) -> _Text:
    text = number_text(expr.value)
    return text, text


def _string(expr: String, _width: int) -> _Text:
    text = quoted(expr.value)
    return text, text


def _selector(expr: Selector, _width: int) -> _Text:
    braces = "{" + ",".join(map(_matcher, expr.matchers)) + "}" if expr.matchers or not expr.metric else ""
    window = f"[{expr.window}]" if expr.window else ""
    text = f"{expr.metric}{braces}{window}{_shift(expr.offset, expr.at)}"
    return text, text


def _subquery(expr: Subquery, _width: int) -> _Text:
    step = str(expr.step) if expr.step else ""
    of = _bracketed(render(expr.of), expr.of, _ATOM)
    text = f"{of}[{expr.window}:{step}]{_shift(expr.offset, expr.at)}"
    return text, text


def _call(expr: Call, width: int) -> _Text:
    if len(expr.arguments) == 1:
        return _enclosed(f"{expr.function}(", expr.arguments[0], width)
    parts = [_written(argument, width - 2) for argument in expr.arguments]
    text = f"{expr.function}({', '.join(flat for flat, _lines in parts)})"
    if len(text) <= width:
        return text, text
    inner = ",\n".join(_indent(lines) for _flat, lines in parts)
    return text, f"{expr.function}(\n{inner}\n)"


def _aggregate(expr: Aggregate, width: int) -> _Text:
    head = f"{_aggregate_head(expr)}("
    if expr.parameter is None:
        return _enclosed(head, expr.of, width)
    text = f"{head}{render(expr.parameter)}, {render(expr.of)})"
    return text, text


def _negative(expr: Negative, _width: int) -> _Text:
    text = f"-{_bracketed(render(expr.of), expr.of, _UNARY)}"
    return text, text


def _binary(expr: Binary, width: int) -> _Text:
    strength, rightward = _BINDS[expr.operator], expr.operator == _RIGHT_TO_LEFT
    operator = _operator(expr)
    left, left_lines = _side(expr.left, strength + rightward, width)
    right, right_lines = _side(expr.right, strength + (not rightward), width)
    text = f"{left} {operator} {right}"
    if len(text) <= width:
        return text, text
    gap = "\n" if "\n" in right_lines else " "
    return text, f"{left_lines}\n{operator}{gap}{right_lines}"


def _side(expr: Expr, needed: int, width: int) -> _Text:
    text, lines = _written(expr, width - 2)
    if _strength(expr) >= needed:
        return text, lines
    return f"({text})", f"(\n{_indent(lines)}\n)"


def _enclosed(head: str, expr: Expr, width: int) -> _Text:
    inner, lines = _written(expr, width - 2)
    text = f"{head}{inner})"
    return text, text if len(text) <= width else f"{head}\n{_indent(lines)}\n)"


_WRITERS: Mapping[type, Callable[[Any, int], _Text]] = {
    Number: _number,
    String: _string,
    Selector: _selector,
    Subquery: _subquery,
    Call: _call,
    Aggregate: _aggregate,
    Negative: _negative,
    Binary: _binary,
}


def number_text(value: Decimal) -> str:
    """A number literal, exact and without exponent."""
    return _SPECIAL.get(str(value)) or decimal_text(value)


@lru_cache(1 << 14)
def quoted(text: str) -> str:
    """A string literal in double quotes."""
    return f'"{text.translate(_ESCAPES)}"'


def plain_label(name: str) -> bool:
    """Whether a label name can stand without quotes, as it has to before Prometheus 3.0."""
    return _PLAIN_LABEL.fullmatch(name) is not None


def _bracketed(text: str, expr: Expr, needed: int) -> str:
    return text if _strength(expr) >= needed else f"({text})"


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


@lru_cache(1 << 12)
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
