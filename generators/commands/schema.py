"""`tocsin schema`: the JSON Schema of catalog files, made from the models that read them."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import models_json_schema

from generators.commands import common
from generators.spec import KINDS

_ID = "https://json-schema.org/draft/2020-12/schema"


def schema() -> int:
    """Print the schema."""
    print(json.dumps(catalog_schema(), indent=2))
    return common.OK


def catalog_schema() -> dict[str, Any]:
    """One schema for every kind of document, chosen by the first key."""
    refs, definitions = models_json_schema([(spec, "validation") for spec in KINDS.values()], by_alias=True)
    definitions = definitions["$defs"]
    for model in definitions.values():
        _relax(model)
    choices = []
    for kind, spec in KINDS.items():
        target = definitions[refs[(spec, "validation")]["$ref"].rsplit("/", 1)[1]]
        target["properties"]["environments"] = {
            "type": "object",
            "description": "what differs in an environment: a patch of this document, null removes",
        }
        choices.append({"if": {"required": [kind]}, "then": refs[(spec, "validation")]})
    any_kind = {"anyOf": [{"required": [kind]} for kind in KINDS]}
    return {"$schema": _ID, "title": "tocsin catalog", "type": "object", **any_kind, "allOf": choices, "$defs": definitions}


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
