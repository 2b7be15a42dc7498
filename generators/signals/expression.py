"""PromQL that a person wrote: parsed where it stands, selected like every other metric of its service."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from generators.frozen import Selection, matchers
from generators.promql import Expr, Selector, Subquery, layout, walk
from generators.promql.functions import result_type
from generators.promql.parse import parse
from generators.promql.rewrite import rewrite
from generators.scalar import TextScalar
from generators.units import Duration


@dataclass(frozen=True, slots=True)
class Expression(TextScalar):
    """A PromQL expression; it prints the way that tocsin writes it."""

    expr: Expr

    pattern = r"[\s\S]+"
    expected = "a PromQL expression"

    @classmethod
    def parse(cls, text: str) -> Self:
        expr = parse(text)
        if not any(isinstance(node, Selector) for node in walk(expr)):
            raise ValueError("the expression reads no metric")
        if (kind := result_type(expr)) != "vector":
            raise ValueError(f"the expression is a {kind}; a signal needs series, an instant vector")
        return cls(expr)

    def __str__(self) -> str:
        return layout(self.expr)


def selected(expression: Expression, *select: Selection) -> Expr:
    """The expression with these matchers on each selector, where it says nothing of that label itself.

    What a rule recorded (a name with a colon) has the labels of the rule, not those of targets, and stays as it is.
    """

    def narrow(selector: Expr) -> Expr:
        if not isinstance(selector, Selector) or ":" in selector.metric:
            return selector
        said = {m.label for m in selector.matchers}
        added = (m for m in matchers(*select) if m.label not in said)
        return replace(selector, matchers=tuple(sorted((*selector.matchers, *added))))

    return rewrite(expression.expr, narrow)


def selectors(expression: Expression) -> list[Selector]:
    """Every selector of the expression."""
    return [node for node in walk(expression.expr) if isinstance(node, Selector)]


def presence_of(expression: Expression, *select: Selection) -> Selector:
    """The first series that the expression reads, without its range."""
    for node in walk(selected(expression, *select)):
        if isinstance(node, Selector):
            return Selector(node.metric, node.matchers)
    raise ValueError("the expression reads no metric")


def stretched(expr: Expr, window: Duration, over: Duration) -> Expr:
    """The expression with every range of that length, also of subqueries, made as long as `over`."""

    def stretch(node: Expr) -> Expr:
        if isinstance(node, Selector | Subquery) and node.window == window:
            return replace(node, window=over)
        return node

    return rewrite(expr, stretch)


def looks_back(expr: Expr, window: Duration) -> bool:
    """Whether something in the expression has a range of just that length."""
    return any(isinstance(node, Selector | Subquery) and node.window == window for node in walk(expr))
