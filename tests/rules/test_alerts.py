"""What alerts carry besides their expression: labels, texts, times; and what environments change about them."""

from __future__ import annotations

import re

import pytest

from generators.promql.parse import parse
from generators.rules.group import Alert
from tests.helpers import bundles

FIRE = "-    severity: fire\n-    playbook: burnt-bread\n"


def alerts(change: str = "", environment: str = "shop") -> dict[str, Alert]:
    """The alerts of an environment; of the steps of a ladder or SLO, the last."""
    return {alert.name: alert for alert in bundles(change)[environment].alerts}


def test_threshold_alert_has_the_labels_that_routing_goes_by() -> None:
    assert {str(k): str(v) for k, v in alerts()["OvenHot"].labels.items()} == {
        "environment": "shop",
        "severity": "fire",
        "team": "bakers",
        "service": "oven",
        "category": "threshold",
        "domain": "flour",
    }


CATEGORIES = {
    "a threshold": ("OvenHot", "threshold"),
    "an SLO": ("OvenEdibleBudgetBurn", "slo-burn"),
    "a companion": ("OvenHeatNoData", "no-data"),
    "an SLO's companion": ("OvenEdibleBudgetNoData", "no-data"),
    "a probe": ("MillDust", "down"),
    "the watchdog": ("Watchdog", "watchdog"),
}
PROBE = (
    "-timezone: Europe/Vienna\n+timezone: Europe/Vienna\n+watchdog: {url_file: /run/watchdog}\n"
    "-  dust: {kind: promql, expr: max(mill_dust_ratio) * 2, unit: ratio}\n"
    "+  dust: {kind: probe, metric: mill_dust_ratio}\n"
)


@pytest.mark.parametrize(("name", "category"), CATEGORIES.values(), ids=CATEGORIES)
def test_category_says_what_kind_of_alert_it_is(name: str, category: str) -> None:
    assert alerts(PROBE)[name].labels["category"] == category


def test_domain_of_a_threshold_goes_before_that_of_its_service() -> None:
    change = (
        "-domains: [flour]\n+domains: [flour, heat]\n"
        "-  hot: {signal: heat, above: 260°C, severity: fire}\n"
        "+  hot: {signal: heat, above: 260°C, severity: fire, domain: heat}\n"
    )
    assert (alerts(change)["OvenHot"].labels["domain"], alerts(change)["OvenSlow"].labels["domain"]) == (
        "heat",
        "flour",
    )


def test_service_without_domain_has_no_such_label() -> None:
    assert "domain" not in alerts()["MillDust"].labels


def test_labels_of_the_platform_are_on_every_alert_and_recording() -> None:
    found = bundles("-timezone: Europe/Vienna\n+timezone: Europe/Vienna\n+labels: {cluster: c1}\n")["shop"]
    rules = [rule for file in found.files for group in file.groups for rule in group.rules]
    assert {rule.labels.get("cluster") for rule in rules} == {"c1"}


def test_texts_say_what_is_wrong_how_bad_and_where_to_look() -> None:
    texts = dict(alerts()["OvenHot"].annotations)
    panel = re.fullmatch(r"(.*viewPanel=)[0-9]+(.*)", texts.pop("dashboard_url"))
    assert texts == {
        "summary": "Oven: Heat above 260°C (zone {{ $labels.zone }})",
        "description": "Now: {{ $value | humanize }} celsius. Limit: above 260°C.",
        "runbook_url": "https://runbooks.bakery.example/shop/OvenHot.md",
        "ack_within": "5m",
    }
    assert panel
    assert panel.groups() == (
        "https://grafana.bakery.example/d/bakery-ovens?viewPanel=",
        "&var-oven_zone={{ $labels.zone | urlquery }}",
    )


def test_service_without_dashboard_has_no_address_of_one() -> None:
    assert "dashboard_url" not in alerts()["MillDust"].annotations


VALUES = {
    "a ratio": ("oven_temperature_celsius: {type: gauge, unit: ratio", "50%", "{{ $value | humanizePercentage }}"),
    "a percentage": ("oven_temperature_celsius: {type: gauge, unit: percent", "50%", "{{ $value | humanize }}%"),
    "a time": ("oven_temperature_celsius: {type: gauge, unit: seconds", "3s", "{{ $value | humanizeDuration }}"),
    "milliseconds": (
        "oven_temperature_celsius: {type: gauge, unit: milliseconds", "3s", "{{ $value | humanize }} milliseconds"
    ),
    "bytes": ("oven_temperature_celsius: {type: gauge, unit: bytes", "3GiB", "{{ $value | humanize1024 }}B"),
    "things": ("oven_temperature_celsius: {type: gauge, unit: loaves", "3", "{{ $value | humanize }} loaves"),
}  # fmt: skip


