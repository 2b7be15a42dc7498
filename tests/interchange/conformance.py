"""Specs of sloth and the rules that sloth makes of them, which lie beside the repository where they are at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[3] / "shared" / "conformance"
_CONDITION = re.compile(r"ratio_rate(\w+)\{[^}]*\} > \(([\d.]+) \* ([\d.e-]+)\)")


@dataclass(frozen=True, slots=True)
class Burn:
    """A pair of windows, how many times too fast the budget burns in both, and whether somebody is woken."""

    short: str
    long: str
    factor: Decimal
    pages: bool


def folder(name: str) -> Path:
    """The folder of a format's files."""
    if not FOLDER.is_dir():
        pytest.skip(f"the conformance files of other tools are not beside the repository ({FOLDER.name}/{name})")
    return FOLDER / name


def rules(path: Path) -> list[dict[str, Any]]:
    """Every rule of every document of a rule file."""
    documents = yaml.safe_load_all(path.read_text(encoding="utf-8"))
    return [rule for document in documents if document for group in document["groups"] for rule in group["rules"]]


def objectives(made: list[dict[str, Any]]) -> dict[tuple[str, str], Decimal]:
    """The objective of each SLO, by service and name."""
    found = (rule for rule in made if rule.get("record") == "slo:objective:ratio")
    return {
        (rule["labels"]["sloth_service"], rule["labels"]["sloth_slo"]): round(Decimal(rule["expr"][7:-1]), 9)
        for rule in found
    }


def burns(made: list[dict[str, Any]], service: str, slo: str) -> set[Burn]:
    """What the alerts of an SLO compare."""
    return {burn for rule in made if "alert" in rule for burn in _burns(rule, f'sloth_service="{service}"', slo)}


def _burns(rule: dict[str, Any], service: str, slo: str) -> Iterator[Burn]:
    if service not in rule["expr"] or f'sloth_slo="{slo}"' not in rule["expr"]:
        return
    found = _CONDITION.findall(rule["expr"])
    for (one, factor, _), (other, _, _) in zip(found[::2], found[1::2], strict=True):
        yield Burn(one, other, Decimal(factor), rule["labels"]["sloth_severity"] == "page")
