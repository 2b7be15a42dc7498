"""Laws of PromQL text: parse undoes render, the server takes what we print, brackets keep the meaning."""

from __future__ import annotations

import math
import operator
import subprocess
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generators.promql import Binary, Expr, Negative, Number, call, layout, lift, metric, render
from generators.promql.functions import OLDEST, result_type, unsupported
from generators.promql.parse import PromqlError, parse
from generators.toolchain import require
from tests.properties.strategies import (
    ARITHMETIC,
    COMPARISONS,
    SETS,
    arithmetic,
    expressions,
    negative,
    scalars,
    vectors,
)

# How long an example takes says more of the machine than of the code.
WITHOUT_CLOCK = settings(deadline=None)
# Many values are judged by one run of promtool, which names the bad one; examples are the same in every run.
WITH_PROMTOOL = settings(
    deadline=None,
    derandomize=True,
    max_examples=5,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@WITHOUT_CLOCK
@given(expressions)
def test_parsing_the_text_gives_the_expression_again(expr: Expr) -> None:
    assert parse(render(expr)) == expr


def nested(*leaves: Expr, operators: tuple[str, ...]) -> list[Expr]:
    """Every operator, and every minus, inside of every other, on both sides."""
    a, b, c = leaves
    pairs = [(_binary(outer), _binary(inner)) for outer in operators for inner in operators]
    return [
        *(outer(inner(a, b), c) for outer, inner in pairs),
        *(outer(a, inner(b, c)) for outer, inner in pairs),
        *(shape for sign in map(_binary, operators) for shape in _signed(sign, a, b)),
    ]


def _binary(sign: str) -> Callable[[Expr, Expr], Expr]:
    return lambda left, right: Binary(sign, left, right, keep_bool=sign in COMPARISONS)


def _signed(sign: Callable[[Expr, Expr], Expr], a: Expr, b: Expr) -> tuple[Expr, ...]:
    return (Negative(sign(a, b)), Negative(Negative(sign(a, b))), sign(negative(a), b), sign(a, negative(b)))


def test_every_nesting_of_two_operators_is_parsed_again() -> None:
    for expr in nested(metric("a"), metric("b"), metric("c"), operators=(*ARITHMETIC, *COMPARISONS, *SETS)):
        assert parse(render(expr)) == expr
        assert parse(layout(expr, 1)) == expr


@WITHOUT_CLOCK
@given(expressions, st.integers(1, 120))
def test_a_layout_says_the_same_as_one_line(expr: Expr, width: int) -> None:
    assert parse(layout(expr, width)) == expr


@WITHOUT_CLOCK
@given(expressions)
def test_a_layout_that_fits_is_one_line(expr: Expr) -> None:
    text = render(expr)
    assert layout(expr, len(text)) == text


@WITHOUT_CLOCK
@given(expressions)
def test_what_every_server_has_is_supported(expr: Expr) -> None:
    assert unsupported(expr, OLDEST) == []


@WITHOUT_CLOCK
@given(st.integers(0, 2).flatmap(scalars))
def test_a_number_is_known_as_one(expr: Expr) -> None:
    assert result_type(expr) == "scalar"


@WITHOUT_CLOCK
@given(st.integers(0, 2).flatmap(vectors))
def test_a_vector_is_known_as_one(expr: Expr) -> None:
    assert result_type(expr) == "vector"


@WITHOUT_CLOCK
@given(expressions, st.data())
def test_a_damaged_text_is_parsed_or_refused_with_a_place(expr: Expr, data: st.DataObject) -> None:
    text = render(expr)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 3, len(text))))
    damaged = text[:start] + data.draw(st.text("()[]{}\"'\\,=~!+-^@:. 0a\n", max_size=3)) + text[end:]
    assert 0 <= _problem(damaged) <= len(damaged)


def _problem(text: str) -> int:
    try:
        parse(text)
    except PromqlError as error:
        return error.offset
    return 0


@WITH_PROMTOOL
@given(batch=st.lists(expressions, min_size=60, max_size=60))
def test_promtool_takes_every_expression(batch: list[Expr], tmp_path_factory: pytest.TempPathFactory) -> None:
    rules = [{"record": f"random:expression:{n}", "expr": render(expr)} for n, expr in enumerate(batch)]
    rules += [{"record": f"random:layout:{n}", "expr": layout(expr, 20)} for n, expr in enumerate(batch)]
    _promtool(tmp_path_factory, "check", {"groups": [{"name": "random", "rules": rules}]})


