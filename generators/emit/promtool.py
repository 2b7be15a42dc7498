"""Proofs as promtool test files. Cases that feed other series run side by side, which saves most of the time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from generators import proof
from generators.emit.artifact import Artifact
from generators.emit.header import GENERATED
from generators.emit.yaml_text import yaml_text
from generators.naming import NO_DATA_PART, Label, part_file
from generators.proof.case import ALONE, Case, Check, Unproven
from generators.proof.timeline import series_text
from generators.rules.bundle import Bundle
from generators.units import Duration

FOLDER = "prometheus/tests"


def test_file(cases: Sequence[Case], rules: Sequence[str]) -> dict[str, Any]:
    """The data of a test file for the rule files at these (relative) paths; all cases have the same intervals."""
    return {
        "rule_files": list(rules),
        "evaluation_interval": str(cases[0].pace.evaluation),
        "tests": [_group(together) for together in packed(cases)],
    }


def packed(cases: Iterable[Case]) -> list[list[Case]]:
    """The cases in as few lists as there have to be, so that no two of one list feed the same series."""
    lists: list[list[Case]] = []
    for case in cases:
        fitting = (together for together in lists if not any(_clash(case, other) for other in together))
        together = next(fitting, [])
        if not together:
            lists.append(together)
        together.append(case)
    return lists


def _clash(one: Case, other: Case) -> bool:
    alone = ALONE in (one.claims, other.claims)
    return alone or one.pace != other.pace or not one.claims.isdisjoint(other.claims)


def _group(cases: Sequence[Case]) -> dict[str, Any]:
    checks = [check for case in cases for check in case.checks]
    expressions = [*(_of_alerts(check) for check in checks if not _is_full(check)), *_readings(cases)]
    group: dict[str, Any] = {
        "name": "; ".join(case.name for case in cases),
        "interval": str(cases[0].pace.scrape),
        "input_series": [{"series": s, "values": v} for case in cases for s, v in case.inputs.items()],
        "alert_rule_test": [_of_rules(check) for check in checks if _is_full(check)],
        "promql_expr_test": expressions,
    }
    return {name: value for name, value in group.items() if value}


def _is_full(check: Check) -> bool:
    return all(firing.annotations is not None for firing in check.firing)


def _of_rules(check: Check) -> dict[str, Any]:
    expected = [{"exp_labels": _plain(f.labels), "exp_annotations": _plain(f.annotations or {})} for f in check.firing]
    return {
        "eval_time": _time(check.at),
        "alertname": check.alert,
        **({"exp_alerts": expected} if expected else {}),
    }


def _of_alerts(check: Check) -> dict[str, Any]:
    """By the series that Prometheus writes for alerts, which have the labels only."""
    state = {Label.ALERT.value: check.alert, "alertstate": "firing"}
    return {
        "expr": series_text("ALERTS", state),
        "eval_time": _time(check.at),
        "exp_samples": [
            {"labels": series_text("ALERTS", {**_plain(f.labels), **state}), "value": 1} for f in check.firing
        ],
    }


def _readings(cases: Sequence[Case]) -> Iterator[dict[str, Any]]:
    for case in cases:
        for reading in case.readings:
            samples = [{"labels": labels, "value": value} for labels, value in reading.samples]
            yield {
                "expr": reading.expr,
                "eval_time": _time(reading.at),
                **({"exp_samples": samples} if samples else {}),
            }


def _plain(texts: Mapping[str, str]) -> dict[str, str]:
    return {str(name): str(text) for name, text in texts.items()}


def _time(at: Decimal) -> str:
    return str(Duration(at))


def artifacts(bundle: Bundle) -> Iterator[Artifact]:
    """The test files: one for each part of a service, and one more for each pace at which rules are evaluated."""
    for file in bundle.files:
        found = list(proof.cases(bundle.catalog, file.service))
        unproven = [one for one in found if isinstance(one, Unproven)]
        there = {part for part, _groups in file.parts}
        for (part, evaluation), cases in _by_file(found).items():
            suffix = "" if evaluation == bundle.catalog.platform.evaluation_interval else f".every-{evaluation}"
            rules = [f"../rules/{part_file(file.name, name)}.yaml" for name in cases[0].rules if name in there]
            path = f"{FOLDER}/{part_file(file.name, part)}{suffix}.test.yaml"
            yield Artifact(path, yaml_text(test_file(cases, rules), _header(part, unproven)))


def _by_file(found: Iterable[Case | Unproven]) -> dict[tuple[str, Duration], list[Case]]:
    """The cases of each part and pace."""
    files: dict[tuple[str, Duration], list[Case]] = {}
    for case in found:
        if isinstance(case, Case):
            files.setdefault((case.part, case.pace.evaluation), []).append(case)
    return dict(sorted(files.items()))


def _header(part: str, unproven: Iterable[Unproven]) -> str:
    """What is not proven of an SLO stands with it, all else with the proof that all services have."""
    about = "" if part == NO_DATA_PART else part or None
    return "\n".join([GENERATED, *(f"Not proven: {u.alert}: {u.why}." for u in unproven if u.part == about)])
