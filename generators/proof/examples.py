"""Proofs of alerts on PromQL that a person wrote, from the examples of good and bad input that stand beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from generators.frozen import matchers
from generators.model.catalog import Catalog, Threshold
from generators.promql import Matcher, Selector
from generators.promql.parse import parse
from generators.proof.case import Case, Check, Pace, Reading
from generators.proof.timeline import series_text
from generators.signals.example import UnprovableError, labels_for
from generators.signals.examples import Examples


def cases(catalog: Catalog, thresholds: Sequence[Threshold]) -> Iterator[Case]:
    """Healthy input, on which nothing fires, and broken input, on which every step does."""
    signal = thresholds[0].signal
    examples: Examples | None = getattr(signal.kind, "examples", None)
    if examples is None:
        raise UnprovableError(f"nothing tells what is good or bad input for {signal.name}; give it `examples`")
    selection = matchers(signal.scope.select, signal.kind.select)
    alert, pace = thresholds[0].alert, Pace.of(catalog.platform)
    for name, inputs in (("healthy", examples.healthy), ("broken", examples.broken)):
        fed = dict(_series(text, values, selection) for text, values in inputs.items())
        if not fed:
            continue
        at, broken = _end(pace, fed.values()), name == "broken"
        yield Case(
            f"{alert}: {name} example",
            pace,
            fed,
            frozenset((*(use.metric for use in signal.kind.uses()), *(text.split("{")[0] for text in fed))),
            () if broken else (Check(at, alert),),
            tuple(_fires(at, threshold) for threshold in thresholds) if broken else (),
        )


def _series(text: str, values: str, selection: tuple[Matcher, ...]) -> tuple[str, str]:
    """The series with the labels that its service is selected by, where the example says nothing of them."""
    series = parse(text)
    assert isinstance(series, Selector)
    said = labels_for(series.matchers)
    return series_text(series.metric, {**labels_for(selection), **said}), values


def _fires(at: Decimal, threshold: Threshold) -> Reading:
    state = {"alertname": threshold.alert, "alertstate": "firing", "severity": threshold.severity.name}
    return Reading(at, f"count({series_text('ALERTS', state)}) > bool 0", (("{}", Decimal(1)),))


def _end(pace: Pace, values: Iterable[str]) -> Decimal:
    """The last evaluation at which all series have had their samples."""
    samples = max(sum(map(_samples, text.split())) for text in values)
    return pace.ticks((samples - 1) * pace.scrape.seconds + 1)[-1]


def _samples(word: str) -> int:
    """How many samples a word stands for: `1x4` is five of them, `_x4` four blanks."""
    times = re.search(r"x(\d+)$", word)
    return 1 if times is None else int(times[1]) + (word[0] != "_")
