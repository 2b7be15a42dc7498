"""SLOs: which windows are recorded, from what, and when their alerts fire."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from generators.model.slo import Tier
from generators.period import Period
from generators.promql import Selector, Subquery, render, walk
from generators.rules.group import Alert, Group, Recording
from generators.units import Duration
from tests.helpers import bundles

# Google SRE workbook, "Alerting on SLOs", table 5-8 and its text, for a period of 30 days: the share of the budget
# that is spent within the long window, the two windows, and the burn rate that this comes to.
WORKBOOK = {
    "fast": ("2%", "1h", "5m", "14.4", "page"),
    "medium": ("5%", "6h", "30m", "6", "page"),
    "slow": ("10%", "1d", "2h", "3", "ticket"),
    "long": ("10%", "3d", "6h", "1", "ticket"),
}
SPEED = (
    "-    signal: orders\n-    objective: 99%\n-    period: 28d\n"
    "+    signal: baking\n+    under: 60s\n+    objective: 99.9%\n+    period: 30d\n"
)
ORDERS = "-    objective: 99%\n-    period: 28d\n+    objective: 99.9%\n+    period: 30d\n"


def group(change: str = ORDERS) -> Group:
    files = {file.name: file for file in bundles(change)["shop"].files}
    return next(g for g in files["oven"].groups if g.name == "oven.slo.edible")


def recorded(change: str = ORDERS) -> dict[str, str]:
    return {rule.name: render(rule.expr) for rule in group(change).rules if isinstance(rule, Recording)}


def table(change: str = ORDERS) -> tuple[Tier, ...]:
    """The tiers of the SLO, whether they can fire or not."""
    services = {service.name: service for service in bundles(change)["shop"].catalog.services}
    return services["oven"].slos[0].table


def tiers(change: str = ORDERS) -> dict[str, Alert]:
    found = [rule for rule in group(change).rules if isinstance(rule, Alert)]
    return {alert.labels["tier"]: alert for alert in found if "tier" in alert.labels}


def test_tiers_are_those_of_the_workbook() -> None:
    found = {
        tier.name: (
            f"{(tier.spends * 100).normalize():f}%",
            str(tier.long),
            str(tier.short),
            f"{tier.factor(Period.parse('30d')).normalize():f}",
            "page" if tier.pages else "ticket",
        )
        for tier in table()
    }
    assert found == WORKBOOK


FACTORS = {
    "four weeks": ("28d", ("13.44", "5.6", "2.8", "0.9333333333333333333333333333")),
    "a month": ("30d", ("14.4", "6", "3", "1")),
    "three months": ("90d", ("43.2", "18", "9", "3")),
    "a month of the calendar": ("month", ("14.4", "6", "3", "1")),
    "a quarter of the calendar": ("quarter", ("43.2", "18", "9", "3")),
    "a week, with tiers of its own": ("7d", ("13.44", "3.5", "1.4", "0.98")),
}


@pytest.mark.parametrize(("period", "factors"), FACTORS.values(), ids=FACTORS)
def test_factors_follow_from_the_period(period: str, factors: tuple[str, ...]) -> None:
    change = f"-    period: 28d\n+    period: {period}\n-retention: 30d\n+retention: 200d\n"
    assert tuple(tier.factor(Period.parse(period)).normalize() for tier in table(change)) == tuple(
        map(Decimal, factors)
    )


@pytest.mark.parametrize("tier", WORKBOOK)
def test_tier_compares_both_its_windows_with_factor_times_budget(tier: str) -> None:
    _, long, short, factor, _ = WORKBOOK[tier]
    limit = f"{(Decimal(factor) / 1000).normalize():f}"
    ids = '{environment="shop",service="oven",slo="edible"}'
    long, short = str(Duration.parse(long)), str(Duration.parse(short))
    expected = f"slo:error_ratio:rate{long}{ids} > {limit} and slo:error_ratio:rate{short}{ids} > {limit} and "
    assert render(tiers()[tier].expr).startswith(expected)


@pytest.mark.parametrize("tier", WORKBOOK)
def test_tier_needs_as_many_bad_events_as_the_slo_says(tier: str) -> None:
    change = ORDERS + "+    min_bad_events: 42\n"
    long = Duration.parse(WORKBOOK[tier][1])
    bad = 'sum_over_time(slo:events_bad:rate5m{environment="shop",service="oven",slo="edible"}'
    assert f"{bad}[{long}:5m]) * 300 >= 42" in render(tiers(change)[tier].expr)


@pytest.mark.parametrize("tier", WORKBOOK)
def test_tiers_that_page_have_the_severity_for_it_and_go_on_firing(tier: str) -> None:
    pages = WORKBOOK[tier][4] == "page"
    alert = tiers()[tier]
    assert (alert.labels["severity"], str(alert.keep_firing_for)) == (("fire", "5m") if pages else ("crumbs", "None"))


def test_tier_that_can_never_fire_is_left_out() -> None:
    change = "-    objective: 99%\n-    period: 28d\n+    objective: 90%\n+    period: 30d\n"
    assert list(tiers(change)) == ["medium", "slow", "long"]


def test_every_window_is_recorded_once_and_the_period_too() -> None:
    windows = [name.removeprefix("slo:error_ratio:rate") for name in recorded() if "error_ratio" in name]
    assert windows == ["5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"]


@pytest.mark.parametrize("change", [ORDERS, SPEED], ids=["a ratio", "a latency"])
def test_no_rule_reads_more_than_an_hour_of_raw_series(change: str) -> None:
    hour = Duration.parse("1h")
    for rule in group(change).rules:
        for node in walk(rule.expr):
            raw = isinstance(node, Selector) and not node.metric.startswith("slo:")
            assert not raw or node.window is None or node.window <= hour, render(rule.expr)  # type: ignore[union-attr]


@pytest.mark.parametrize("change", [ORDERS, SPEED], ids=["a ratio", "a latency"])
def test_longer_windows_are_sums_of_samples_that_tile_them(change: str) -> None:
    steps = {
        (str(node.of.metric), str(node.step))
        for rule in group(change).rules
        for node in walk(rule.expr)
        if isinstance(node, Subquery) and isinstance(node.of, Selector)
    }
    assert steps == {("slo:events_bad:rate5m", "5m"), ("slo:events_total:rate5m", "5m")}


def test_ratio_of_the_period_weighs_every_event_the_same() -> None:
    ids = '{environment="shop",service="oven",slo="edible"}'
    assert recorded()["slo:error_ratio:rate30d"] == (
        f"sum_over_time(slo:events_bad:rate5m{ids}[30d:5m]) / (sum_over_time(slo:events_total:rate5m{ids}[30d:5m]) > 0)"
    )


def test_every_divisor_is_positive_so_that_nothing_is_stored_without_events() -> None:
    for name, text in recorded().items():
        for divisor in re.findall(r" / (\(.*)", text):
            assert divisor.endswith("> 0)"), name


def test_budget_follows_from_objective_and_ratio_of_the_period() -> None:
    ids = '{environment="shop",service="oven",slo="edible"}'
    found = recorded()
    assert (
        found["slo:objective:ratio"],
        found["slo:error_budget:ratio"],
        found["slo:error_budget_remaining:ratio"],
        found["slo:burn_rate:ratio"],
    ) == (
        "vector(0.999)",
        "vector(0.001)",
        f"1 - slo:error_ratio:rate30d{ids} / 0.001",
        f"slo:error_ratio:rate1h{ids} / 0.001",
    )


def test_series_have_only_labels_that_last_and_the_rest_is_on_one_of_them() -> None:
    labels = {rule.name: set(map(str, rule.labels)) for rule in group().rules if isinstance(rule, Recording)}
    ids = {"environment", "service", "slo"}
    assert labels.pop("slo:info") == ids | {"team", "service_tier", "objective", "period"}
    assert {frozenset(found) for found in labels.values()} == {frozenset(ids)}
