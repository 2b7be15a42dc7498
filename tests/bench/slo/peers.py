"""What sloth and pyrra make of the same SLO: their expressions, as facts, with where they come from.

- sloth v0.16.0 (github.com/slok/sloth): what its binary writes; `internal/plugin/slo/core/*_v1/plugin.go` makes it.
  "Without optimisation" is its plugin `sli_rules/v1` with `disableOptimized: true`.
- pyrra (github.com/pyrra-dev/pyrra at 00b38d08, after v0.10.1): read from `slo/rules.go`, which scales every window
  from 28 days and rounds it to a minute. `performanceOverAccuracy` changes the increase over the period only.

Neither says how often sloth's groups run; 30 seconds are assumed, as for the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.slo.rules import Contender, Rule, seconds
from tests.bench.slo.traffic import METRIC

SLOTH = "sloth"
SLOTH_PLAIN = "sloth, without optimisation"
PYRRA = "pyrra"
PYRRA_FAST = "pyrra, performanceOverAccuracy"
PYRRA_FROM = "pyrra: as written down from its source (its binary is not at hand)."
PERIOD = "30d"

_SLOTH_WINDOWS = ("5m", "30m", "1h", "2h", "6h", "1d", "3d")
_SLOTH_BUDGET = "0.0009999999999999432"
_SLOTH_ALERTS = (
    ("page", (("5m", "1h", "14.4"), ("30m", "6h", "6"))),
    ("ticket", (("2h", "1d", "3"), ("6h", "3d", "1"))),
)


@dataclass(frozen=True, slots=True)
class _Burn:
    """An alert of pyrra's: both windows burn `factor` times too fast for `hold`."""

    short: str
    long: str
    factor: int
    hold: str
    severity: str
    exhaustion: str


_PYRRA_ALERTS = (
    _Burn("5m", "1h4m", 14, "2m", "critical", "2d3h25m43s"),
    _Burn("32m", "6h26m", 7, "16m", "critical", "4d6h51m26s"),
    _Burn("2h9m", "1d1h43m", 2, "1h4m", "warning", "15d"),
    _Burn("6h26m", "4d6h51m", 1, "3h13m", "warning", "30d"),
)
_PYRRA_WINDOWS = ("5m", "32m", "1h4m", "2h9m", "6h26m", "1d1h43m", "4d6h51m")
_PYRRA_INCREASE_EVERY = 150


def contenders(job: str) -> Iterator[Contender]:
    """Both peers, each in its two ways."""
    for name, optimised in ((SLOTH, True), (SLOTH_PLAIN, False)):
        yield Contender(name, sloth(job, optimised), _sloth_ratios(job, optimised))
    for name, fast in ((PYRRA, False), (PYRRA_FAST, True)):
        yield Contender(name, pyrra(job, fast), _pyrra_ratios(job, fast))


def sloth(job: str, optimised: bool) -> tuple[Rule, ...]:
    """Its recordings of the SLI, its metadata, and its two alerts."""
    ids = _sloth_ids(job)
    of = _matchers(ids)
    ratios = [
        Rule(f"slo:sli_error:ratio_rate{window}", expr, {**ids, "sloth_window": window})
        for window, expr in zip((*_SLOTH_WINDOWS, PERIOD), _sloth_ratios(job, optimised).values(), strict=True)
    ]
    by_id = "/ on(sloth_id, sloth_slo, sloth_service) group_left"
    budget = f"slo:error_budget:ratio{of}"
    about = {"sloth_mode": "cli-gen-prom", "sloth_objective": "99.9", "sloth_spec": "prometheus/v1"}
    meta = [
        Rule("slo:objective:ratio", "vector(0.9990000000000001)", ids),
        Rule("slo:error_budget:ratio", "vector(1-0.9990000000000001)", ids),
        Rule("slo:time_period:days", "vector(30)", ids),
        Rule("slo:current_burn_rate:ratio", f"slo:sli_error:ratio_rate5m{of} {by_id} {budget}", ids),
        Rule("slo:period_burn_rate:ratio", f"slo:sli_error:ratio_rate{PERIOD}{of} {by_id} {budget}", ids),
        Rule("slo:period_error_budget_remaining:ratio", f"1 - slo:period_burn_rate:ratio{of}", ids),
        Rule("sloth_slo_info", "vector(1)", {**ids, **about, "sloth_version": "v0.16.0"}),
    ]
    return (*ratios, *meta, *_sloth_alerts(of))