numeral = st.sampled_from(["0", "1", "2", "3", "5", "7", "0.5", "10", "-1", "-2", "-3"]).map(Decimal).map(Number)
sums = st.recursive(numeral, arithmetic, max_leaves=6)
WRITTEN = {
    "-2 ^ 2": -4,
    "(-2) ^ 2": 4,
    "2 ^ 3 ^ 2": 512,
    "(2 ^ 3) ^ 2": 64,
    "2 ^ (-1)": 0.5,
    "10 - 5 - 2": 3,
    "10 - (5 - 2)": 7,
    "7 % 4 % 2": 1,
    "7 % (4 % 3)": 0,
    "-(2 - 5)": 3,
    "2 * (1 > bool 0) + 1": 3,
    "2 * 1 > bool 0 + 1": 1,
    "0 atan2 1 * 5": 0,
}


@WITH_PROMTOOL
@given(batch=st.lists(sums, min_size=80, max_size=80))
def test_brackets_keep_the_meaning(batch: list[Expr], tmp_path_factory: pytest.TempPathFactory) -> None:
    _judge(tmp_path_factory, {render(expr): value for expr in batch if (value := _settled(expr)) is not None})


def test_brackets_keep_the_meaning_of_every_nesting(tmp_path_factory: pytest.TempPathFactory) -> None:
    trees = nested(lift(7), lift(3), lift(2), operators=ARITHMETIC + COMPARISONS)
    values = {render(expr): value for expr in trees if (value := _settled(expr)) is not None}
    assert len(values) > 300
    _judge(tmp_path_factory, values | WRITTEN)


@pytest.mark.parametrize("text", WRITTEN)
def test_the_written_examples_mean_what_their_nodes_do(text: str) -> None:
    assert _value(parse(text)) == WRITTEN[text]
    assert render(parse(text)) == text


def _judge(folders: pytest.TempPathFactory, values: Mapping[str, float]) -> None:
    cases = [_near(text, value) for text, value in values.items()]
    _promtool(folders, "test", {"tests": [{"interval": "1m", "promql_expr_test": cases}]})


def _near(text: str, value: float) -> dict[str, Any]:
    """A promtool case: the text evaluates to the value, but for the last digits of a power."""
    difference = call("abs", call("vector", parse(text)) - lift(Decimal(repr(value))))
    far = difference > Decimal(repr(max(abs(value), 1) * 1e-9))
    return {"expr": render(far).replace(render(parse(text)), text), "eval_time": "0m", "exp_samples": []}


class UnsettledError(Exception):
    """Two implementations of mathematics may differ here."""


def _settled(expr: Expr) -> float | None:
    try:
        value = _value(expr)
    except (UnsettledError, ArithmeticError, ValueError):
        return None
    return value if math.isfinite(value) and abs(value) < 1e12 else None


def _whole(of: Callable[[float, float], float]) -> Callable[[float, float], float]:
    """The remainder and comparisons jump, so that they are judged between whole numbers alone."""

    def checked(left: float, right: float) -> float:
        if not (left.is_integer() and right.is_integer()):
            raise UnsettledError
        return float(of(left, right))

    return checked


_MEANING: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": _whole(math.fmod),
    "^": math.pow,
    "atan2": math.atan2,
    "==": _whole(operator.eq),
    "!=": _whole(operator.ne),
    ">": _whole(operator.gt),
    ">=": _whole(operator.ge),
    "<": _whole(operator.lt),
    "<=": _whole(operator.le),
}


def _value(expr: Expr) -> float:
    match expr:
        case Number(value=value):
            return float(value)
        case Negative(of=of):
            return -_value(of)
        case Binary(operator=sign, left=left, right=right):
            return _MEANING[sign](_value(left), _value(right))
        case _:
            raise TypeError(f"not arithmetic: {expr}")


def _promtool(folders: pytest.TempPathFactory, command: str, document: Mapping[str, Any]) -> None:
    path: Path = folders.mktemp("promtool") / "random.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
    done = subprocess.run(
        [require("promtool").path, command, "rules", *(["--lint=none"] if command == "check" else []), str(path)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
