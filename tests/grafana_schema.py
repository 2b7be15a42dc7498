"""What Grafana's own types say against a dashboard: unknown fields and wrong types, at every level.

`schema_errors(dashboard)` is [] for a dashboard that Grafana 13 reads as written. A field that is missing is
no error (Grafana fills it); one that is misspelt, misplaced, of an older shape or a wrong type is.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

Json = dict[str, Any]

_SCHEMAS = Path(__file__).parent / "schemas" / "grafana"
_KINDS = {path.name.split(".")[0] for path in _SCHEMAS.glob("*/*.options.json")}
# Read by Grafana, but missing from its types: the query of an annotation, written flat, and a variable's.
_UNTYPED = {
    "annotations": {"expr", "step", "tagKeys", "textFormat", "titleFormat", "useValueForTime"},
    "templating": {"definition"},
}


def schema_errors(dashboard: Json) -> list[str]:
    """Every disagreement, as `place: what`."""
    return [*_frame_errors(dashboard), *_panels_errors(dashboard.get("panels", []), "panels")]


def _frame_errors(dashboard: Json) -> Iterator[str]:
    frame = {key: value for key, value in dashboard.items() if key != "panels"}
    for key, untyped in _UNTYPED.items():
        items = frame.get(key, {}).get("list", [])
        frame[key] = {"list": [{k: v for k, v in item.items() if k not in untyped} for item in items]}
    yield from _errors("dashboard", frame, "dashboard")


def _panels_errors(panels: list[Json], place: str) -> Iterator[str]:
    for panel in panels:
        where = f"{place}[{panel.get('title') or panel.get('id')}]"
        yield from _row_errors(panel, where) if panel.get("type") == "row" else _panel_errors(panel, where)


def _row_errors(row: Json, where: str) -> Iterator[str]:
    yield from _errors("row", row | {"panels": []}, where)
    yield from _panels_errors(row.get("panels", []), f"{where}.panels")


def _panel_errors(panel: Json, where: str) -> Iterator[str]:
    kind = panel.get("type")
    yield from _errors("panel", panel, where)
    if kind not in _KINDS:
        yield f"{where}: there is no schema for panels of type {kind!r}"
        return
    yield from _errors(f"{kind}.options", panel.get("options", {}), f"{where}.options")
    yield from _field_errors(panel.get("fieldConfig", {}), kind, f"{where}.fieldConfig")
    for target in panel.get("targets", []):
        yield from _errors("target", target, f"{where}.targets[{target.get('refId')}]")


def _field_errors(config: Any, kind: str, where: str) -> Iterator[str]:
    if not isinstance(config, dict):
        return  # the schema of the panel has said so
    yield from _custom_errors(config.get("defaults", {}).get("custom", {}), kind, f"{where}.defaults.custom")
    for override in config.get("overrides", []):
        name = override["matcher"].get("options")
        for change in override["properties"]:
            yield from _property_errors(change, kind, f"{where}.overrides[{name}].{change['id']}")


def _property_errors(change: Json, kind: str, where: str) -> Iterator[str]:
    """A property of an override is one field of `defaults`, or of its `custom`."""
    prefix, _, name = change["id"].rpartition(".")
    if prefix == "custom":
        yield from _custom_errors({name: change["value"]}, kind, where)
    else:
        config = {"defaults": {change["id"]: change["value"]}, "overrides": []}
        yield from _errors("panel", {"fieldConfig": config}, where)


def _custom_errors(custom: Json, kind: str, where: str) -> Iterator[str]:
    if (_SCHEMAS / "derived" / f"{kind}.custom.json").exists():
        yield from _errors(f"{kind}.custom", custom, where)
    elif custom:
        yield f"{where}: panels of type {kind!r} have no fields of their own, but found {sorted(custom)}"


def _errors(schema: str, value: Any, where: str) -> Iterator[str]:
    for error in _validator(schema).iter_errors(value):
        path = "".join(f".{step}" for step in error.absolute_path)
        yield f"{where}{path}: {error.message}"


@cache
def _validator(name: str) -> Draft7Validator:
    (path,) = _SCHEMAS.glob(f"*/{name}.json")
    return Draft7Validator(json.loads(path.read_text()))
