"""A large catalog has its SLOs on pages of their owners, and every link still finds its panel."""

from __future__ import annotations

import re
from functools import cache

import pytest

from generators import naming, pipeline
from generators.dashboards import Dashboard
from generators.dashboards.ids import panel_id
from generators.emit.dashboards import slo
from generators.rules.bundle import Bundle
from tests.bench import synthetic

FEW, MANY = 100, 101
LINK = re.compile(r"/d/([^?]+)\?viewPanel=(\d+)")


@cache
def _bundle(services: int) -> Bundle:
    return pipeline.bundles({path: text.encode() for path, text in synthetic.files(services).items()})[0]


def _pages(services: int) -> dict[str, Dashboard]:
    return {page.uid: page for page in slo.dashboards(_bundle(services))}


def test_a_small_catalog_has_one_page_with_all_slos() -> None:
    assert {uid: len(page.rows) for uid, page in _pages(FEW).items()} == {"bench-slo": 1 + FEW}


def test_a_large_catalog_has_the_overview_and_a_page_for_each_owner() -> None:
    rows = {uid: len(page.rows) for uid, page in _pages(MANY).items()}
    assert rows == {"bench-slo": 1, "bench-slo-team-0": 50, "bench-slo-team-1": 50, "bench-slo-team-2": 1}


@pytest.mark.parametrize("services", [FEW, MANY])
def test_every_slo_alert_links_to_a_panel_that_is_there(services: int) -> None:
    there = {
        (uid, panel_id(uid, panel.key))
        for uid, page in _pages(services).items()
        for row in page.rows
        for panel in row.panels
    }
    links = [
        LINK.search(alert.annotations["dashboard_url"]) for alert in _bundle(services).alerts if "slo" in alert.labels
    ]
    assert len(links) > services
    assert {(link[1], int(link[2])) for link in links if link} <= there


LONG = "a-very-long-name-for-a-dashboard-of-one-team"
UIDS = {
    "a short name is itself": ("shop", "slo", "shop-slo"),
    "forty characters fit": ("p" * 30, "d" * 9, f"{'p' * 30}-{'d' * 9}"),
    "a longer name is cut and gets a digest": ("shop", LONG, "shop-a-very-long-name-for-a-das-f2e3985d"),
}


@pytest.mark.parametrize(("platform", "dashboard", "uid"), UIDS.values(), ids=UIDS)
def test_uids_are_what_grafana_takes(platform: str, dashboard: str, uid: str) -> None:
    assert naming.dashboard_uid(platform, dashboard) == uid


def test_long_names_that_begin_alike_stay_apart() -> None:
    assert naming.dashboard_uid("shop", LONG) != naming.dashboard_uid("shop", f"{LONG}s")
