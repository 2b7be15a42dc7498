"""Which queries are which kind of signal: only those that mean exactly the same."""

from __future__ import annotations

import pytest

from generators.diagnostics import Location
from generators.interchange.classify import classified
from generators.interchange.objective import Counted, Measured, Share
from generators.interchange.query import Query

W = "[{{.window}}]"
BAD = f'sum(rate(x_total{{code=~"5.."}}{W}))'
ALL = f"sum(rate(x_total{W}))"
COUNT, FAST = f"sum(rate(d_seconds_count{W}))", f'sum(rate(d_seconds_bucket{{le="0.5"}}{W}))'


def kind(total: str = "", *, bad: str = "", good: str = "", share: str = "", boolean: bool = False) -> str | None:
    """The kind of signal, in one word with what tells bad from good."""
    parsed = {text: Query.parse(text).expr for text in (total, bad, good, share) if text}
    counted = Counted(parsed[total], parsed.get(bad), parsed.get(good)) if total else Share(parsed[share])
    found = classified(Measured("x", counted, Location("x"), is_boolean=boolean))
    if found is None:
        return None
    part = next((p for p in ("bad", "good", "bad_counter", "good_counter") if p in found.signal), found.under or "")
    return f"{found.signal['kind']} {part}".strip()


EXACT = {
    "a label tells bad from good": (kind(ALL, bad=BAD), "ratio bad"),
    "no series means none": (kind(ALL, bad=f"{BAD} or vector(0)"), "ratio bad"),
    "none of all means none": (kind(ALL, bad=f"{BAD} or {ALL} * 0"), "ratio bad"),
    "good of all": (kind(ALL, good=BAD), "ratio good"),
    "all but the good": (kind(ALL, bad=f"{ALL} - {BAD}"), "ratio good"),
    "another counter": (kind(ALL, bad=f"sum(rate(y_total{W}))"), "ratio bad_counter"),
    "growth instead of rates": (
        kind(ALL.replace("rate", "increase"), bad=BAD.replace("rate", "increase")),
        "ratio bad",
    ),
    "a division": (kind(share=f"{BAD} / {ALL}"), "ratio bad"),
    "what is left of a division": (kind(share=f"1 - {BAD} / {ALL}"), "ratio good"),
    "a positive denominator": (kind(share=f"{BAD} / ({ALL} > 0)"), "ratio bad"),
    "kept labels": (kind(f"sum by (a) (rate(x{W}))", bad=f"sum by (a) (rate(y{W}))"), "ratio bad_counter"),
    "the bucket of fast ones": (kind(COUNT, good=FAST), "latency 0.5s"),
    "all but the fast ones": (kind(COUNT, bad=f"{COUNT} - {FAST}"), "latency 0.5s"),
    "the bucket of all": (kind(FAST.replace("0.5", "+Inf"), good=FAST), "latency 0.5s"),
    "two spellings of a bucket": (kind(COUNT, good=FAST.replace('="0.5"', r'=~"2(\\.0)?"')), "latency 2s"),
    "a native histogram": (kind(share=f"1 - histogram_fraction(0, 0.5, sum(rate(d_seconds{W})))"), "latency 0.5s"),
    "a check": (kind(f"sum(count_over_time(up{W}))", good=f"sum(sum_over_time(up{W}))"), "probe"),
    "a boolean": (kind(f"sum(count_over_time(x{W}))", good=f"sum(sum_over_time(x{W}))", boolean=True), "probe"),
}
OTHER = {
    "sums over other labels": kind(f"sum by (a) (rate(x{W}))", bad=f"sum by (b) (rate(y{W}))"),
    "a rate of a growth": kind(ALL, bad=BAD.replace("rate", "increase")),
    "an offset": kind(f"sum(rate(x{W} offset 5m))", bad=f"sum(rate(y{W} offset 5m))"),
    "a fixed range": kind("sum(rate(x[5m]))", bad="sum(rate(y[5m]))"),
    "no sum": kind(f"rate(x{W})", bad=f"rate(y{W})"),
    "an average": kind(f"avg(rate(x{W}))", bad=f"avg(rate(y{W}))"),
    "two matchers of a label": kind(ALL, bad=f'sum(rate(x_total{{code=~"5..",code!="503"}}{W}))'),
    "a literal that looks like an operator": kind(ALL, bad=f'sum(rate(x_total{{code="=~5.."}}{W}))'),
    "zeros for groups": kind(f"sum by (a) (rate(x{W}))", bad=f"sum by (a) (rate(y{W})) or vector(0)"),
    "zeros of all": kind(f"{ALL} or vector(0)", bad=BAD),
    "a gauge that is no check": kind(f"sum(count_over_time(x{W}))", good=f"sum(sum_over_time(x{W}))"),
    "only one side a second": kind(ALL, bad=f"{BAD} / 300"),
}


@pytest.mark.parametrize(("found", "expected"), EXACT.values(), ids=EXACT)
def test_what_means_the_same_is_of_that_kind(found: str | None, expected: str) -> None:
    assert found == expected


@pytest.mark.parametrize("found", OTHER.values(), ids=OTHER)
def test_what_means_something_else_stays_promql(found: str | None) -> None:
    assert found is None


def test_a_bucket_of_other_series_is_a_ratio_of_two_counters() -> None:
    """Only the fast ones that went well, of all: no latency says that."""
    good = f'sum(rate(d_seconds_bucket{{code!~"5..",le="0.5"}}{W}))'
    assert kind(COUNT, good=good) == "ratio good_counter"
