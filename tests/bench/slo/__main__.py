"""`python -m tests.bench.slo [--quick] [--line 2.42]`: measures, and prints the tables of docs/measurements.md."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from dataclasses import dataclass
from pathlib import Path

from generators.toolchain import Tool, ToolError, ensure, judges
from tests.bench.slo import accuracy, cost, detection, history, peers, tables, written
from tests.bench.slo.contenders import contenders, raw_windows, to_date, tocsin
from tests.bench.slo.rules import Contender, seconds
from tests.prometheus import Prometheus, prometheus

_WINDOWS = ("5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d")


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    sizes: tuple[cost.Size, ...]
    unscraped: tuple[str, ...]
    faults: tuple[history.Fault, ...]


FULL = Plan((cost.Size(10, 30), cost.Size(100, 30), cost.Size(1000, 3)), tuple(history.UNSCRAPED), history.FAULTS)
QUICK = Plan((cost.Size(10, 30), cost.Size(100, 3)), tuple(history.UNSCRAPED)[:1], history.FAULTS[:2])


def main() -> None:
    asked = _arguments()
    plan = QUICK if asked.quick else FULL
    ensure(("prometheus", "promtool"))
    server, tool = _newest("prometheus", asked.line), _newest("promtool", "")
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-slo-") as folder:
        print(f"{os.cpu_count()} processors, {platform.machine()}; {server}, scrapes every 15 s, rules every 30 s.")
        print(f"{written.compare(Path(folder))} {peers.PYRRA_FROM}\n", flush=True)
        _costs(server, tool, Path(folder, "cost"), plan)
        _judge(server, tool, Path(folder, "history"), plan)


def _costs(server: Tool, tool: Tool, data: Path, plan: Plan) -> None:
    sizes = [size.series for size in plan.sizes]
    costs = cost.measure(server, tool, data, plan.sizes, history.END)
    title = f"Samples read by one evaluation of all rules; the columns on the right are of {sizes[-1]:,} series."
    tables.print_table(title, tables.cost_columns(sizes), tables.cost_rows(costs, sizes))


def _judge(server: Tool, tool: Tool, data: Path, plan: Plan) -> None:
    uneven = {title: history.UNSCRAPED[title] for title in plan.unscraped}
    past = history.write(server, tool, data, uneven.values(), plan.faults)
    with prometheus(server, data) as running:
        _errors(running, past, plan)
        _told(running, past, plan)
    title = "Samples recorded, and how many of them are not a number (a service is idle for an hour)."
    tables.print_table(title, ("rules of", "samples", "NaN"), tables.tally_rows(past.recorder.tallies))


def _errors(running: Prometheus, past: history.History, plan: Plan) -> None:
    errors = {
        title: accuracy.measure(running, contenders(past.compiled, job), past.truths[job], history.LAST)
        for title, job in ((title, history.UNSCRAPED[title].job) for title in plan.unscraped)
    }
    main, *_ = errors.values()
    title = f"Relative error against the counted truth, median / worst of {accuracy.TIMES} evaluations within a day."
    tables.print_table(title, tables.error_columns(_WINDOWS), tables.error_rows(main, _WINDOWS))
    period = seconds(peers.PERIOD)
    rows = [tables.period_row(title, period, found) for title, found in errors.items()]
    tables.print_table(f"The worst of them over the {peers.PERIOD}.", tables.period_columns(), rows)
    monthly = tocsin(past.compiled, history.CALENDAR.job)
    truth = past.truths[history.CALENDAR.job]
    month = accuracy.since(running, to_date(monthly), truth, history.MONTH_BEGAN, history.LAST)
    print(f"Of tocsin's ratio of the month to date, on its last day: {tables.percent(month.worst)}.\n", flush=True)


def _told(running: Prometheus, past: history.History, plan: Plan) -> None:
    title = "From the fault to the first alert, and how many evaluations that is after raw windows."
    rows = [tables.told_row(fault.title, _first(running, past, fault)) for fault in plan.faults]
    tables.print_table(title, tables.TOLD_COLUMNS, rows)


def _first(running: Prometheus, past: history.History, fault: history.Fault) -> dict[str, detection.Told | None]:
    job = fault.traffic.job
    every: list[Contender] = [*contenders(past.compiled, job), raw_windows(past.compiled, job)]
    return {one.name: detection.measure(running, one, fault.traffic.fault, fault.judged) for one in every}


def _newest(name: str, line: str) -> Tool:
    """The newest version at hand, of a line of releases if one is asked for."""
    fitting = [tool for tool in judges(name) if ".".join(map(str, tool.version)).startswith(line)]
    if not fitting:
        raise ToolError(f"no {name} {line} is at hand; run `python -m generators.toolchain ensure --servers`")
    return max(fitting, key=lambda tool: tool.version)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.slo", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer series, services and faults: within two minutes")
    parser.add_argument("--line", default="", help="the line of Prometheus' releases, as in 2.42 (default: the newest)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
