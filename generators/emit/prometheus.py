"""Rule groups to Prometheus rule files: one `groups:` document a file, because Prometheus reads only the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from generators.emit.artifact import Artifact
from generators.emit.header import GENERATED
from generators.emit.yaml_text import yaml_text
from generators.naming import part_file
from generators.promql import layout
from generators.rules.bundle import Bundle
from generators.rules.group import Alert, Group, Rule

FOLDER = "prometheus/rules"


def artifacts(bundle: Bundle) -> Iterator[Artifact]:
    """The rule files."""
    interval = str(bundle.catalog.platform.evaluation_interval)
    for file in bundle.files:
        for part, groups in file.parts:
            name = part_file(file.name, part)
            yield Artifact(f"{FOLDER}/{name}.yaml", yaml_text(rule_file(groups, interval), GENERATED))


def rule_file(groups: Iterable[Group], interval: str) -> dict[str, Any]:
    """The content of a rule file."""
    return {"groups": [_group(group, interval) for group in groups]}


def _group(group: Group, interval: str) -> dict[str, Any]:
    rules = [_rule(rule) for rule in group.rules]
    return {"name": group.name, "interval": str(group.interval or interval), "rules": rules}


def _rule(rule: Rule) -> dict[str, Any]:
    if isinstance(rule, Alert):
        return _alert(rule)
    data: dict[str, Any] = {"record": rule.name, "expr": layout(rule.expr)}
    return data | ({"labels": _text(rule.labels)} if rule.labels else {})


def _alert(rule: Alert) -> dict[str, Any]:
    data: dict[str, Any] = {"alert": rule.name, "expr": layout(rule.expr)}
    if rule.hold is not None:
        data["for"] = str(rule.hold)
    if rule.keep_firing_for is not None:
        data["keep_firing_for"] = str(rule.keep_firing_for)
    return data | {"labels": _text(rule.labels), "annotations": dict(rule.annotations)}


def _text(labels: Any) -> dict[str, str]:
    return {str(name): str(labels[name]) for name in sorted(labels)}
