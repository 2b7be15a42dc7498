"""A share as two sums, and how the catalog says what such a sum reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generators.frozen import MatcherValue
from generators.interchange.algebra import Sum
from generators.interchange.usage import Usage
from generators.inventory import MetricType
from generators.promql import Matcher, MatchOp

GROWTH = frozenset(("rate", "increase"))
_OPERATORS = (MatchOp.REGEX, MatchOp.NOT_REGEX, MatchOp.NOT_EQUAL)


@dataclass(frozen=True, slots=True)
class Classified:
    """A signal as the catalog says it, the metrics that it reads, and `under` where it is a latency.

    `names_bad` tells whether its value is the share of bad events, or of good ones.
    """

    signal: Mapping[str, Any]
    usages: tuple[Usage, ...]
    under: str | None = None
    names_bad: bool = True


@dataclass(frozen=True, slots=True)
class Events:
    """Both sums of a share; `part` counts bad events, or else good ones."""

    total: Sum
    part: Sum
    is_bad: bool
    is_boolean: bool


def reference(one: Sum) -> Any:
    """A metric and its selection, as the catalog says it."""
    select = selection(one)
    return {"metric": one.series.metric, "select": select} if select else one.series.metric


def selection(one: Sum, *leave_out: str) -> dict[str, str]:
    """The matchers, as the catalog says them."""
    return {label: text(matcher) for label, matcher in matchers(one).items() if label not in leave_out}


def sayable(one: Sum) -> bool:
    """Whether the catalog can say the matchers: a literal that looks like an operator it can't."""
    return not any(m.op is MatchOp.EQUAL and m.value.startswith(_OPERATORS) for m in one.series.matchers)


def by(one: Sum) -> dict[str, list[str]]:
    """`by`, where there is anything to keep."""
    return {"by": list(one.by)} if one.by else {}


def usage(one: Sum, kind: MetricType) -> Usage:
    """The use of the metric."""
    return Usage(one.series.metric, kind, frozenset((*matchers(one), *one.by)))


def matchers(one: Sum) -> dict[str, Matcher]:
    """The matchers by label."""
    return {matcher.label: matcher for matcher in one.series.matchers}


def text(matcher: Matcher) -> str:
    """What the label has to be, as the catalog says it."""
    return str(MatcherValue(matcher.op, matcher.value))
