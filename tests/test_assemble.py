"""What a service is in an environment: its packs under it, the environment's patches over both."""

from __future__ import annotations

import pytest

from generators.assemble import ENVIRONMENTS
from generators.model.catalog import Service
from generators.naming import RESERVED
from generators.promql import render
from tests.helpers import bakery, bundles, rendered

OVEN = "-depends_on: [mill]\n+depends_on: [mill]\n"


def oven(change: str = "", environment: str = "lab") -> Service:
    return next(s for s in bundles(change)[environment].catalog.services if s.name == "oven")


def conditions(change: str, environment: str = "lab") -> list[str]:
    """The name, severity and `for` of every threshold of the oven."""
    return [f"{t.name} {t.limit.quantity} {t.severity.name} {t.hold}" for t in oven(change, environment).thresholds]


PLAIN = ["fuel 80% crumbs 15m", "fuel 90% fire 15m", "burnt 2% fire 5m", "slow 600s smoke 10m", "hot 260°C fire 10m"]
CHANGES = {
    "nothing": ("", PLAIN),
    "a service overrides one field of its pack": (
        (
            "-    signal: orders\n-    above: 2%\n+    signal: orders\n+    above: 2%\n"
            "-  hot: {signal: heat, above: 260°C, severity: fire}\n+  fuel: {for: 30m}\n"
        ),
        ["fuel 80% crumbs 30m", "fuel 90% fire 30m", "burnt 2% fire 5m", "slow 600s smoke 10m"],
    ),
    "a service drops a threshold of its pack": (
        "-  hot: {signal: heat, above: 260°C, severity: fire}\n+  fuel: null\n",
        ["burnt 2% fire 5m", "slow 600s smoke 10m"],
    ),
    "an environment drops a threshold of the pack": (
        f"{OVEN}+{ENVIRONMENTS}: {{lab: {{thresholds: {{fuel: null}}}}}}\n",
        PLAIN[2:],
    ),
    "an environment patches the pack": (
        "-title: Fuel of an oven\n+title: Fuel of an oven\n+environments: {lab: {thresholds: {fuel: {for: 1h}}}}\n",
        ["fuel 80% crumbs 1h", "fuel 90% fire 1h", *PLAIN[2:]],
    ),
    "a service goes before the environment of its pack": (
        (
            "-title: Fuel of an oven\n+title: Fuel of an oven\n+environments: {lab: {thresholds: {fuel: {for: 1h}}}}\n"
            "-  hot: {signal: heat, above: 260°C, severity: fire}\n+  fuel: {for: 45m}\n"
        ),
        ["fuel 80% crumbs 45m", "fuel 90% fire 45m", "burnt 2% fire 5m", "slow 600s smoke 10m"],
    ),
    "an empty patch changes nothing": (f"{OVEN}+environments: {{lab: }}\n", PLAIN),
}


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES)
def test_service_in_the_lab(change: str, expected: list[str]) -> None:
    assert conditions(change) == expected


def test_other_environment_sees_nothing_of_a_patch() -> None:
    change = f"{OVEN}+environments: {{lab: {{thresholds: {{fuel: null}}, title: Lab oven}}}}\n"
    assert (oven(change, "shop").title, conditions(change, "shop")) == ("Oven", conditions("", "shop"))


BINDINGS = {
    "a binding goes before what the service selects": ("use: {fuel: {job: tanks}}", '{job="tanks"}'),
    "without one the service's selection holds": ("use: fuel", '{job="oven"}'),
    "a binding adds to it": ("use: {fuel: {tank: =~a|b}}", '{job="oven",tank=~"a|b"}'),
    "a list binds nothing": ("use: [fuel]", '{job="oven"}'),
}


@pytest.mark.parametrize(("use", "selected"), BINDINGS.values(), ids=BINDINGS)
def test_pack_is_bound_to_series(use: str, selected: str) -> None:
    signal = next(s for s in oven(f"-use: {{fuel: {{job: tanks}}}}\n+{use}\n").signals if s.name == "fuel")
    assert render(signal.kind.presence(signal.scope)) == f"oven_fuel_used_bytes{selected}"


WOOD = """-use: {fuel: {job: tanks}}
+use: [fuel, wood]
@ wood.yaml
+exporter: wood_exporter
+version: '1'
+metrics: {wood_logs: {type: gauge, unit: logs}}
+---
+pack: wood
+title: Wood
+exporters: [wood_exporter]
+signals: {logs: {kind: gauge, metric: wood_logs}}
"""


def test_two_packs_add_up_with_their_exporters() -> None:
    assert [s.name for s in oven(WOOD).signals][:2] == ["fuel", "logs"]


def test_names_that_are_reserved_are_those_of_what_tocsin_makes() -> None:
    uids = {path.rpartition("/")[2].removesuffix(".json") for path in rendered(bakery()) if path.endswith(".json")}
    assert {uid.removeprefix("bakery-") for uid in uids} - {"ovens"} == set(RESERVED["dashboard"])
