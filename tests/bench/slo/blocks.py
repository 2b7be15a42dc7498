"""Samples into blocks of a Prometheus database, through promtool."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from generators.toolchain import Tool
from tests.prometheus import promtool

BLOCK = 18 * 3600  # seconds; promtool reads a file once for each block, so a file is the samples of one
_LONGEST = "18h"


@contextmanager
def into(data: Path, tool: Tool) -> Iterator[Blocks]:
    """Takes samples; when it is left, all of them are in blocks below `data`."""
    with TemporaryDirectory(dir=data.parent) as folder, ThreadPoolExecutor(2) as workers:
        blocks = Blocks(data, tool, Path(folder), workers)
        yield blocks
        for block in blocks.pending:
            block.result()


class Blocks:
    """Writes text files, and lets promtool make blocks of them meanwhile."""

    def __init__(self, data: Path, tool: Tool, folder: Path, workers: ThreadPoolExecutor) -> None:
        self._data, self._tool, self._folder, self._workers = data, tool, folder, workers
        self.pending: list[Future[None]] = []

    def add(self, lines: Iterable[tuple[int, str]]) -> None:
        """Lines of OpenMetrics with the times of their samples, in the order of time."""
        for _, some in groupby(lines, key=lambda line: line[0] // BLOCK):
            self.add_text(text for _, text in some)

    def add_text(self, texts: Iterable[str]) -> None:
        """Lines whose samples are all within one block's time."""
        file = self._folder / f"{len(self.pending)}.txt"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(texts)
            out.write("# EOF\n")
        self.pending.append(self._workers.submit(self._make, file))

    def _make(self, file: Path) -> None:
        how = ("tsdb", "create-blocks-from", "openmetrics", "--quiet", f"--max-block-duration={_LONGEST}")
        promtool(self._tool, *how, file, self._data)
        file.unlink()


def block_spans(start: int, end: int) -> Iterator[range]:
    """The time from `start` until before `end`, cut where blocks begin."""
    while start < end:
        until = min(end, (start // BLOCK + 1) * BLOCK)
        yield range(start, until)
        start = until


def series(name: str, labels: Mapping[str, str]) -> str:
    """A series as OpenMetrics writes it."""
    inside = ",".join(f'{label}="{value}"' for label, value in sorted(labels.items()) if label != "__name__")
    return f"{name}{{{inside}}}"


def sample(series: str, value: float, time: float) -> str:
    """A line of OpenMetrics."""
    return f"{series} {'NaN' if math.isnan(value) else repr(value)} {time}\n"
