"""Which cases are made of a catalog: what is fed, what has to fire, and what can't be proven."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import pytest

from generators import proof
from generators.proof.case import ALONE, Case, Check, Unproven
from generators.units import Duration
from tests.helpers import bundles

PROMQL = """\
-  dust: {signal: dust, above: 50%, severity: smoke}
+  dust: {signal: dust, above: 50%, for: 1m, severity: smoke}
"""


def cases(service: str, change: str = "") -> list[Case | Unproven]:
    catalog = bundles(change)["shop"].catalog
    return list(proof.cases(catalog, next((s for s in catalog.services if s.name == service), None)))


def case(start: str, service: str = "oven", change: str = "") -> Case:
    return next(c for c in cases(service, change) if isinstance(c, Case) and c.name.startswith(start))


def firing(of: Case, alert: str) -> list[tuple[int, list[str]]]:
    """When which severities of an alert have to fire."""
    return [(int(c.at), [f.labels["severity"] for f in c.firing]) for c in of.checks if c.alert == alert]


def check(of: Case, alert: str, at: str) -> Check:
    return next(c for c in of.checks if c.alert == alert and c.at == Decimal(at))


def test_a_ladder_fires_step_by_step_and_each_after_its_wait() -> None:
    found = firing(case("OvenFuel:"), "OvenFuel")
    # At 80 % for 16 minutes, beyond it for 16, at 90 % for 16, beyond it for 16, then good again.
    mild, both = ["crumbs"], ["crumbs", "fire"]
    assert found == [
        (930, []),
        (960 + 870, []),
        (960 + 900, mild),
        (960 + 930, mild),
        (960 * 2 + 930, mild),
        (960 * 3 + 870, mild),
        (960 * 3 + 900, both),
        (960 * 3 + 930, both),
        (960 * 4, ["fire"]),
        (960 * 4 + 270, ["fire"]),
        (960 * 4 + 300, []),
        (960 * 4 + 330, []),
    ]


def test_a_firing_alert_has_the_labels_of_its_series_and_the_text_of_its_value() -> None:
    (found,) = check(case("OvenFuel:"), "OvenFuel", "1860").firing
    assert {"tank": "some-tank", "resource": "fuel", "service": "oven"}.items() <= found.labels.items()
    assert found.annotations is not None
    assert found.annotations["description"].startswith("Now: 80.8%. ")


def test_a_value_is_not_told_once_the_alert_only_goes_on_firing() -> None:
    told = {int(c.at): c.firing[0].annotations is not None for c in case("OvenBurnt:").checks if c.firing}
    assert (told[1470], told[1770], told[2550]) == (True, False, True)


def test_series_hit_the_limit_with_whole_numbers() -> None:
    inputs = case("OvenFuel:").inputs
    assert inputs['oven_fuel_used_bytes{job="tanks",tank="some-tank"}'].startswith("800000x")
    assert inputs['oven_fuel_size_bytes{job="tanks",tank="some-tank"}'].startswith("1000000x")


def test_a_timeline_says_what_happens_when() -> None:
    stages = case("OvenHot:").name.split(", ")
    assert [stage.split(" ", 1)[1] for stage in stages] == ["0s at > 260", "beyond > 260", "good again"]


def test_events_are_few_then_just_enough_then_at_the_limit() -> None:
    stages = case("OvenBurnt:").name.split(", ")
    assert [stage.split(" ", 1)[1] for stage in stages] == [
        "0s fewer than 5 bad events and no good ones",
        "just 5 bad events and no good ones",
        "at > 0.02",
        "beyond > 0.02",
        "far beyond",
        "good again",
        "idle",
    ]


COMPARISONS = {
    "above": ("above: 260°C", ["0s at > 260", "beyond > 260"]),
    "below": ("below: 260°C", ["0s at < 260", "beyond < 260"]),
    "at_least": ("at_least: 260°C", ["0s inside >= 260", "at >= 260"]),
    "at_most": ("at_most: 260°C", ["0s inside <= 260", "at <= 260"]),
}


@pytest.mark.parametrize(("limit", "expected"), COMPARISONS.values(), ids=COMPARISONS)
def test_the_limit_itself_is_fine_or_bad(limit: str, expected: list[str]) -> None:
    line = "  hot: {signal: heat, %s, severity: fire}"
    change = f"-{line % 'above: 260°C'}\n+{line % limit}"
    stages = case("OvenHot:", change=change).name.split(": ")[1].split(", ")
    assert [stage.split(" ", 1)[1] if n else stage for n, stage in enumerate(stages)][:2] == expected


def test_without_data_only_the_companions_fire() -> None:
    of = case("oven: no data")
    fires = {c.alert for c in of.checks if c.firing}
    companions = {a.name for a in bundles()["shop"].alerts if a.labels["category"] == "no-data"}
    assert fires == {name for name in companions if name.startswith("Oven")}
    assert {c.alert for c in of.checks if c.at == 900} >= {"OvenBurnt", "OvenHot", "OvenEdibleBudgetBurn"}
    assert of.claims == ALONE


def test_a_companion_waits_and_ends_when_data_are_back() -> None:
    found = firing(case("oven: no data"), "OvenHeatNoData")
    assert found == [(870, []), (900, ["crumbs"]), (930, [])]


def test_every_tier_is_silent_at_its_limit_and_in_one_window() -> None:
    of = case("OvenEdibleBudgetBurn:")
    fires = [tuple(f.labels["tier"] for f in c.firing) for c in of.checks]
    assert {("long",), ("slow",), ("medium",), ("fast",), ()} <= set(fires)


def test_promql_without_examples_is_not_proven() -> None:
    why = "nothing tells what is good or bad input for dust; give it `examples`"
    assert Unproven("MillDust", why) in cases("mill", PROMQL.rstrip())


EXAMPLES = """\
-  dust: {kind: promql, expr: max(mill_dust_ratio) * 2, unit: ratio}
+  dust:
+    kind: promql
+    expr: max(mill_dust_ratio) * 2
+    unit: ratio
+    examples: {healthy: {'mill_dust_ratio{}': 0.2x80}, broken: {'mill_dust_ratio{}': 0.3x79}}"""


def test_examples_prove_promql() -> None:
    healthy, broken = (c for c in cases("mill", EXAMPLES) if isinstance(c, Case) and "example" in c.name)
    assert healthy.inputs == {"mill_dust_ratio{}": "0.2x80"}
    assert firing(healthy, "MillDust") == [(1200, [])]
    (reading,) = broken.readings
    assert (reading.at, reading.samples) == (Decimal(1170), (("{}", Decimal(1)),))


def test_the_watchdog_always_fires() -> None:
    change = "-retention: 30d\n+retention: 30d\n+watchdog: {url_file: /etc/alertmanager/watchdog}"
    (of,) = (c for c in cases("", change) if isinstance(c, Case))
    assert all(check.firing for check in of.checks)
    assert of.inputs == {}


def starts(of: Case, stage: str) -> Decimal:
    """The second at which a stage of a timeline starts."""
    found = re.search(rf"(?:: |, )(\w+) {re.escape(stage)}", of.name)
    assert found, of.name
    return Duration.parse(found[1]).seconds


def test_an_alert_that_goes_on_for_longer_than_it_waits_is_still_seen_silent_at_its_limit() -> None:
    change = "-    above: 2%\n-    for: 5m\n+    above: 2%\n+    for: 1m"
    of = case("OvenBurnt:", change=change)
    assert check(of, "OvenBurnt", str(starts(of, "beyond") - 30)).firing == ()


def test_counters_start_again_while_all_is_good() -> None:
    burnt = case("OvenBurnt:").inputs['oven_orders_total{job="oven",result="burnt"}']
    totals = [float(word.split("+")[0].split("x")[0]) for word in burnt.split() if word[0] != "_"]
    assert sum(later < earlier for earlier, later in pairwise(totals)) == 1
