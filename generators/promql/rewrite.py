"""Changing expressions: every node rebuilt from its changed parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from generators.promql.nodes import Expr


def rewrite(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """The expression with `change` made to each node, the innermost first."""
    changed = {field.name: _value(getattr(expr, field.name), change) for field in fields(expr)}
    return change(replace(expr, **changed))


def _value(value: Any, change: Callable[[Expr], Expr]) -> Any:
    if isinstance(value, Expr):
        return rewrite(value, change)
    return tuple(_value(one, change) for one in value) if isinstance(value, tuple) else value
