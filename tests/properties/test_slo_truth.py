"""Laws of what is recorded for SLOs, on traffic that goes up and down, with pods that come, restart and go.

- Every recorded error ratio, the burn rate and what is left of the budget equal what follows from the counted events,
  but for a bound that `tests.truth.counted` and `tests.truth.claims` derive from what samples can't tell.
- Where no events are seen there is no ratio, and NaN is never stored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from generators.toolchain.at_hand import Tool, judges
from tests.truth.claims import Setting, Trial
from tests.truth.judge import DAYS, HOURS, emitted, objections
from tests.truth.strategies import drawn
from tests.truth.traffic import Pod, Segment, Traffic

DAY, NIGHT = Segment(720, (6000,), (0, 1, 1, 0)), Segment(720, (60,), (6,))
LAST = DAYS.units // DAYS.evaluation
UNEVEN = Trial("by-bad", Traffic(DAYS.units, (DAY, NIGHT), (Pod(0, DAYS.units + 1),)), (LAST - 200, LAST))
TRIALS: Mapping[str, tuple[Setting, int, tuple[Trial, ...]]] = {"hours": (HOURS, 20, ()), "days": (DAYS, 3, (UNEVEN,))}


@cache
def trials(name: str) -> tuple[Trial, ...]:
    setting, number, more = TRIALS[name]
    return (*drawn(setting, number, seed=1), *more)


@pytest.mark.parametrize("name", TRIALS)
@pytest.mark.parametrize("tool", judges("promtool"), ids=str)
def test_recorded_ratios_are_true(tool: Tool, name: str, tmp_path: Path) -> None:
    setting = TRIALS[name][0]
    said = objections(tool, trials(name), setting, emitted(setting.environment), tmp_path)
    assert not said, re.sub(r"\n+", "\n", said)
