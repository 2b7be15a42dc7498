"""An SLO with an empty table of tiers is recorded, and alerts nobody about its budget."""

from __future__ import annotations

from generators.naming import Category, Label
from tests.helpers import bundles

NO_TIERS = "-    period: 28d\n+    period: 28d\n+    tiers: {}\n"


def categories(change: str) -> set[str]:
    return {alert.labels[Label.CATEGORY] for alert in bundles(change)["shop"].alerts}


def test_an_slo_without_tiers_alerts_nobody_about_its_budget() -> None:
    assert Category.SLO_BURN in categories("")
    assert Category.SLO_BURN not in categories(NO_TIERS)


def test_an_slo_without_tiers_is_recorded_all_the_same() -> None:
    (slo,) = (slo for service in bundles(NO_TIERS)["shop"].catalog.services for slo in service.slos)
    assert slo.tiers == ()
