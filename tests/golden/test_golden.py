"""Whole catalogs that have nothing in common with the shipped one, and every byte that follows from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from generators import pipeline
from generators.model.sli import EventSli
from generators.signals.base import SignalBase
from generators.spec.service import SIGNAL_KINDS
from generators.writer import Plan, carry_out, plan
from tests.helpers import RECORDING, run

CASES = sorted(folder.parent for folder in Path(__file__).parent.glob("*/catalog"))


def planned(case: Path) -> Plan:
    bundles = pipeline.bundles(pipeline.read_folder(case / "catalog"))
    return plan(pipeline.artifacts(bundles), case / "output")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden_output_is_what_the_catalog_says(case: Path) -> None:
    if RECORDING:
        carry_out(planned(case))
    found = planned(case)
    differences = {"missing": found.created, "changed": found.changed, "stale": found.stale, "foreign": found.foreign}
    listed = [f"{what}: {path}" for what, paths in differences.items() for path in paths]
    assert found.is_current, "\n".join(["run `make golden` and read the diff", *listed])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden_catalog_passes_every_check(case: Path) -> None:
    bundles = pipeline.bundles(pipeline.read_folder(case / "catalog"))
    assert pipeline.checked(bundles) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_generated_tests_pass(case: Path) -> None:
    """In one environment: that they are the same in the others but for what differs is what the golden files say."""
    environment = max(path.name for path in (case / "output").iterdir() if path.is_dir())
    done = run("test", "--output", str(case / "output"), "--environment", environment)
    assert done.exit_code == 0, done.output


def test_golden_catalogs_have_every_kind_of_signal() -> None:
    kinds = {signal.kind for signal in _signals()}
    assert kinds == set(SIGNAL_KINDS)


def test_golden_catalogs_have_an_slo_on_every_kind_that_counts_events() -> None:
    able = {kind for kind, cls in _classes().items() if cls.events is not SignalBase.events}
    carried = {
        signal.kind.kind
        for case in CASES
        for bundle in pipeline.bundles(pipeline.read_folder(case / "catalog"))
        for service in bundle.catalog.services
        for slo in service.slos
        if isinstance(slo.sli, EventSli)
        for signal in slo.sli.signals
    }
    assert carried == able


def _classes() -> dict[str, type[SignalBase]]:
    return {signal.kind: type(signal) for signal in _signals()}


def _signals() -> list[SignalBase]:
    return [
        signal.kind
        for case in CASES
        for bundle in pipeline.bundles(pipeline.read_folder(case / "catalog"))
        for service in bundle.catalog.services
        for signal in service.signals
    ]
