"""How expressions are written, on one line and over several."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generators.promql import (
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
    layout,
    lift,
    render,
)
from generators.units import Duration

A, B, C = Selector("a"), Selector("b"), Selector("c")
FIVE = Duration.parse("5m")
ONE = Number(Decimal(1))

LINES: dict[str, tuple[Expr, str]] = {
    "a small number has no exponent": (Number(Decimal("0.0000001")), "0.0000001"),
    "a large number has no exponent": (Number(Decimal("1E+10")), "10000000000"),
    "trailing zeros go": (Number(Decimal("0.1000")), "0.1"),
    "infinity has its sign": (Number(Decimal("Infinity")), "+Inf"),
    "minus infinity": (Number(Decimal("-Infinity")), "-Inf"),
    "not a number": (Number(Decimal("NaN")), "NaN"),
    "a string is quoted and escaped": (String('a"\\\n\tb'), r'"a\"\\\n\tb"'),
    "a bare metric has no braces": (A, "a"),
    "no metric leaves the braces": (Selector("", (Matcher("x", MatchOp.EQUAL, "y"),)), '{x="y"}'),
    "matchers in their order": (
        Selector("a", (Matcher("x", MatchOp.NOT_REGEX, "1|2"), Matcher("b", MatchOp.NOT_EQUAL, ""))),
        'a{x!~"1|2",b!=""}',
    ),
    "a backslash of a regex is doubled": (
        Selector("a", (Matcher("x", MatchOp.REGEX, r"\d"),)),
        r'a{x=~"\\d"}',
    ),
    "a label with a dot is quoted": (
        Selector("a", (Matcher("k8s.pod", MatchOp.EQUAL, "x"),)),
        'a{"k8s.pod"="x"}',
    ),
    "a grouping label with a dot is quoted": (Aggregate("sum", A, ("k8s.pod",)), 'sum by ("k8s.pod") (a)'),
    "a range": (Selector("a", window=FIVE), "a[5m]"),
    "a range in the past": (Selector("a", window=FIVE, offset=Decimal(3600)), "a[5m] offset 1h"),
    "a negative offset": (Selector("a", offset=Decimal("-1.5")), "a offset -1s500ms"),
    "an instant before its offset": (Selector("a", offset=Decimal(60), at="end()"), "a @ end() offset 1m"),
    "a subquery with the step of the server": (Subquery(A, FIVE), "a[5m:]"),
    "a subquery with a step": (Subquery(Call("f", (A,)), FIVE, Duration.parse("30s")), "f(a)[5m:30s]"),
    "a subquery of a sum is bracketed": (Subquery(A + B, FIVE), "(a + b)[5m:]"),
    "a subquery of a minus is bracketed": (Subquery(Negative(A), FIVE), "(-a)[5m:]"),
    "arguments": (Call("clamp", (A, ONE, lift(2))), "clamp(a, 1, 2)"),
    "no arguments": (Call("time"), "time()"),
    "an aggregation over everything": (Aggregate("sum", A), "sum(a)"),
    "an aggregation by labels": (Aggregate("sum", A, ("x", "y")), "sum by (x, y) (a)"),
    "an aggregation without no labels": (Aggregate("sum", A, grouping="without"), "sum without () (a)"),
    "an aggregation with a parameter": (
        Aggregate("topk", A, ("x",), parameter=lift(3)),
        "topk by (x) (3, a)",
    ),
    "equal strength groups to the left": ((A - B) - C, "a - b - c"),
    "a difference on the right keeps its brackets": (A - (B - C), "a - (b - c)"),
    "a product needs none in a sum": (A + B * C, "a + b * c"),
    "a sum in a product keeps them": ((A + B) * C, "(a + b) * c"),
    "a power groups to the right": (Binary("^", A, Binary("^", B, C)), "a ^ b ^ c"),
    "a power of a power keeps its brackets": (Binary("^", Binary("^", A, B), C), "(a ^ b) ^ c"),
    "a minus is weaker than a power": (Negative(Binary("^", A, B)), "-a ^ b"),
    "the power of a minus keeps its brackets": (Binary("^", Negative(A), B), "(-a) ^ b"),
    "the power of a negative number too": (Binary("^", lift(-2), lift(2)), "(-2) ^ 2"),
    "a minus is stronger than a product": (Negative(A) * B, "-a * b"),
    "the minus of a product keeps its brackets": (Negative(A * B), "-(a * b)"),
    "atan2 is as strong as a product": (Binary("atan2", A * B, C), "a * b atan2 c"),
    "or is weaker than and": ((A & B) | C, "a and b or c"),
    "an or in an and keeps its brackets": (A & (B | C), "a and (b or c)"),
    "a comparison binds tighter than and": ((A > 1) & (B > 1), "a > 1 and b > 1"),
    "a filtered denominator keeps its brackets": (A / (B > 0), "a / (b > 0)"),
    "bool": (Binary(">=", A, B, keep_bool=True), "a >= bool b"),
    "on no labels": (Binary("*", A, B, Matching("on")), "a * on () b"),
    "ignoring labels": (Binary("*", A, B, Matching("ignoring", ("x", "y"))), "a * ignoring (x, y) b"),
    "labels of the one side": (
        Binary("*", A, B, Matching("on", ("x",), "group_left", ("y", "z"))),
        "a * on (x) group_left (y, z) b",
    ),
    "bool comes before on": (Binary(">", A, B, Matching("on", ("x",)), True), "a > bool on (x) b"),
}


@pytest.mark.parametrize(("expr", "text"), LINES.values(), ids=LINES)
def test_one_line(expr: Expr, text: str) -> None:
    assert render(expr) == text


LONG, OTHER = Selector("a_rather_long_name"), Selector("another_long_name")
LAYOUTS: dict[str, tuple[Expr, int, str]] = {
    "what fits stays on one line": (A + B, 5, "a + b"),
    "an operator begins a line": (LONG / OTHER, 20, "a_rather_long_name\n/ another_long_name"),
    "an operator keeps its words": (
        Binary(">", LONG, OTHER, Matching("on", ("x",)), True),
        20,
        "a_rather_long_name\n> bool on (x) another_long_name",
    ),
    "a bracketed side is indented": (
        (LONG + OTHER) * 2,
        20,
        "(\n  a_rather_long_name\n  + another_long_name\n)\n* 2",
    ),
    "a side that only begins with a bracket is not": (
        ((A + B) * C) > LONG,
        22,
        "(a + b) * c\n> a_rather_long_name",
    ),
    "the inside of an aggregation is indented": (
        Aggregate("sum", LONG, ("x",)),
        20,
        "sum by (x) (\n  a_rather_long_name\n)",
    ),
    "the inside of a function is indented": (Call("abs", (LONG,)), 20, "abs(\n  a_rather_long_name\n)"),
    "a side of several lines begins its own": (
        A / (LONG + OTHER),
        20,
        "a\n/\n(\n  a_rather_long_name\n  + another_long_name\n)",
    ),
    "several arguments have a line each": (
        Call("clamp_min", (LONG, ONE)),
        20,
        "clamp_min(\n  a_rather_long_name,\n  1\n)",
    ),
}


@pytest.mark.parametrize(("expr", "width", "text"), LAYOUTS.values(), ids=LAYOUTS)
def test_several_lines(expr: Expr, width: int, text: str) -> None:
    assert layout(expr, width) == text


def test_what_is_no_expression_is_refused() -> None:
    with pytest.raises(TypeError, match="not an expression: 'a'"):
        render("a")  # type: ignore[arg-type]
