"""What one evaluation of an SLO's rules reads, by the number of series behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from generators.toolchain import Tool
from tests.bench.slo import blocks, peers
from tests.bench.slo.contenders import bundle, contenders
from tests.bench.slo.rules import Contender, Rule, levels, reach, read_over_time
from tests.bench.slo.traffic import DAY, METRIC, SCRAPE
from tests.prometheus import Prometheus, prometheus

_CODES = ("200", "201", "404", "500", "503")
_MARGIN = 600  # seconds of data beyond what is read
_MONTH = 30 * DAY


@dataclass(frozen=True, slots=True)
class Size:
    """An SLO on so many series, of which so many days are at hand."""

    series: int
    days: int

    @property
    def job(self) -> str:
        return f"cost-{self.series}"


@dataclass(frozen=True, slots=True)
class Cost:
    """Evaluating each rule once."""

    rules: int
    samples: int
    samples_per_hour: float  # each rule as often as its group is evaluated
    seconds: float


def measure(server: Tool, tool: Tool, data: Path, sizes: Sequence[Size], end: int) -> Mapping[str, Mapping[int, Cost]]:
    """By contender and number of series; a contender that reads further back than there are data is left out."""
    compiled = bundle({size.job: peers.PERIOD for size in sizes})
    able = {size: [c for c in contenders(compiled, size.job) if _is_served(c, size)] for size in sizes}
    with blocks.into(data, tool) as written:
        for size in sizes:
            _write_counters(written, size, end)
    _write_recorded(server, tool, data, [c for some in able.values() for c in some], end)
    costs: dict[str, dict[int, Cost]] = {}
    with prometheus(server, data) as running:
        for size, some in able.items():
            for contender in some:
                costs.setdefault(contender.name, {})[size.series] = _cost(running, contender, end)
    return costs


def _is_served(contender: Contender, size: Size) -> bool:
    return reach(contender.rules, METRIC) <= size.days * DAY


def _write_counters(written: blocks.Blocks, size: Size, end: int) -> None:
    heads = [
        blocks.series(METRIC, {"job": size.job, "pod": f"pod-{pod}", "code": code})
        for pod in range(size.series // len(_CODES))
        for code in _CODES
    ]
    for span in blocks.block_spans(end - size.days * DAY - _MARGIN, end + SCRAPE):
        written.add_text(_counter(head, span) for head in heads)


def _counter(head: str, span: range) -> str:
    """Seven requests between two scrapes."""
    times = range(span.start, span.stop, SCRAPE)
    return "".join([f"{head} {7 * (time // SCRAPE)} {time}\n" for time in times])


def _write_recorded(server: Tool, tool: Tool, data: Path, every: Sequence[Contender], end: int) -> None:
    """What the rules record: the value of now, for as long back as some rule reads the series."""
    past = read_over_time([rule for contender in every for rule in contender.rules])
    for step in zip_longest(*(levels(contender.recordings) for contender in every), fillvalue=()):
        with prometheus(server, data) as running:
            lines = dict(line for rules in step for rule in rules for line in _now(running, rule, end))
        with blocks.into(data, tool) as written:
            for span in blocks.block_spans(end - _MONTH - _MARGIN, end + 1):
                written.add_text(
                    "".join([blocks.sample(series, value, time) for time in _since(rule, past, span, end)])
                    for series, (rule, value) in lines.items()
                )


def _now(running: Prometheus, rule: Rule, end: int) -> Iterator[tuple[str, tuple[Rule, float]]]:
    for labels, value in running.at(rule.expr, end).series:
        yield blocks.series(rule.name, {**labels, **rule.labels}), (rule, value)


def _since(rule: Rule, past: set[str], span: range, end: int) -> range:
    """The evaluations of the rule within a block: of the last minutes only, if nobody reads earlier ones."""
    start = span.start if rule.name in past else max(span.start, end - _MARGIN)
    return range(-(-start // rule.every) * rule.every, span.stop, rule.every)


def _cost(running: Prometheus, contender: Contender, end: int) -> Cost:
    """The best of three evaluations."""
    runs = [[running.at(rule.expr, end) for rule in contender.rules] for _ in range(3)]
    samples = [found.samples for found in runs[0]]
    per_hour = sum(read * 3600 / rule.every for read, rule in zip(samples, contender.rules, strict=True))
    seconds = min(sum(found.seconds for found in run) for run in runs)
    return Cost(len(contender.rules), sum(samples), per_hour, seconds)
