"""`python -m tests.truth --trials 500`: recorded ratios against the truth of much random traffic."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from generators.toolchain.at_hand import Tool, judges
from tests.truth.claims import Claim, Setting, Trial
from tests.truth.judge import DAYS, HOURS, claimed, emitted, is_closed, objections
from tests.truth.strategies import drawn

_BATCH = 40


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=200, help="of a few hours; and a fifth as many of days")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    failed = 0
    for setting, number in ((HOURS, options.trials), (DAYS, -(-options.trials // 5))):
        trials = drawn(setting, number, options.seed)
        failed += sum(_failed(tool, trials, setting) for tool in judges("promtool"))
    return 1 if failed else 0


def _failed(tool: Tool, trials: Sequence[Trial], setting: Setting) -> bool:
    rules = emitted(setting.environment)
    failed = False
    for first in range(0, len(trials), _BATCH):
        with TemporaryDirectory() as folder:
            said = objections(tool, trials[first : first + _BATCH], setting, rules, Path(folder))
        print(said, end="", file=sys.stderr)
        failed = failed or bool(said)
    claims = [claim for trial in trials for claim in claimed(trial, setting, rules, is_closed(tool))]
    print(f"{tool}: {len(trials)} trials of {setting.environment}, {_summary(claims)}: {'FAILED' if failed else 'ok'}")
    return failed


def _summary(claims: Sequence[Claim]) -> str:
    """How many claims there were, and how far from the truth a ratio was allowed to be."""
    bounds = [claim.bound for claim in claims if claim.truth is not None and "ratio:rate" in claim.series]
    absent = sum(claim.truth is None for claim in claims)
    cuts = quantiles(bounds, n=20)
    said = f"half of them within {cuts[9]:.2%}, nine of ten within {cuts[17]:.2%}"
    return f"{len(claims)} claims ({absent} that nothing is recorded); of the ratios, {said} of all events"


if __name__ == "__main__":
    sys.exit(main())
