"""Which bucket of a classic histogram a selector chooses."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from generators.promql import MatchOp, Selector


def bound_of(series: Selector) -> Decimal | None:
    """The upper bound; also of `0.5`, `1|1.0` and `1(\\.0)?`, which are one bucket in two spellings."""
    for matcher in series.matchers:
        if matcher.label == "le" and matcher.op in (MatchOp.EQUAL, MatchOp.REGEX):
            return _number(matcher.value) if matcher.op is MatchOp.EQUAL else _one_number(matcher.value)
    return None


def _one_number(regex: str) -> Decimal | None:
    """The number that all alternatives of a regular expression are."""
    plain = regex.replace(r"(\.0)?", "").replace(r"(?:\.0)?", "").replace(r"\.", ".").strip("()")
    found = {_number(part) for part in plain.split("|")}
    return found.pop() if len(found) == 1 else None


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace("+Inf", "Infinity"))
    except InvalidOperation:
        return None
    return None if value.is_nan() else value
