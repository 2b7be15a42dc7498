"""Which parts of PromQL which Prometheus has: functions, aggregations and what an expression results in.

From the function tables and the changelog of Prometheus up to 3.16. "Experimental" is what a server refuses
unless a feature flag is set, so it never belongs into rules that have to run anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generators.promql.nodes import (
    Aggregate,
    Binary,
    Call,
    Expr,
    MatchOp,
    Negative,
    Number,
    Selector,
    String,
    Subquery,
    walk,
)
from generators.promql.regexp import foreign
from generators.promql.render import plain_label

Version = tuple[int, int]

OLDEST: Version = (2, 42)
"""The oldest server that output is written for; what it has, every target has."""
_UTF8_NAMES: Version = (3, 0)

_IN_OLDEST = """
abs absent absent_over_time acos acosh asin asinh atan atanh avg_over_time ceil changes clamp clamp_max
clamp_min cos cosh count_over_time day_of_month day_of_week day_of_year days_in_month deg delta deriv exp
floor histogram_count histogram_fraction histogram_quantile histogram_sum hour idelta increase irate
label_join label_replace last_over_time ln log10 log2 max_over_time min_over_time minute month pi
predict_linear present_over_time quantile_over_time rad rate resets round scalar sgn sin sinh sort
sort_desc sqrt stddev_over_time stdvar_over_time sum_over_time tan tanh time timestamp vector year
"""
_EXPERIMENTAL = """
double_exponential_smoothing end histogram_quantiles info integral mad_over_time max_of min_of range
sort_by_label sort_by_label_desc start start_timestamp step ts_of_first_over_time ts_of_last_over_time
ts_of_max_over_time ts_of_min_over_time
"""
_AGGREGATIONS = "avg bottomk count count_values group max min quantile stddev stdvar sum topk"
_SCALARS = "end max_of min_of pi range scalar start step time"

FUNCTIONS: Mapping[str, Version | None] = {
    **dict.fromkeys(_IN_OLDEST.split(), OLDEST),
    "histogram_stddev": (2, 47),
    "histogram_stdvar": (2, 47),
    "histogram_avg": (2, 51),
    "first_over_time": (3, 14),
    **dict.fromkeys(_EXPERIMENTAL.split()),
}
"""The first version that has the function without a feature flag; None: none yet."""

AGGREGATIONS: Mapping[str, Version | None] = {
    **dict.fromkeys(_AGGREGATIONS.split(), OLDEST),
    **dict.fromkeys(("limit_ratio", "limitk")),
}

_TYPES: Mapping[type, str] = {Number: "scalar", String: "string", Subquery: "matrix", Aggregate: "vector"}
_RETURNS = dict.fromkeys(_SCALARS.split(), "scalar")
_NO_RESULT = {"string": "a bare string", "matrix": "a range of samples"}


def result_type(expr: Expr) -> str:
    """What an expression evaluates to: `scalar`, `vector`, `matrix` or `string`."""
    match expr:
        case Selector(window=window):
            return "matrix" if window else "vector"
        case Call(function=function):
            return _RETURNS.get(function, "vector")
        case Negative(of=of):
            return result_type(of)
        case Binary(left=left, right=right):
            return "scalar" if result_type(left) == result_type(right) == "scalar" else "vector"
        case _:
            return _TYPES[type(expr)]


def unsupported(expr: Expr, version: Version) -> list[str]:
    """Why a Prometheus of that version would not evaluate the expression in a rule: one sentence each."""
    found = [word for node in walk(expr) for check in _CHECKS for word in check(node, version)]
    if words := _NO_RESULT.get(result_type(expr)):
        found.insert(0, f"the expression is {words}; a rule or panel needs a number or an instant vector")
    return list(dict.fromkeys(found))


def _calls(expr: Expr, version: Version) -> Iterator[str]:
    if isinstance(expr, Call):
        yield from _missing(f"{expr.function}()", FUNCTIONS.get(expr.function, "unknown"), version)


def _aggregations(expr: Expr, version: Version) -> Iterator[str]:
    if isinstance(expr, Aggregate):
        yield from _missing(expr.operator, AGGREGATIONS.get(expr.operator, "unknown"), version)


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))


def _missing(name: str, since: Version | str | None, version: Version) -> Iterator[str]:
    if since is None:
        yield f"{name} is experimental: Prometheus refuses it unless a feature flag is set"
    elif isinstance(since, str):
        yield f"PromQL has no {name}"
    elif version < since:
        yield f"{name} needs Prometheus {_dotted(since)}, but the target is {_dotted(version)}"


def _quoted_labels(expr: Expr, version: Version) -> Iterator[str]:
    if version < _UTF8_NAMES:
        for label in filter(lambda name: not plain_label(name), _labels(expr)):
            yield f'the label name "{label}" needs Prometheus 3.0, but the target is {_dotted(version)}'


def _labels(expr: Expr) -> tuple[str, ...]:
    match expr:
        case Selector(matchers=matchers):
            return tuple(m.label for m in matchers)
        case Aggregate(labels=labels):
            return labels
        case Binary(matching=matching) if matching:
            return matching.labels + matching.include
        case _:
            return ()


def _regexes(expr: Expr, _version: Version) -> Iterator[str]:
    if isinstance(expr, Selector):
        for matcher in expr.matchers:
            if matcher.op in (MatchOp.REGEX, MatchOp.NOT_REGEX) and (why := foreign(matcher.value)):
                yield f'the regular expression "{matcher.value}" is not one of Prometheus: {why}'


_CHECKS = (_calls, _aggregations, _quoted_labels, _regexes)
