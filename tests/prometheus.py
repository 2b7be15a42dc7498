"""A real Prometheus over data that was written beforehand, and what it answers."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

from generators.toolchain import Tool
from tests.serving import free_port, serving

_SECONDS = 300
_POINTS = 10_000  # Prometheus answers at most 11,000 of a series at a time
_FLAGS = (
    "--storage.tsdb.retention.time=100y",  # the data are of a fixed date
    "--query.timeout=5m",
    "--query.max-samples=1000000000",
)


@dataclass(frozen=True, slots=True)
class Sampled:
    """What an instant query found, and what that took."""

    series: tuple[tuple[Mapping[str, str], float], ...]
    samples: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Points:
    """A series over time."""

    labels: Mapping[str, str]
    values: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Prometheus:
    """A server that answers queries."""

    url: str

    def at(self, expr: str, time: float) -> Sampled:
        """The expression at one time; counted are the samples that it read, timed its evaluation."""
        data = self._get("query", query=expr, time=str(time), stats="all")
        stats = data["stats"]
        if data["resultType"] == "scalar":
            found: tuple[tuple[Mapping[str, str], float], ...] = (({}, float(data["result"][1])),)
        else:
            found = tuple((one["metric"], float(one["value"][1])) for one in data["result"])
        return Sampled(found, stats["samples"]["totalQueryableSamples"], stats["timings"]["evalTotalTime"])

    def over(self, expr: str, start: int, end: int, step: int) -> list[Points]:
        """The expression at each step of a time, both ends included."""
        found: dict[str, tuple[Mapping[str, str], list[tuple[float, float]]]] = {}
        for first in range(start, end + 1, step * _POINTS):
            last = min(end, first + step * (_POINTS - 1))
            data = self._get("query_range", query=expr, start=str(first), end=str(last), step=str(step))
            for one in data["result"]:
                _, values = found.setdefault(json.dumps(one["metric"], sort_keys=True), (one["metric"], []))
                values += [(float(time), float(value)) for time, value in one["values"]]
        return [Points(labels, tuple(values)) for labels, values in found.values()]

    def _get(self, path: str, **asked: str) -> Any:
        try:
            with urlopen(f"{self.url}/api/v1/{path}", urlencode(asked).encode(), timeout=_SECONDS) as answer:
                return json.load(answer)["data"]
        except HTTPError as error:
            raise AssertionError(f"{asked['query']}: {error.read().decode()}") from None


@contextmanager
def prometheus(tool: Tool, data: Path) -> Iterator[Prometheus]:
    """A server over a folder of blocks; it scrapes nothing and evaluates no rules."""
    config = data.with_suffix(".yml")
    config.write_text("{}\n")
    url = f"http://127.0.0.1:{free_port()}"
    flags = (f"--config.file={config}", f"--storage.tsdb.path={data}", f"--web.listen-address={url[7:]}", *_FLAGS)
    with serving((tool.path, *flags, *_at_rest(tool)), url, data.with_suffix(".log")):
        yield Prometheus(url)


def promtool(tool: Tool, *arguments: str | Path) -> str:
    """What promtool says; it is an error if it fails."""
    done = subprocess.run([tool.path, *arguments], capture_output=True, text=True, timeout=_SECONDS, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _at_rest(tool: Tool) -> tuple[str, ...]:
    """Blocks stay as they are: merging them while something is measured would take the processors."""
    sizes = ("--storage.tsdb.min-block-duration=2h", "--storage.tsdb.max-block-duration=2h")
    return (*sizes, "--no-storage.tsdb.allow-overlapping-compaction") if tool.version >= (3, 0, 0) else sizes
