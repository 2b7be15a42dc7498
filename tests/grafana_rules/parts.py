"""The parts of a dashboard's JSON that rules look at."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

WITHOUT_DATA = {"row", "text", "alertlist"}


def panels(dashboard: Json) -> Iterator[Json]:
    """Every panel, row headers and what lies in them included."""
    for panel in dashboard["panels"]:
        yield panel
        yield from panel.get("panels", [])


def data_panels(dashboard: Json) -> Iterator[Json]:
    return (panel for panel in panels(dashboard) if panel["type"] not in WITHOUT_DATA)


def targets(dashboard: Json) -> Iterator[tuple[Json, Json]]:
    """Every query, with its panel."""
    return ((panel, target) for panel in data_panels(dashboard) for target in panel.get("targets", []))


def variables(dashboard: Json) -> list[Json]:
    found: list[Json] = dashboard["templating"]["list"]
    return found


def ladders(dashboard: Json) -> Iterator[tuple[Json, list[Json]]]:
    """Every list of threshold steps, with its panel."""
    for panel in data_panels(dashboard):
        yield panel, panel["fieldConfig"]["defaults"]["thresholds"]["steps"]
        for override in panel["fieldConfig"]["overrides"]:
            for change in override["properties"]:
                if change["id"] == "thresholds":
                    yield panel, change["value"]["steps"]


def strings(value: Any) -> Iterator[str]:
    """Every text in it, at any depth; keys are not texts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for item in value.values() for text in strings(item))
    elif isinstance(value, list):
        yield from (text for item in value for text in strings(item))


def repeated(values: list[Any]) -> list[Any]:
    """Those that come more than once, each once."""
    return sorted({value for value in values if values.count(value) > 1})