def pyrra(job: str, fast: bool) -> tuple[Rule, ...]:
    """Its burn rates and their alerts, the increase over the period, and its alert for absent data."""
    labels = {"job": job, "slo": "availability"}
    burns = [
        Rule(f"http_requests:burnrate{window}", expr, labels)
        for window, expr in zip(_PYRRA_WINDOWS, _pyrra_ratios(job, fast).values(), strict=False)
    ]
    alerts = [_pyrra_alert(job, burn) for burn in _PYRRA_ALERTS]
    increase = [Rule("http_requests:increase30d", _by_code(job, PERIOD), labels, every=_PYRRA_INCREASE_EVERY)]
    if fast:
        summed = f'sum by (code) (sum_over_time(http_requests:increase5m{{job="{job}"}}[{PERIOD}:5m]))'
        short = Rule("http_requests:increase5m", _by_code(job, "5m"), labels)
        increase = [short, Rule("http_requests:increase30d", summed, labels, every=_PYRRA_INCREASE_EVERY)]
    gone = Rule("SLOMetricAbsent", f'absent({METRIC}{{job="{job}"}}) == 1', labels, True, 120)
    return (*burns, *alerts, *increase, gone)


def _by_code(job: str, window: str) -> str:
    return f'sum by (code) (increase({METRIC}{{job="{job}"}}[{window}]))'


def _sloth_ids(job: str) -> dict[str, str]:
    return {"sloth_id": f"{job}-availability", "sloth_service": job, "sloth_slo": "availability"}


def _matchers(labels: dict[str, str]) -> str:
    return "{" + ", ".join(f'{name}="{value}"' for name, value in labels.items()) + "}"


def _sloth_ratios(job: str, optimised: bool) -> dict[int, str]:
    def raw(window: str) -> str:
        bad = f'(sum(rate({METRIC}{{job="{job}",code=~"5.."}}[{window}])))'
        return f'{bad} / (sum(rate({METRIC}{{job="{job}"}}[{window}])))'

    base = f"slo:sli_error:ratio_rate5m{_matchers(_sloth_ids(job))}[{PERIOD}]"
    average = f"sum_over_time({base}) / ignoring (sloth_window) count_over_time({base})"
    ratios = {seconds(window): raw(window) for window in _SLOTH_WINDOWS}
    return ratios | {seconds(PERIOD): average if optimised else raw(PERIOD)}


def _sloth_alerts(of: str) -> Iterator[Rule]:
    def over(window: str, factor: str) -> str:
        limit = f"({factor} * {_SLOTH_BUDGET})"
        return f"max(slo:sli_error:ratio_rate{window}{of} > {limit}) without (sloth_window)"

    for severity, tiers in _SLOTH_ALERTS:
        both = (f"( {over(short, factor)} and {over(long, factor)} )" for short, long, factor in tiers)
        yield Rule("Availability", " or ".join(both), {"sloth_severity": severity}, True)


def _pyrra_ratios(job: str, fast: bool) -> dict[int, str]:
    def raw(window: str) -> str:
        bad = f'sum(rate({METRIC}{{code=~"5..",job="{job}"}}[{window}]))'
        return f'{bad} / sum(rate({METRIC}{{job="{job}"}}[{window}]))'

    def increase(matchers: str) -> str:
        if fast:
            return f"sum(sum_over_time(http_requests:increase5m{{{matchers}}}[{PERIOD}:5m]))"
        return f"sum(increase({METRIC}{{{matchers}}}[{PERIOD}]))"

    ratios = {seconds(window): raw(window) for window in _PYRRA_WINDOWS}
    bad, total = increase(f'code=~"5..",job="{job}"'), increase(f'job="{job}"')
    return ratios | {seconds(PERIOD): f"{bad} / {total}"}


def _pyrra_alert(job: str, burn: _Burn) -> Rule:
    def over(window: str) -> str:
        return f'http_requests:burnrate{window}{{job="{job}",slo="availability"}} > ({burn.factor} * (1-0.999))'

    labels = {"severity": burn.severity, "short": burn.short, "long": burn.long, "exhaustion": burn.exhaustion}
    labels |= {"job": job, "slo": "availability"}
    return Rule("ErrorBudgetBurn", f"{over(burn.short)} and {over(burn.long)}", labels, True, seconds(burn.hold))
