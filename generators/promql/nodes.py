"""PromQL as values: frozen nodes that compare with == and know nothing of text.

Python operators build binary expressions (`errors / total > limit`); `==` stays plain equality.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias

from generators.units import Duration


class MatchOp(StrEnum):
    """How a matcher compares a label with its value."""

    EQUAL = "="
    NOT_EQUAL = "!="
    REGEX = "=~"
    NOT_REGEX = "!~"


@dataclass(frozen=True, slots=True, order=True)
class Matcher:
    """One label condition of a selector."""

    label: str
    op: MatchOp
    value: str


class Node:
    """What every expression can do: be combined with Python's operators."""

    __slots__ = ()

    def __add__(self, other: Operand) -> Binary:
        return _binary("+", self, other)

    def __sub__(self, other: Operand) -> Binary:
        return _binary("-", self, other)

    def __rsub__(self, other: Decimal | int) -> Binary:
        return Binary("-", lift(other), self)  # type: ignore[arg-type]

    def __mul__(self, other: Operand) -> Binary:
        return _binary("*", self, other)

    def __truediv__(self, other: Operand) -> Binary:
        return _binary("/", self, other)

    def __mod__(self, other: Operand) -> Binary:
        return _binary("%", self, other)

    def __gt__(self, other: Operand) -> Binary:
        return _binary(">", self, other)

    def __ge__(self, other: Operand) -> Binary:
        return _binary(">=", self, other)

    def __lt__(self, other: Operand) -> Binary:
        return _binary("<", self, other)

    def __le__(self, other: Operand) -> Binary:
        return _binary("<=", self, other)

    def __and__(self, other: Operand) -> Binary:
        return _binary("and", self, other)

    def __or__(self, other: Operand) -> Binary:
        return _binary("or", self, other)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A literal. `Decimal("Infinity")` and `Decimal("NaN")` are literals too."""

    value: Decimal

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Number) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> Decimal | str:
        # NaN differs from itself, but the literal NaN is the same expression as another NaN.
        return "NaN" if self.value.is_nan() else self.value


@dataclass(frozen=True, slots=True)
class String(Node):
    """A literal text, an argument of functions such as label_replace."""

    value: str


@dataclass(frozen=True, slots=True)
class Selector(Node):
    """Series by name and labels; with `window` a range, read `offset` ago or at the instant `at`."""

    metric: str
    matchers: tuple[Matcher, ...] = ()
    window: Duration | None = None
    offset: Decimal = Decimal(0)
    at: str = ""


@dataclass(frozen=True, slots=True)
class Subquery(Node):
    """An expression evaluated every `step` over a window."""

    of: Expr
    window: Duration
    step: Duration | None = None
    offset: Decimal = Decimal(0)
    at: str = ""


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function applied to its arguments."""

    function: str
    arguments: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Aggregate(Node):
    """`operator by|without (labels) (parameter, of)`."""

    operator: str
    of: Expr
    labels: tuple[str, ...] = ()
    grouping: Literal["by", "without"] = "by"
    parameter: Expr | None = None


@dataclass(frozen=True, slots=True)
class Matching:
    """How the series of two sides find each other; without it, all labels have to be equal."""

    kind: Literal["on", "ignoring"] = "ignoring"
    labels: tuple[str, ...] = ()
    group: Literal["", "group_left", "group_right"] = ""
    include: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """Two sides and an operator; `keep_bool` makes a comparison answer 0 or 1."""

    operator: str
    left: Expr
    right: Expr
    matching: Matching | None = None
    keep_bool: bool = False


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """Unary minus."""

    of: Expr


Expr: TypeAlias = Number | String | Selector | Subquery | Call | Aggregate | Binary | Negative
Operand: TypeAlias = Expr | Decimal | int


def lift(value: Operand) -> Expr:
    """A number as a literal; an expression as it is."""
    return Number(Decimal(value)) if isinstance(value, (Decimal, int)) else value


def children(expr: Expr) -> tuple[Expr, ...]:
    """The direct parts of an expression."""
    match expr:
        case Binary(left=left, right=right):
            return (left, right)
        case Aggregate(of=of, parameter=parameter):
            return (of,) if parameter is None else (parameter, of)
        case Call(arguments=arguments):
            return arguments
        case Subquery(of=of) | Negative(of=of):
            return (of,)
        case _:
            return ()


def walk(expr: Expr) -> Iterator[Expr]:
    """The expression and everything in it, outermost first."""
    yield expr
    for child in children(expr):
        yield from walk(child)


def _binary(operator: str, left: Node, right: Operand) -> Binary:
    return Binary(operator, left, lift(right))  # type: ignore[arg-type]
