"""Ids of panels stay what they are, and no two panels of a dashboard share one."""

import pytest

from generators.dashboards import Dashboard, Panel, PanelIdError, Row, panel_id
from generators.dashboards.ids import check_panel_ids


def _dashboard(*keys: str, uid: str = "d") -> Dashboard:
    panels = tuple(Panel(key, "Title", "About it.", "text") for key in keys)
    return Dashboard(uid, "Title", "About it.", "Folder", (), (Row("r", "Row", panels),))


def _clashing(uid: str) -> tuple[str, str]:
    """Two keys with one id; among some hundred thousand there always are some."""
    seen: dict[int, str] = {}
    for number in range(400_000):
        key = f"key-{number}"
        if (first := seen.setdefault(panel_id(uid, key), key)) != key:
            return first, key
    raise AssertionError("no two keys with one id found")


def test_an_id_is_what_alert_links_already_say() -> None:
    assert panel_id("aion-gateway", "latency") == 950703311


def test_an_id_is_a_positive_31_bit_number() -> None:
    assert all(0 < panel_id("d", str(number)) < 2**31 for number in range(5000))


def test_one_key_has_another_id_in_another_dashboard() -> None:
    assert panel_id("a", "latency") != panel_id("b", "latency")


def test_uid_and_key_do_not_run_together() -> None:
    assert panel_id("ab", "c") != panel_id("a", "bc")


def test_two_panels_of_one_key_are_refused() -> None:
    with pytest.raises(PanelIdError, match="dashboard 'd': 'same' and 'same' share a panel id; rename one key"):
        check_panel_ids(_dashboard("same", "other", "same"))


def test_two_keys_of_one_id_are_refused() -> None:
    one, other = _clashing("d")
    with pytest.raises(PanelIdError, match=f"'{one}' and '{other}'"):
        check_panel_ids(_dashboard(one, other))


def test_a_panel_may_not_take_the_id_of_a_row_header() -> None:
    with pytest.raises(PanelIdError, match="'row/r' and 'row/r'"):
        check_panel_ids(_dashboard("row/r"))


def test_different_keys_pass() -> None:
    check_panel_ids(_dashboard("a", "b", "c"))
