"""Laws of what is recorded for SLOs, on traffic that goes up and down, with pods that come, restart and go.

- Every recorded error ratio, the burn rate and what is left of the budget equal what follows from the counted events,
  but for a bound that `tests.truth.counted`, `sums` and `claims` derive from what samples can't tell.
- Where no events are seen there is no ratio, and NaN is never stored.

`python -m tests.truth` tries as much traffic as one likes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from statistics import median

import pytest

from generators import naming
from generators.toolchain.at_hand import Tool, judges
from generators.units import Duration
from tests.truth.claims import Setting, Trial
from tests.truth.judge import DAYS, HOURS, Rules, claimed, emitted, objections
from tests.truth.strategies import drawn
from tests.truth.traffic import Pod, Segment, Traffic

# A hundred times the traffic by day, and nearly all of the errors that a share has to be told of by night.
DAY, NIGHT = Segment(720, (6000,), (0, 1)), Segment(720, (60,), (6,))
# Promtool takes ten seconds for the days of a trial, so that only `python -m tests.truth` tries all of them.
A_DAY = replace(DAYS, units=30 * 60)
UNEVEN = Trial("by-bad", Traffic(A_DAY.units, (DAY, NIGHT), (Pod(0, A_DAY.units + 1),)), (160, 360))
# Nobody there, no errors, a restart, many errors, few people, nobody again, and many people.
BRIEF = replace(HOURS, units=480)
_LOAD = ((60, 0, 0), (100, 40, 0), (60, 40, 4), (60, 2, 2), (80, 0, 0), (120, 400, 1))
_PODS = (Pod(0, 481), Pod(0, 481, weight=3, restarts=frozenset((130,))))
EVENTFUL = Trial(
    "by-bad",
    Traffic(480, tuple(Segment(lasting, (good,), (bad,)) for lasting, good, bad in _LOAD), _PODS),
    tuple(range(5, 61, 5)),
)
TRIALS: Mapping[str, tuple[Setting, int, tuple[Trial, ...]]] = {"hours": (HOURS, 22, ()), "days": (A_DAY, 4, (UNEVEN,))}
TOOLS = judges("promtool")
LONG = [naming.error_ratio(Duration.parse(window)) for window in ("1d", "3d", "3d6h")]


@cache
def trials(name: str) -> tuple[Trial, ...]:
    setting, number, more = TRIALS[name]
    return (*drawn(setting, number, seed=1), *more)


@pytest.mark.parametrize("name", TRIALS)
@pytest.mark.parametrize("tool", TOOLS, ids=str)
def test_what_is_recorded_is_true(tool: Tool, name: str, tmp_path: Path) -> None:
    said = objections(tool, trials(name), TRIALS[name][0], emitted(name), tmp_path)
    assert not said, re.sub(r"\n+", "\n", said)


@pytest.mark.parametrize("name", TRIALS)
def test_bounds_are_narrow_enough_to_say_something(name: str) -> None:
    setting, rules = TRIALS[name][0], emitted(name)
    found = [claim for trial in trials(name) for claim in claimed(trial, setting, rules, closed=True)]
    bounds = [c.bound for c in found if c.truth is not None and c.series.startswith("slo:error_ratio")]
    assert len(bounds) > 0.6 * sum(len(trial.ticks) * 8 for trial in trials(name))
    assert median(bounds) < 0.01


@pytest.mark.parametrize("closed", [True, False])
def test_uneven_traffic_has_to_be_told_to_a_hundredth(closed: bool) -> None:
    of_days = [claim for claim in claimed(UNEVEN, A_DAY, emitted("days"), closed) if claim.series in LONG]
    assert len(of_days) == 2 * len(LONG)
    for claim in of_days:
        assert claim.truth
        assert claim.bound < claim.truth / 100


MUTANTS = {
    "an average of ratios": (
        r"^sum_over_time\(slo:events_bad:rate5m({.*?})\[(\w+):5m\].*",
        r"avg_over_time(slo:error_ratio:rate5m\1[\2:5m])",
    ),
    "nothing where there is no series of errors": (r"\s+or sum\(rate\([^)]*\)\) \* 0", ""),
    "no errors where there are no events": (r"or sum\(rate\([^)]*\)\) \* 0", "or vector(0)"),
    "a ratio where there are no events": (r" > 0\b", ""),
    "another window": (r"\[30m\]", "[45m]"),
    "steps that leave out half": (r":5m\]", ":10m]"),
    "counters that must not restart": (r"rate\((shop[^)]*)", r"delta(\1"),
    "an average over pods": (r"sum\(rate", "avg(rate"),
    "twice the budget": (r"/ 0\.01$", "/ 0.02"),
}


def test_the_eventful_trial_is_told_well(tmp_path: Path) -> None:
    assert not objections(TOOLS[0], (EVENTFUL,), BRIEF, {"by-bad": emitted("hours")["by-bad"]}, tmp_path)


@pytest.mark.parametrize(("pattern", "replacement"), MUTANTS.values(), ids=MUTANTS)
def test_a_changed_rule_is_found(pattern: str, replacement: str, tmp_path: Path) -> None:
    rules = {"by-bad": changed(emitted("hours")["by-bad"], pattern, replacement)}
    assert objections(TOOLS[0], (EVENTFUL,), BRIEF, rules, tmp_path)


def changed(rules: Rules, pattern: str, replacement: str) -> Rules:
    """The rules with every match replaced."""
    (group,) = rules["groups"]
    said = [(rule, re.sub(pattern, replacement, rule["expr"], flags=re.DOTALL)) for rule in group["rules"]]
    assert any(rule["expr"] != expr for rule, expr in said), pattern
    return {"groups": [{**group, "rules": [{**rule, "expr": expr} for rule, expr in said]}]}
