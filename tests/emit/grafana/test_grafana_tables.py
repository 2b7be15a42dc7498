"""A table shows its columns, in order, each in its own way."""

from dataclasses import replace
from typing import Any

from generators.dashboards import Column, Panel
from generators.emit.grafana import dashboard_json
from tests.emit.grafana.sample import KINDS, LADDER, UP, with_panel


def _json(panel: Panel) -> dict[str, Any]:
    (found,) = dashboard_json(with_panel(panel))["panels"]
    assert isinstance(found, dict)
    return found


def test_links_open_as_they_say() -> None:
    link = _json(KINDS["table"])["fieldConfig"]["overrides"][0]["properties"][-1]
    url = "/d/sample?var-node=${__value.raw}"
    assert link == {"id": "links", "value": [{"targetBlank": True, "title": "Open this node", "url": url}]}


def test_a_table_shows_its_columns_in_order_under_their_titles() -> None:
    names = ["node", "Value #A", "Value #B"]
    titles = {"node": "Node", "Value #A": "State", "Value #B": "Requests"}
    order = {name: index for index, name in enumerate(names)}
    assert _json(KINDS["table"])["transformations"] == [
        {"id": "merge", "options": {}},
        {"id": "filterFieldsByName", "options": {"include": {"names": names}}},
        {"id": "organize", "options": {"excludeByName": {}, "indexByName": order, "renameByName": titles}},
    ]


def test_a_table_is_sorted_by_the_title_of_a_column() -> None:
    assert _json(KINDS["table"])["options"]["sortBy"] == [{"desc": True, "displayName": "Requests"}]


def test_a_column_without_a_title_keeps_its_name() -> None:
    table = replace(KINDS["table"], columns=(Column("node", unit="short", sort="ascending"),))
    organized = _json(table)["transformations"][-1]["options"]["renameByName"]
    assert (organized, _json(table)["options"]["sortBy"]) == ({}, [{"desc": False, "displayName": "node"}])


def test_one_query_needs_no_merging() -> None:
    table = replace(KINDS["table"], queries=(UP,))
    assert [step["id"] for step in _json(table)["transformations"]] == ["filterFieldsByName", "organize"]


def test_a_tables_own_transformations_come_first() -> None:
    table = replace(KINDS["table"], transformations=({"id": "limit", "options": {}},))
    assert [step["id"] for step in _json(table)["transformations"]][:2] == ["limit", "merge"]


def test_a_table_without_columns_shows_what_comes() -> None:
    assert _json(replace(KINDS["table"], columns=()))["transformations"] == []


def test_a_limit_of_a_column_may_be_one_of_not_below() -> None:
    table = replace(KINDS["table"], columns=(Column("Value", lines=LADDER[2:], direction="below"),))
    (column,) = _json(table)["fieldConfig"]["overrides"]
    assert column["properties"][0]["value"]["steps"][-1] == {"color": "green", "value": 0.95}


def test_a_column_says_only_what_differs() -> None:
    (_, state, _) = _json(KINDS["table"])["fieldConfig"]["overrides"]
    assert [change["id"] for change in state["properties"]] == ["mappings", "custom.cellOptions"]
