"""What each kind of signal says in PromQL: its value, its alerts, what it records, and its events.

The cases are the signals, thresholds and SLOs of one service, `x`, whose metrics are listed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generators import pipeline
from generators.model.signal import Signal
from generators.model.slo import Slo
from generators.naming import Category
from generators.promql import render
from generators.rules.bundle import Bundle
from generators.spec.service import SIGNAL_KINDS
from generators.units import Duration
from tests.helpers import Case, bakery, cases, hold

CASES = cases(Path(__file__).parent)
SERVICE = """
service: x
title: X
owner: bakers
select: {job: x}
metrics:
  x_total: {type: counter, unit: requests, labels: [code, path]}
  x_bad_total: {type: counter, unit: requests, labels: [code, path]}
  x_bytes_total: {type: counter, unit: bytes}
  x_cpu_seconds_total: {type: counter, unit: seconds}
  x_seconds: {type: histogram, unit: seconds, labels: [path], buckets: [0.25, 1, 2.5]}
  x_milliseconds: {type: histogram, unit: milliseconds, buckets: [250, 1000]}
  x_native_seconds: {type: native_histogram, unit: seconds, labels: [path]}
  x_native_milliseconds: {type: native_histogram, unit: milliseconds}
  x_depth: {type: gauge, unit: items, labels: [path, queue]}
  x_used_bytes: {type: gauge, unit: bytes, labels: [path]}
  x_size_bytes: {type: gauge, unit: bytes, labels: [path]}
  x_kept_bytes: {type: gauge, unit: bytes, labels: [path]}
  x_share_percent: {type: gauge, unit: percent}
  x_share_ratio: {type: gauge, unit: ratio}
  x_lag_seconds: {type: gauge, unit: seconds}
  x_lag_milliseconds: {type: gauge, unit: milliseconds}
  x_done_timestamp_seconds: {type: gauge, unit: timestamp, labels: [path]}
  x_up: {type: gauge, unit: bool, labels: [path]}
"""
FIVE_MINUTES = Duration.parse("5m")


def said(fragment: str) -> str:
    """Everything that follows from the fragment, a line each, in the environment of the shop."""
    files = {**bakery(), "x.yaml": (SERVICE + fragment).encode()}
    bundle = pipeline.bundles(files, ["shop"])[0]
    service = next(service for service in bundle.catalog.services if service.name == "x")
    lines = [line for signal in service.signals for line in _of_signal(signal)]
    lines += [f"alert, {t.severity.name}: {render(t.condition)}" for t in service.thresholds]
    lines += [line for slo in service.slos for line in _of_slo(slo)]
    return "\n".join([*lines, *_no_data(bundle)])


def _of_signal(signal: Signal) -> Iterator[str]:
    kind, scope = signal.kind, signal.scope
    yield f"{kind.unit(scope).name}: {render(kind.value(scope))}"
    for name, labels, expr in kind.recordings(scope):
        told = ", ".join(f"{label}={value}" for label, value in labels.items())
        yield f"record {name} {{{told}}}: {render(expr)}"


def _of_slo(slo: Slo) -> Iterator[str]:
    events = slo.sli.events(FIVE_MINUTES)
    yield f"bad: {render(events.bad)}"
    yield f"all: {render(events.total)}"


def _no_data(bundle: Bundle) -> Iterator[str]:
    for alert in bundle.alerts:
        if alert.labels["service"] == "x" and alert.labels["category"] == Category.NO_DATA:
            yield f"no data: {render(alert.expr)}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_signal_says_this(case: Case) -> None:
    hold(case, said(case.change))


def test_every_kind_of_signal_has_a_case() -> None:
    assert {kind for kind in SIGNAL_KINDS if any(f"kind: {kind}" in case.change for case in CASES)} == set(SIGNAL_KINDS)
