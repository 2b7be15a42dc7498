"""Recordings evaluated over a past, as their groups would have, and written as the series that they record.

Prometheus marks a recorded series as gone once its expression finds nothing; text can't say that, so here the last
sample before a gap is seen for five minutes longer than it would be. That is to nobody's advantage.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from generators.toolchain import Tool
from tests.bench.slo import blocks
from tests.bench.slo.rules import Contender, Rule, levels, read_over_time
from tests.bench.slo.traffic import Span
from tests.prometheus import Prometheus, prometheus

PHASE = 15  # seconds after a multiple of the interval at which groups are evaluated here: right at a scrape
_FIRST_RATE = 300  # seconds of data before the first evaluation


@dataclass(frozen=True, slots=True)
class Case:
    """A job with the rules about it, of all contenders, and the time in which they are judged."""

    data: Span
    judged: Span
    contenders: tuple[Contender, ...]


@dataclass(slots=True)
class Tally:
    """How many samples were recorded, and how many of them are not a number."""

    samples: int = 0
    nans: int = 0


@dataclass(slots=True)
class Recorder:
    """Fills a database with what the contenders record."""

    server: Tool
    tool: Tool
    data: Path
    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    def record(self, cases: Iterable[Case]) -> None:
        """Step by step, because a server sees written blocks only when it starts."""
        steps = [_steps(case) for case in cases]
        for step in zip_longest(*steps, fillvalue=()):
            texts: dict[int, list[str]] = defaultdict(list)
            with prometheus(self.server, self.data) as server:
                for owner, rule, span in (task for tasks in step for task in tasks):
                    self._evaluate(server, rule, span, texts, owner)
            with blocks.into(self.data, self.tool) as written:
                for lines in texts.values():
                    written.add_text(lines)

    def _evaluate(self, server: Prometheus, rule: Rule, span: Span, texts: dict[int, list[str]], owner: str) -> None:
        tally = self.tallies[owner]
        for found in server.over(rule.expr, *ticks(span, rule.every), rule.every):
            series = blocks.series(rule.name, {**found.labels, **rule.labels})
            tally.samples += len(found.values)
            tally.nans += sum(math.isnan(value) for _, value in found.values)
            for time, value in found.values:
                texts[int(time) // blocks.BLOCK].append(blocks.sample(series, value, time))


def ticks(span: Span, every: int) -> tuple[int, int]:
    """The first and last evaluation within a time."""
    first = -(-(span.start - PHASE) // every) * every + PHASE
    return first, (span.end - 1 - PHASE) // every * every + PHASE


_Task = tuple[str, Rule, Span]


def _steps(case: Case) -> Iterator[list[_Task]]:
    """What is recorded in each step: over all data what is read over time, over the judged time the rest."""
    whole = Span(case.data.start + _FIRST_RATE, case.data.end)
    orders = [[(c.name, step, read_over_time(c.rules)) for step in levels(c.recordings)] for c in case.contenders]
    for step in zip_longest(*orders):
        yield [
            (name, rule, whole if rule.name in past else case.judged)
            for name, rules, past in filter(None, step)
            for rule in rules
        ]
