"""A query of another tool: PromQL in which a placeholder stands for the window, as expressions with `WINDOW` ranges."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from generators.promql import Expr, Selector, Subquery, walk
from generators.promql.complaint import PromqlError
from generators.promql.parse import parse
from generators.scalar import TextScalar
from generators.units import Duration

WINDOW = Duration.parse("31415927s")
"""Stands for the window in an expression: no rule has a range of just under a year, to the second."""
_PLACEHOLDER = re.compile(r"\{\{-?\s*\.[wW]indow\s*-?\}\}")
_TEMPLATE = re.compile(r"\{\{.*?(?:\}\}|$)")
_STEP = Duration.parse("5m")


@dataclass(frozen=True, slots=True)
class Query(TextScalar):
    """PromQL with `{{.window}}` for the range."""

    expr: Expr

    pattern = r"[\s\S]+"
    expected = "a PromQL expression"

    @classmethod
    def parse(cls, text: str) -> Self:
        # As long as the placeholder, so that whatever is wrong still stands where the file has it.
        filled = _PLACEHOLDER.sub(lambda match: f"{WINDOW.seconds}s".ljust(len(match[0])), text)
        if other := _TEMPLATE.search(filled):
            raise PromqlError(f"{other[0]} is not known; only {{{{.window}}}} is", other.start())
        expr = parse(filled)
        if len(_PLACEHOLDER.findall(text)) != sum(window == WINDOW for window in ranges(expr)):
            start = next(_PLACEHOLDER.finditer(text)).start()
            raise PromqlError("{{.window}} can only be a range, as in rate(x[{{.window}}])", start)
        return cls(expr)

    def __str__(self) -> str:
        return repr(self.expr)


def ranges(*exprs: Expr) -> Iterator[Duration]:
    """Every range in the expressions."""
    for expr in exprs:
        for node in walk(expr):
            if isinstance(node, Selector | Subquery) and node.window is not None:
                yield node.window


def free_window(taken: Iterable[Duration]) -> Duration:
    """A length that no other range has; 5 minutes wherever possible."""
    others = set(taken)
    return next(length for length in _lengths() if length not in others)


def _lengths() -> Iterator[Duration]:
    return (_STEP * count for count in itertools.count(1))
