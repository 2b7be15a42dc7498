"""The services whose past is judged: one for exactness, one that falls idle, and one for each fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from generators.rules.bundle import Bundle
from generators.toolchain import Tool
from tests.bench.slo import blocks, peers
from tests.bench.slo.contenders import MONTH, bundle, contenders
from tests.bench.slo.recording import PHASE, Case, Recorder
from tests.bench.slo.rules import Contender
from tests.bench.slo.traffic import DAY, Span, Traffic, Truth, scraped, truth

END = int(datetime(2026, 3, 31, tzinfo=UTC).timestamp())
LAST = END - PHASE  # the last evaluation
HOUR = 3600
_NOON = END - DAY // 2
_FEW = 20.0  # requests per second and pod, day and night, where a fault is to be told

_AT_NOON = END - 12 * DAY + DAY // 2
_AT_NIGHT = END - 5 * DAY + HOUR
STEADY = Traffic(
    job="uneven",
    span=Span(END - 33 * DAY, END),
    night_errors=0.1,
    restart_every=2 * DAY,
    deploys=(END - 20 * DAY + 9 * HOUR, END - 9 * DAY + 14 * HOUR),
    unscraped=(Span(_AT_NOON, _AT_NOON + 600),),
)
UNSCRAPED = {
    "10 minutes at noon": STEADY,
    "never": replace(STEADY, job="scraped", unscraped=()),
    "40 minutes at noon": replace(STEADY, job="dark-noon", unscraped=(Span(_AT_NOON, _AT_NOON + 2400),)),
    "40 minutes at night": replace(STEADY, job="dark-night", unscraped=(Span(_AT_NIGHT, _AT_NIGHT + 2400),)),
}
CALENDAR = replace(STEADY, job="calendar")
MONTH_BEGAN = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
QUIET = Traffic(job="idle", span=Span(END - 4 * DAY, END), idle=Span(END - 10 * HOUR, END - 9 * HOUR), night_errors=0.1)


@dataclass(frozen=True, slots=True)
class Fault:
    """A share of requests that fails from one moment on, and how long it is watched."""

    title: str
    traffic: Traffic
    watched: int  # seconds

    @property
    def judged(self) -> Span:
        begins = self.traffic.fault.start
        return Span(begins - 600, begins + self.watched)


def _fault(title: str, job: str, errors: float, watched: int, late: int = 0) -> Fault:
    begins = Span(_NOON - watched + late, END)
    span = Span(begins.start - 5 * DAY, begins.start + watched)
    return Fault(title, Traffic(job, span, day=_FEW, night=_FEW, fault=begins, fault_errors=errors), watched)


FAULTS = (
    _fault("full outage", "outage", 1.0, HOUR // 2),
    _fault("full outage, 105 s later", "outage-105", 1.0, HOUR // 2, late=105),
    _fault("full outage, 210 s later", "outage-210", 1.0, HOUR // 2, late=210),
    _fault("5 % errors", "part-5", 0.05, HOUR),
    _fault("1 % errors", "part-1", 0.01, 5 * HOUR),
    _fault("0.5 % errors", "leak", 0.005, 20 * HOUR),
)


@dataclass(frozen=True, slots=True)
class History:
    """What was written: the rules, the truth by job, and how much was recorded."""

    compiled: Bundle
    truths: Mapping[str, Truth]
    recorder: Recorder


def write(server: Tool, tool: Tool, data: Path, uneven: Iterable[Traffic], faults: Iterable[Fault]) -> History:
    """Counters and everything recorded from them."""
    judged = {QUIET: Span(END - 12 * HOUR, END), CALENDAR: Span(END - HOUR, END)}
    judged |= {traffic: Span(END - HOUR, END) for traffic in uneven}
    judged |= {fault.traffic: fault.judged for fault in faults}
    compiled = bundle({traffic.job: MONTH if traffic is CALENDAR else peers.PERIOD for traffic in judged})
    truths = _counters(tool, data, judged)
    recorder = Recorder(server, tool, data)
    recorder.record(
        Case(traffic.span, span, tuple(_recording(contenders(compiled, traffic.job))))
        for traffic, span in judged.items()
    )
    return History(compiled, truths, recorder)


def _counters(tool: Tool, data: Path, every: Iterable[Traffic]) -> dict[str, Truth]:
    truths = {}
    with blocks.into(data, tool) as written:
        for traffic in every:
            counts: list[tuple[int, int]] = []
            written.add(scraped(traffic, counts))
            truths[traffic.job] = truth(traffic, counts)
    return truths


def _recording(every: Sequence[Contender]) -> list[Contender]:
    """Those whose recordings differ; the others' are among theirs."""
    return [one for one in every if one.name not in {peers.SLOTH_PLAIN, peers.PYRRA}]
