"""Text to nodes."""

from __future__ import annotations

from decimal import Decimal

import promql_parser
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
    lift,
    metric,
)
from generators.promql.complaint import DEEPEST
from generators.promql.parse import PromqlError, parse
from generators.units import Duration

A, B = metric("a"), metric("b")
FIVE = Duration.parse("5m")

READ: dict[str, tuple[str, Expr]] = {
    "a decimal number is exact": ("0.1", Number(Decimal("0.1"))),
    "a number with an exponent": ("1e3", lift(1000)),
    "a hexadecimal number": ("0x1F", lift(31)),
    "infinity in any case": ("inf", Number(Decimal("Infinity"))),
    "minus infinity": ("-Inf", Number(Decimal("-Infinity"))),
    "not a number": ("nan", Number(Decimal("NaN"))),
    "a negative number is one literal": ("-1", lift(-1)),
    "also with brackets": ("-(1)", lift(-1)),
    "a plus is nothing": ("+a", A),
    "a minus": ("-a", Negative(A)),
    "a string in any quotes": (
        "label_join(a, 'b', `\\n`, \"\\n\")",
        Call("label_join", (A, *map(String, ("b", "\\n", "\n")))),
    ),
    "brackets are dropped": ("((a))", A),
    "comments are dropped": ("a # and\n+ # so on\nb", A + B),
    "every kind of matcher, in their order": (
        'a{d="1",c!="2",b=~"3",a!~"4"}',
        Selector("a", tuple(Matcher(*m) for m in zip("dcba", MatchOp, "1234", strict=True))),
    ),
    "a selector without a metric": (
        '{__name__=~"a|b",x="y"}',
        Selector("", (Matcher("__name__", MatchOp.REGEX, "a|b"), Matcher("x", MatchOp.EQUAL, "y"))),
    ),
    "a metric named by its label": ('{__name__="a:b",x="y"}', metric("a:b", x="y")),
    "a metric in quotes": ('{"a",x="y"}', metric("a", x="y")),
    "a metric that needs its quotes": ('{"a.b"}', Selector("", (Matcher("__name__", MatchOp.EQUAL, "a.b"),))),
    "a range": ("a[1h30m]", Selector("a", window=Duration.parse("90m"))),
    "milliseconds": ("a[1m1ms]", Selector("a", window=Duration(Decimal("60.001")))),
    "an offset": ("a[5m] offset 1h", Selector("a", window=FIVE, offset=Decimal(3600))),
    "a negative offset": ("a offset -1ms", Selector("a", offset=Decimal("-0.001"))),
    "an offset with its sign apart": ("a offset - 5m", Selector("a", offset=Decimal(-300))),
    "the start": ("a @ start()", Selector("a", at="start()")),
    "the end, after the offset": ("a offset 5m @ end()", Selector("a", offset=Decimal(300), at="end()")),
    "an instant": ("a @ 1700000000.5", Selector("a", at="1700000000.5")),
    "a subquery": ("a[5m:]", Subquery(A, FIVE)),
    "a subquery with everything": (
        "a[5m:30s] @ 0 offset 1m",
        Subquery(A, FIVE, Duration.parse("30s"), Decimal(60), "0"),
    ),
    "a recorded metric that begins with a colon": ("sum(:0_total)", Aggregate("sum", metric(":0_total"))),
    "a call": ("time()", Call("time")),
    "an aggregation by labels, said behind": ("sum(a) by (y, x)", Aggregate("sum", A, ("y", "x"))),
    "an aggregation by nothing": ("sum by () (a)", Aggregate("sum", A)),
    "an aggregation without": ("sum without (x) (a)", Aggregate("sum", A, ("x",), "without")),
    "an aggregation with a parameter": ("topk(3, a)", Aggregate("topk", A, parameter=lift(3))),
    "bool": ("a > bool 1", Binary(">", A, lift(1), keep_bool=True)),
    "on": ("a and on (x) b", Binary("and", A, B, Matching("on", ("x",)))),
    "on nothing": ("a + on () b", Binary("+", A, B, Matching("on"))),
    "ignoring nothing": ("a + ignoring () b", Binary("+", A, B, Matching("ignoring"))),
    "group_left": (
        "a * on(x) group_left(y) b",
        Binary("*", A, B, Matching("on", ("x",), "group_left", ("y",))),
    ),
    "group_right": (
        "a * ignoring(x) group_right b",
        Binary("*", A, B, Matching("ignoring", ("x",), "group_right")),
    ),
    "a power groups to the right": ("2^3^2", Binary("^", lift(2), Binary("^", lift(3), lift(2)))),
    "a minus in front of a power": ("-2^2", Negative(Binary("^", lift(2), lift(2)))),
}


@pytest.mark.parametrize(("text", "expr"), READ.values(), ids=READ)
def test_read(text: str, expr: Expr) -> None:
    assert parse(text) == expr


@pytest.mark.parametrize("text", ["(" * 9000 + "1" + ")" * 9000, "+".join("1" * 9000), "-" * 9000 + "1"])
def test_what_would_crash_the_library_never_reaches_it(text: str) -> None:
    with pytest.raises(PromqlError, match=f"^more than {DEEPEST} brackets and operators; record a part of it first$"):
        parse(text)


@pytest.mark.parametrize("text", ["(" * DEEPEST + "1" + ")" * DEEPEST, " + ".join("a" * DEEPEST)])
def test_what_is_just_not_too_deep_is_read(text: str) -> None:
    parse(text)


def test_brackets_side_by_side_are_not_deep() -> None:
    parse(" + ".join(["rate(a[5m])"] * (DEEPEST - 2)))


class PanicException(BaseException):
    """Looks as the library's panic does."""


def test_a_panic_of_the_library_is_an_error_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def panic(_text: str) -> None:
        raise PanicException

    monkeypatch.setattr(promql_parser, "parse", panic)
    with pytest.raises(PromqlError, match=r"^this is not PromQL$"):
        parse("a")


def test_an_interrupt_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_text: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(promql_parser, "parse", interrupt)
    with pytest.raises(KeyboardInterrupt):
        parse("a")
