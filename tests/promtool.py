"""Expressions put to the real promtool, at any moment."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from generators.toolchain import Tool, judges, require

EVERY_PROMTOOL = pytest.mark.parametrize("promtool", judges("promtool") or [require("promtool")], ids=str)


@dataclass(frozen=True, slots=True)
class Expected:
    """That an expression has these samples (labels to value) so many seconds after 1970 began."""

    expr: str
    at: int
    samples: Mapping[str, float]

    @property
    def data(self) -> dict[str, Any]:
        samples = [{"labels": labels, "value": value} for labels, value in self.samples.items()]
        return {"expr": self.expr, "eval_time": f"{self.at}s", "exp_samples": samples}


def hold(promtool: Tool, folder: Path, expected: Iterable[Expected], inputs: Mapping[str, str] | None = None) -> None:
    """Raises AssertionError with all that promtool says of those that don't hold; inputs have a sample a minute."""
    series = [{"series": name, "values": values} for name, values in (inputs or {}).items()]
    case = {"interval": "1m", "input_series": series, "promql_expr_test": [one.data for one in expected]}
    path = folder / "expected.test.yaml"
    # Samples are loaded evaluation by evaluation; without any, years at once save promtool from counting to today.
    every = "1m" if series else "99999d"
    path.write_text(yaml.safe_dump({"evaluation_interval": every, "tests": [case]}), "utf-8")
    command = [str(promtool.path), "test", "rules", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def run_rules(
    promtool: Tool, folder: Path, rules: str, inputs: Mapping[str, str], expected: Mapping[str, Decimal]
) -> None:
    """Raises AssertionError with what promtool says where a series has not just about that value after an hour."""
    (folder / "rules.yaml").write_text(rules, "utf-8")
    near = (f"abs({series} - {value:f}) < bool 0.001 * {max(abs(value), 1):f}" for series, value in expected.items())
    checks = [
        {"expr": f"sum({expr})", "eval_time": "1h", "exp_samples": [{"labels": "{}", "value": 1}]} for expr in near
    ]
    series = [{"series": name, "values": values} for name, values in inputs.items()]
    case = {"interval": "1m", "input_series": series, "promql_expr_test": checks}
    data = {"rule_files": ["rules.yaml"], "evaluation_interval": "1m", "tests": [case]}
    path = folder / "rules.test.yaml"
    path.write_text(yaml.safe_dump(data), "utf-8")
    command = [str(promtool.path), "test", "rules", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
