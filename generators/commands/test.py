"""`tocsin test`: the generated tests on the rendered output, with promtool and amtool as judges."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generators.commands import common
from generators.emit import alerting, prometheus, promtool
from generators.source import data, load
from generators.toolchain import Tool, ToolError, judges, require

_LONGEST = 600  # seconds; a tool that takes longer hangs


@dataclass(frozen=True, slots=True)
class Verdict:
    """One run of a tool: what it was about, whether it passed, and what it printed if not."""

    about: str
    passed: bool
    said: str = ""


def test(output: Path, environments: Sequence[str]) -> int:
    """Run everything; print a line for each tool and environment, and what failed."""
    folders = [output / name for name in environments] if environments else _environments(output)
    missing = [folder for folder in folders if not (folder / prometheus.FOLDER).is_dir()]
    if missing or not folders:
        common.say(f"{(missing or [output])[0]} holds no rendered environment\n  hint: run `tocsin render` first")
        return common.UNUSABLE
    try:
        tools = judges("promtool") or [require("promtool")]
        amtools = judges("amtool") or [require("amtool")]
    except ToolError as error:
        common.say(str(error))
        return common.UNUSABLE
    passed = [_report(folder, tool, _rules(folder, tool)) for folder in folders for tool in tools]
    passed += [_report(folder, tool, _routes(folder, tool)) for folder in folders for tool in amtools]
    return common.OK if all(passed) else common.FINDINGS


def _environments(output: Path) -> list[Path]:
    return sorted(p.parent.parent for p in output.glob(f"*/{prometheus.FOLDER}"))


def _report(folder: Path, tool: Tool, verdicts: Sequence[Verdict]) -> bool:
    failed = [v for v in verdicts if not v.passed]
    print(f"{folder.name}: {tool}: {len(verdicts) - len(failed)} passed, {len(failed)} failed")
    for verdict in failed:
        common.say(f"{verdict.about}\n{verdict.said}".rstrip())
    return not failed


def _rules(folder: Path, tool: Tool) -> list[Verdict]:
    rules = sorted((folder / prometheus.FOLDER).glob("*.yaml"))
    tests = sorted((folder / promtool.FOLDER).glob("*.test.yaml"))
    commands = [[str(tool.path), "check", "rules", *map(str, rules)]]
    commands += [[str(tool.path), "test", "rules", str(path)] for path in tests]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(_run, commands))


def _run(command: Sequence[str]) -> Verdict:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_LONGEST)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Verdict(command[-1], passed=False, said=str(error))
    return Verdict(command[-1], done.returncode == 0, done.stdout + done.stderr)


def _routes(folder: Path, tool: Tool) -> list[Verdict]:
    config = folder / alerting.CONFIG
    verdicts = [_run([str(tool.path), "check-config", str(config)])]
    cases = set(_expected(folder, _routed_by(config)))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return verdicts + list(pool.map(lambda case: _route(tool, config, *case), sorted(cases)))


def _routed_by(config: Path) -> frozenset[str]:
    """The labels that routes go by: alerts that agree on them are routed alike."""
    (document,) = load(config.name, config.read_bytes())
    waiting, found = [data(document.root)["route"]], set()
    while waiting:
        route = waiting.pop()
        waiting += route.get("routes", ())
        found |= {re.split("[=!~]", matcher, maxsplit=1)[0] for matcher in route.get("matchers", ())}
    return frozenset(found)


def _expected(folder: Path, routed_by: frozenset[str]) -> Iterator[tuple[tuple[tuple[str, str], ...], tuple[str, ...]]]:
    """Label sets that differ for routing, with the receivers that the simulator expects; amtool knows no inhibition."""
    path = folder / alerting.TESTS
    for document in load(path.name, path.read_bytes()):
        for case in data(document.root)["tests"]:
            for alert in case["alerts"]:
                if "expected_receivers" in alert:
                    yield _labels(alert["labels"], routed_by), tuple(alert["expected_receivers"])


def _labels(labels: Mapping[str, Any], routed_by: frozenset[str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, str(value)) for name, value in labels.items() if name in routed_by))


def _route(tool: Tool, config: Path, labels: Sequence[tuple[str, str]], receivers: Sequence[str]) -> Verdict:
    said = [f"{name}={value}" for name, value in labels]
    verify = f"--verify.receivers={','.join(receivers)}"
    command = [str(tool.path), "config", "routes", "test", f"--config.file={config}", verify, *said]
    verdict = _run(command)
    return Verdict(" ".join(said), verdict.passed, verdict.said)
