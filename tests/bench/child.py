"""One measured run, in a process of its own so that its peak memory is its own. Prints JSON."""

from __future__ import annotations

import gc
import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

from generators import pipeline
from generators.emit.header import GENERATED
from generators.emit.prometheus import rule_file
from generators.emit.yaml_text import yaml_text
from generators.rules.bundle import Bundle, bundle
from generators.rules.group import Alert, Group
from generators.writer import carry_out, plan

T = TypeVar("T")
Figures = dict[str, float]


def phases(catalog: Path, output: Path) -> Figures:
    """A render, step by step: processor seconds of each, with what was made."""
    figures: Figures = {}
    began = perf_counter()

    def measured(phase: str, step: Callable[[], T]) -> T:
        start = process_time()
        result = step()
        figures[phase] = process_time() - start
        return result

    files = pipeline.read_folder(catalog)
    documents = measured("load", lambda: pipeline.parse(files))
    bundles = measured("compile", lambda: [bundle(catalog) for catalog in pipeline.linked(documents)])
    if found := measured("check", lambda: pipeline.checked(bundles)):
        raise ValueError(f"the synthetic catalog is not clean: {found[0]}")
    figures["files"] = measured("write", lambda: _written(bundles, output))
    rules = sum(len(group.rules) for bundle in bundles for file in bundle.files for group in file.groups)
    return figures | {"rules": rules, "wall": perf_counter() - began}


def one_file(catalog: Path, output: Path, rules: int) -> Figures:
    """The time to write one rule file with so many rules."""
    group = _many(pipeline.bundles(pipeline.read_folder(catalog))[0], rules)
    start = process_time()
    output.write_text(yaml_text(rule_file((group,), "30s"), GENERATED), encoding="utf-8")
    return {"write": process_time() - start, "rules": len(group.rules)}


def _written(bundles: list[Bundle], output: Path) -> int:
    planned = plan(pipeline.artifacts(bundles), output)
    carry_out(planned)
    return len(planned.artifacts)


def _many(bundle: Bundle, rules: int) -> Group:
    """So many rules, made of those of the catalog again and again under other names."""
    known = [alert for file in bundle.files for alert in file.alerts]
    copies = (known[number % len(known)] for number in range(rules))
    return Group("many", tuple(_renamed(alert, number) for number, alert in enumerate(copies)))


def _renamed(alert: Alert, number: int) -> Alert:
    return Alert(f"{alert.name}{number}", alert.expr, alert.labels, alert.annotations, alert.hold)


def main(catalog: str, output: str, rules: int = 0) -> None:
    gc.disable()  # as the command does
    folder, out = Path(catalog), Path(output)
    figures = one_file(folder, out, rules) if rules else phases(folder, out)
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps(figures | {"megabytes": kilobytes / 1024}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
