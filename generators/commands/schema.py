"""`tocsin schema`: the JSON Schema of catalog files, made from the models that read them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from generators.commands import common
from generators.reference import reference
from generators.spec import KINDS

_PATCHES = {
    "type": "object",
    "description": "what differs in an environment: a patch of this document; null removes",
}
_ID = "https://json-schema.org/draft/2020-12/schema"


def schema(form: str) -> int:
    """Print the schema, or the reference that is made from the same models."""
    print(_FORMS[form](), end="")
    return common.OK


def schema_text() -> str:
    """The schema as a file."""
    return json.dumps(catalog_schema(), indent=2) + "\n"


def catalog_schema() -> dict[str, Any]:
    """One schema for every kind of document, chosen by the first key."""
    refs, definitions = models_json_schema([(spec, "validation") for spec in KINDS.values()], by_alias=True)
    definitions = definitions["$defs"]
    for model in definitions.values():
        _relax(model)
    _allow_overrides(definitions)
    chosen: dict[str, Any] = {
        "required": ["service"],
        "description": "the first key says what kind of document it is",
    }
    for kind, spec in reversed(list(KINDS.items())):
        target = definitions[refs[(spec, "validation")]["$ref"].rsplit("/", 1)[1]]
        target["properties"]["environments"] = dict(_PATCHES)
        chosen = {"if": {"required": [kind]}, "then": refs[(spec, "validation")], "else": chosen}
    return {"$schema": _ID, "title": "tocsin catalog", "type": "object", **chosen, "$defs": definitions}


def _allow_overrides(definitions: dict[str, Any]) -> None:
    """A service says of a pack's entries only what differs, and drops them with null."""
    properties = definitions["ServiceSpec"]["properties"]
    for part in ("thresholds", "slos"):
        for pattern, entry in _entries(properties[part]).items():
            partial = dict(definitions[entry["$ref"].rsplit("/", 1)[1]])
            partial.pop("required")
            _entries(properties[part])[pattern] = {"anyOf": [partial, {"type": "null"}]}
    for pattern, whole in _entries(properties["signals"]).items():
        override = {"type": ["object", "null"], "not": {"required": ["kind"]}}
        _entries(properties["signals"])[pattern] = {"anyOf": [whole, override]}


def _entries(mapping: dict[str, Any]) -> dict[str, Any]:
    """The schema of a mapping's values, by the pattern of their names."""
    found: dict[str, Any] = mapping["patternProperties"]
    return found


def _relax(node: Any) -> None:
    """YAML writes numbers and dates without quotes, so wherever text is read from a scalar, they are fine too."""
    if isinstance(node, dict):
        if node.get("type") == "string":
            node["type"] = ["string", "number"]
            node.pop("format", None)
        for value in node.values():
            _relax(value)
    elif isinstance(node, list):
        for value in node:
            _relax(value)


_FORMS: Mapping[str, Callable[[], str]] = {"json": schema_text, "markdown": reference}
