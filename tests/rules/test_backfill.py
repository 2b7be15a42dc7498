"""A new SLO knows its whole past at once: promtool fills in what its period reads, from counters that were there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generators.emit import backfill
from generators.rules.bundle import Bundle
from generators.toolchain import Tool, judges, require
from tests.bench.slo import blocks, contenders
from tests.bench.slo.traffic import DAY, METRIC
from tests.prometheus import Prometheus, prometheus, promtool

JOB = "shop"
PERIOD = 3 * DAY  # promtool makes a block of every two hours, which takes its time
MINUTE = 60
END = int(datetime(2026, 3, 31, tzinfo=UTC).timestamp())
START = END - PERIOD - 600  # the first rates need some minutes
CLOSE = 5e-3  # Prometheus 2 counts both ends of a range, so one five-minute rate of 865 too many
BY_DAY, BY_NIGHT = (0, 600), (1, 9)  # bad and good requests of a minute
_SAME = [
    (server, tool) for server in judges("prometheus") for tool in judges("promtool") if server.version == tool.version
]
PAIRS = _SAME or [(require("prometheus"), require("promtool"))]


@pytest.fixture(scope="module")
def compiled() -> Bundle:
    return contenders.bundle({JOB: "3d"})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three days of counters: many requests by day, and one in ten of the few at night bad."""
    newest = max(judges("promtool") or [require("promtool")], key=lambda tool: tool.version)
    with blocks.into(tmp_path / "data", newest) as written:
        written.add(_counters())
    return tmp_path / "data"


@pytest.mark.parametrize(("server", "tool"), PAIRS, ids=str)
def test_the_ratio_of_the_period_is_right_at_once(compiled: Bundle, data: Path, server: Tool, tool: Tool) -> None:
    with prometheus(server, data) as running:
        assert not _ratio(compiled, running), "there is no past yet"
        _fill_in(compiled, running, tool, data)
    with prometheus(server, data) as running:
        assert _ratio(compiled, running) == [pytest.approx(_truth(), rel=CLOSE)]


def _fill_in(compiled: Bundle, running: Prometheus, tool: Tool, data: Path) -> None:
    """As the runbook says it."""
    written = next(file for file in backfill.artifacts(compiled) if file.path.endswith(f"/{JOB}.yaml"))
    rules = data.with_name("backfill.yaml")
    rules.write_text(written.text)
    time = (f"--start={START}", f"--end={END}")
    promtool(tool, "tsdb", "create-blocks-from", "rules", f"--url={running.url}", *time, f"--output-dir={data}", rules)


def _ratio(compiled: Bundle, running: Prometheus) -> list[float]:
    """What the rule of the period's error ratio finds."""
    expr = contenders.tocsin(compiled, JOB).ratios[PERIOD]
    return [value for _, value in running.at(expr, END).series]


def _requests(time: int) -> tuple[int, int]:
    return BY_DAY if time % DAY < DAY // 2 else BY_NIGHT


def _counters() -> Iterator[tuple[int, str]]:
    bad = good = 0
    heads = [blocks.series(METRIC, {"job": JOB, "pod": "a", "code": code}) for code in ("500", "200")]
    for time in range(START, END + MINUTE, MINUTE):
        more_bad, more_good = _requests(time)
        bad, good = bad + more_bad, good + more_good
        yield time, f"{heads[0]} {bad} {time}\n{heads[1]} {good} {time}\n"


def _truth() -> float:
    bad, good = map(sum, zip(*map(_requests, range(END - PERIOD + MINUTE, END + MINUTE, MINUTE)), strict=True))
    return bad / (bad + good)