@pytest.mark.parametrize(("metric", "limit", "text"), VALUES.values(), ids=VALUES)
def test_value_is_told_in_its_unit(metric: str, limit: str, text: str) -> None:
    change = (
        f"-  oven_temperature_celsius: {{type: gauge, unit: celsius, labels: [zone]}}\n+  {metric}, labels: [zone]}}\n"
        "-  hot: {signal: heat, above: 260°C, severity: fire}\n"
        f"+  hot: {{signal: heat, above: {limit}, severity: fire}}\n"
    )
    assert alerts(change)["OvenHot"].annotations["description"].startswith(f"Now: {text}. ")


def test_latency_tells_the_share_that_is_slow() -> None:
    text = alerts()["OvenSlow"].annotations["description"]
    assert text.startswith("Slower than 600s: {{ $value | humanizePercentage }}. ")


LASTING = {
    "a severity that always pages": ("fire", "5m"),
    "a severity that pages in business hours": ("smoke", "5m"),
    "a severity that never pages": ("crumbs", "None"),
}


@pytest.mark.parametrize(("severity", "lasting"), LASTING.values(), ids=LASTING)
def test_only_what_pages_goes_on_firing_for_a_while(severity: str, lasting: str) -> None:
    change = (
        "-  hot: {signal: heat, above: 260°C, severity: fire}\n"
        f"+  hot: {{signal: heat, above: 260°C, severity: {severity}}}\n"
    )
    assert str(alerts(change)["OvenHot"].keep_firing_for) == lasting


def test_threshold_can_say_how_long_it_goes_on_firing() -> None:
    change = (
        "-  hot: {signal: heat, above: 260°C, severity: fire}\n"
        "+  hot: {signal: heat, above: 260°C, severity: crumbs, keep_firing_for: 7m}\n"
    )
    assert str(alerts(change)["OvenHot"].keep_firing_for) == "7m"


def test_each_step_of_a_ladder_is_an_alert_of_its_own() -> None:
    found = [alert for alert in bundles()["shop"].alerts if alert.name == "OvenFuel"]
    assert [(a.labels["severity"], str(a.hold), str(a.keep_firing_for)) for a in found] == [
        ("crumbs", "15m", "None"),
        ("fire", "15m", "5m"),
    ]


def test_companion_waits_as_the_platform_says_and_has_its_severity() -> None:
    change = "-  no_data_severity: crumbs\n+  no_data_severity: smoke\n+  no_data_for: 25m\n"
    companion = alerts(change)["OvenHeatNoData"]
    assert (str(companion.hold), companion.labels["severity"]) == ("25m", "smoke")


def test_default_of_an_environment_goes_before_that_of_the_platform() -> None:
    assert (str(alerts()["OvenHot"].hold), str(alerts(environment="lab")["OvenHot"].hold)) == ("5m", "10m")


ENVIRONMENTS = {
    "a null removes a threshold": ("thresholds: {hot: null}", "OvenHot", None),
    "a patch changes one field": ("thresholds: {hot: {severity: crumbs}}", "OvenHot", "crumbs"),
    "a patch replaces a ladder's step": ("thresholds: {fuel: {above: {90%: smoke}}}", "OvenFuel", "smoke"),
    "another pack is not used": ("use: null", "OvenFuel", None),
}


@pytest.mark.parametrize(("patch", "name", "severity"), ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_environment_differs_only_where_it_says_so(patch: str, name: str, severity: str | None) -> None:
    change = f"-depends_on: [mill]\n+depends_on: [mill]\n+environments: {{lab: {{{patch}}}}}\n"
    found = alerts(change, "lab").get(name)
    assert (found.labels["severity"] if found else None) == severity
    assert alerts(change) == alerts()


def test_missing_label_that_tells_bad_from_good_is_missing_data() -> None:
    assert alerts()["OvenOrdersNoData"].expr == parse('absent(oven_orders_total{job="oven",result!=""})')


def test_missing_bucket_at_the_limit_is_missing_data() -> None:
    assert alerts()["OvenBakingBucket600NoData"].expr == parse(
        'absent(oven_baking_seconds_bucket{job="oven",le=~"600(\\\\.0)?"})'
    )


def test_missing_capacity_is_missing_data() -> None:
    assert alerts()["OvenFuelCapacityNoData"].expr == parse('absent(oven_fuel_size_bytes{job="tanks"})')
