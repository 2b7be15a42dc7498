"""`tocsin check`: everything about a catalog that can be known without a server."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from generators import pipeline
from generators.commands import common
from generators.diagnostics import CatalogError, Diagnostic


def check(catalog: Path, environments: Sequence[str], form: str) -> int:
    """Print every finding in that form."""
    try:
        source = common.read(catalog)
    except common.RefusedError:
        return common.UNUSABLE
    try:
        compiled = pipeline.bundles(source.files, environments)
        found = pipeline.checked(compiled, datetime.now(UTC).date())
        status = common.FINDINGS if found else common.OK
    except CatalogError as error:
        found, status = list(error.diagnostics), common.UNUSABLE
    if found or form == "json":
        print(_FORMS[form](source, found))
    elif form == "text":
        alerts = sum(1 for bundle in compiled for _ in bundle.alerts)
        print(f"{len(compiled)} environments, {alerts} alerts: nothing to say")
    return status


def _json(source: common.Source, found: Sequence[Diagnostic]) -> str:
    return json.dumps([_fields(d) for d in source.placed(found)], indent=2)


def _fields(found: Diagnostic) -> dict[str, object]:
    place = found.location
    where = {"path": place.path, "line": place.line, "column": place.column} if place else {}
    return {"code": found.code, "level": found.level, "message": found.message, "hint": found.hint, **where}


def _github(source: common.Source, found: Sequence[Diagnostic]) -> str:
    return "\n".join(_annotation(d) for d in source.placed(found))


def _annotation(found: Diagnostic) -> str:
    place = found.location
    where = f" file={place.path},line={place.line},col={place.column},title={found.code}" if place else ""
    message = f"{found.message} ({found.hint})" if found.hint else found.message
    escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{found.level}{where}::{escaped}"


_FORMS: Mapping[str, Callable[[common.Source, Sequence[Diagnostic]], str]] = {
    "text": lambda source, found: source.drawn(found),
    "json": _json,
    "github": _github,
}
