"""The judge: promtool evaluates the emitted rules on traffic, and compares what they record with the truth."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from generators import naming, pipeline
from generators.emit import prometheus
from generators.emit.yaml_text import yaml_text
from generators.proof.timeline import series_text
from generators.toolchain.at_hand import Tool
from generators.units import Duration
from tests.truth.claims import Claim, Setting, Trial, claims, seen
from tests.truth.exposed import SLOS

CATALOG = Path(__file__).with_name("catalog.yaml")
HOURS = Setting("hours", unit=15, evaluation=8, units=4 * 240)
DAYS = Setting("days", unit=60, evaluation=5, units=84 * 60)
_RATIO = naming.error_ratio(Duration.parse("5m")).removesuffix("5m")
_ROUNDING = 1e-9
_OPEN_SINCE = (3, 0, 0)

Rules = Mapping[str, Any]


@cache
def emitted(environment: str) -> Mapping[str, Rules]:
    """What is recorded, as a rule file for each SLO."""
    (bundle,) = pipeline.bundles({CATALOG.name: CATALOG.read_bytes()}, [environment])
    (file,) = (file for file in bundle.files if file.name == "shop")
    groups = prometheus.rule_file(file.groups, str(bundle.catalog.platform.evaluation_interval))["groups"]
    return {slo: {"groups": [_recording(g) for g in groups if g["name"] == f"shop.slo.{slo}"]} for slo in SLOS}


def _recording(group: Rules) -> Rules:
    return {**group, "rules": [rule for rule in group["rules"] if "record" in rule]}


def _names(rules: Rules) -> list[str]:
    return [rule["record"] for group in rules["groups"] for rule in group["rules"]]


def _windows(rules: Rules) -> list[int]:
    lengths = (name.removeprefix(_RATIO) for name in _names(rules) if name.startswith(_RATIO))
    return [int(Duration.parse(length).seconds) for length in lengths]


def is_closed(tool: Tool) -> bool:
    """Whether a window has the sample at its very start."""
    return tool.version < _OPEN_SINCE


def claimed(trial: Trial, setting: Setting, rules: Mapping[str, Rules], closed: bool) -> list[Claim]:
    """What has to hold in a trial."""
    return list(claims(trial, setting, _windows(rules[trial.slo]), closed))


def objections(tool: Tool, trials: Sequence[Trial], setting: Setting, rules: Mapping[str, Rules], folder: Path) -> str:
    """What promtool has against the rules; empty if nothing."""
    for slo, of_slo in rules.items():
        (folder / f"{slo}.yaml").write_text(yaml_text(of_slo), encoding="utf-8")
        tests = [_test(t, setting, of_slo, claimed(t, setting, rules, is_closed(tool))) for t in trials if t.slo == slo]
        data = {
            "rule_files": [f"{slo}.yaml"],
            "evaluation_interval": f"{setting.evaluation * setting.unit}s",
            "tests": tests,
        }
        (folder / f"{slo}.test.yaml").write_text(yaml_text(data), encoding="utf-8")
    command = [str(tool.path), "test", "rules", *map(str, sorted(folder.glob("*.test.yaml")))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def _test(trial: Trial, setting: Setting, rules: Rules, claimed: Sequence[Claim]) -> Rules:
    labels = {"environment": setting.environment, "service": "shop", "slo": trial.slo}
    end = f"{setting.units * setting.unit}s"
    return {
        "name": repr(trial),
        "interval": f"{setting.unit}s",
        "input_series": [{"series": s, "values": v} for s, v in seen(trial, setting).inputs.items()],
        "promql_expr_test": [
            *(_held(claim, setting.unit, labels) for claim in claimed),
            *({"expr": expr, "eval_time": end} for expr in _never(_names(rules), end)),
        ],
    }


def _held(claim: Claim, unit: int, labels: Mapping[str, str]) -> Rules:
    labels = {**labels, **({"pod": claim.pod} if claim.pod else {})}
    series, at = series_text(claim.series, labels), f"{claim.at * unit}s"
    if claim.truth is None:
        return {"expr": series, "eval_time": at}
    expr = f"abs({series} - {claim.truth!r}) <= bool {claim.bound + _ROUNDING!r}"
    return {"expr": expr, "eval_time": at, "exp_samples": [{"labels": series_text("", labels), "value": 1}]}


def _never(names: Iterable[str], lasting: str) -> Iterator[str]:
    """What must have no value: NaN, which spoils every sum, of anything stored; and bad events without all events."""
    for name in names:
        stored = f"sum_over_time({name}[{lasting}])"
        yield f"{stored} unless {stored} < Inf"
    bad, total = (f"count_over_time({name}[{lasting}])" for name in (naming.SLO_BAD, naming.SLO_TOTAL))
    yield f"{bad} unless {bad} == {total}"
