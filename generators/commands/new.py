"""`tocsin new`: a catalog of one's own that compiles as it is, or one more service in a catalog."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from generators import pipeline
from generators.commands import common
from generators.commands.schema import schema_text
from generators.diagnostics import CatalogError
from generators.source import data

_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_SERVICE = "services/service.yaml"
_FILES = ("platform.yaml", "severities.yaml", "teams.yaml", "playbook.md", _SERVICE)
_SCHEMA = "catalog.schema.json"


def new(what: str, name: str, catalog: Path) -> int:
    """Write the files, none of them over another."""
    name = name or ("shop" if what == "catalog" else "")
    if not _NAME.fullmatch(name):
        common.say(
            f'"{name}" is no name for a {what}\n  hint: `tocsin new {what} my-{what}`: lower case, digits, - and _'
        )
        return common.UNUSABLE
    try:
        wanted = _catalog(name) if what == "catalog" else _service(name, catalog)
    except common.RefusedError:
        return common.UNUSABLE
    taken = [path for path in wanted if (catalog / path).exists()]
    if taken or (what == "catalog" and catalog.is_dir() and any(catalog.iterdir())):
        common.say(
            f"{catalog / taken[0] if taken else catalog} is already there\n  hint: choose another name or folder"
        )
        return common.UNUSABLE
    try:
        _write(wanted, catalog)
    except OSError as error:
        common.say(f"cannot write {error.filename}: {error.strerror}")
        return common.UNUSABLE
    print("\n".join(str(catalog / path) for path in wanted))
    print(f"next: edit them, then `tocsin render --catalog {catalog}`")
    return common.OK


def _catalog(name: str) -> dict[str, str]:
    values = {"name": name, "title": name.capitalize()}
    found = {path: _filled(path, values) for path in _FILES if path != _SERVICE}
    first = {
        "name": "web",
        "title": "Web",
        "owner": "sre",
        "dashboard": "services",
        "playbook": "service-degraded",
    }
    found["services/web.yaml"] = _filled(_SERVICE, {**first, "up": "../"})
    found[_SCHEMA] = schema_text()
    return found


def _service(name: str, catalog: Path) -> dict[str, str]:
    """A service owned by the platform's owner, on its first dashboard, with its first playbook. Raises RefusedError."""
    source = common.read(catalog)
    try:
        documents = pipeline.parse(source.files)
    except CatalogError as error:
        common.say(source.drawn(error.diagnostics))
        raise common.RefusedError from None
    firsts = {d.kind: data(d.root) for d in reversed(documents)}
    owner = firsts.get("platform", {}).get("owner", "sre")
    named = {kind: firsts.get(kind, {}).get(kind, kind) for kind in ("dashboard", "playbook")}
    values = {
        "name": name,
        "title": name.replace("-", " ").capitalize(),
        "owner": owner,
        "up": "../",
        **named,
    }
    return {f"services/{name}.yaml": _filled(_SERVICE, values)}


def _filled(path: str, values: Mapping[str, str]) -> str:
    text = (files("generators") / "scaffold" / "catalog" / path).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text


def _write(wanted: Mapping[str, str], catalog: Path) -> None:
    for path, text in wanted.items():
        target = catalog / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
