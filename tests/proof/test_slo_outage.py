"""The story of an SLO: promtool agrees with it, and no longer does once a rule loses what a stage of it is about."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from generators.emit import prometheus, promtool
from generators.emit.yaml_text import yaml_text
from generators.proof import slo_outage
from generators.proof.slo import Proof
from generators.rules.bundle import Bundle, RuleFile
from generators.toolchain.at_hand import Tool, judges
from tests.helpers import bundles

# Two counters, of which one can be missing alone.
SOLD = """\
-  oven_orders_total: {type: counter, unit: orders, labels: [result]}
+  oven_orders_total: {type: counter, unit: orders, labels: [result]}
+  oven_burnt_total: {type: counter, unit: orders}
-    bad: {result: burnt}
+    bad_counter: oven_burnt_total
-    objective: 99%
-    period: 28d
+    objective: 99%
+    period: 30d
"""
MUTANTS = {
    "burning at the budget fires": (r"> 0\.06\b", "> 0.009"),
    "counters must not restart": (r"rate\((oven[^)]*)\[5m\]", r"delta(\1[5m]"),
    "an outage fires late": (r"> 0\.144\b", "> 0.4"),
    "an outage fires early": (r"> 0\.144\b", "> 0.02"),
    "a recovery is not seen": (r"and\s+slo:error_ratio:rate5m\S*\s*> 0\.144\b", ""),
    "an end is told at once": (r"keep_firing_for: 5m", "keep_firing_for: 0s"),
    "missing data are no events": (r"(record: slo:events_total:rate5m\s+expr:) (\S.*?)\n", r"\1 (\2) or vector(0)\n"),
    "bad events are data enough": (r"absent\(slo:events_total", "absent(slo:events_bad"),
}


@cache
def story() -> tuple[str, str]:
    """The rules of the SLO, and its story."""
    bundle = bundles(SOLD)["shop"]
    (file,) = (file for file in bundle.files if file.name == "oven")
    assert file.service
    (slo,) = file.service.slos
    cases = list(slo_outage.cases(Proof(bundle.catalog, file.service, slo)))
    assert len(cases) == 1
    return rules(bundle, file), yaml_text(promtool.test_file(cases, ["rules.yaml"]))


def rules(bundle: Bundle, file: RuleFile) -> str:
    groups = [group for group in file.groups if group.part]
    return yaml_text(prometheus.rule_file(groups, str(bundle.catalog.platform.evaluation_interval)))


def agrees(tool: Tool, folder: Path, of_rules: str) -> bool:
    (folder / "rules.yaml").write_text(of_rules, encoding="utf-8")
    (folder / "tests.yaml").write_text(story()[1], encoding="utf-8")
    command = [str(tool.path), "test", "rules", str(folder / "tests.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "parse" not in done.stdout + done.stderr, done.stdout + done.stderr
    return done.returncode == 0


@pytest.mark.parametrize("tool", judges("promtool"), ids=str)
def test_promtool_agrees(tool: Tool, tmp_path: Path) -> None:
    assert agrees(tool, tmp_path, story()[0])


@pytest.mark.parametrize(("pattern", "replacement"), MUTANTS.values(), ids=MUTANTS)
def test_a_changed_rule_is_found(pattern: str, replacement: str, tmp_path: Path) -> None:
    changed, found = re.subn(pattern, replacement, story()[0], flags=re.DOTALL)
    assert found
    assert not agrees(judges("promtool")[0], tmp_path, changed)
