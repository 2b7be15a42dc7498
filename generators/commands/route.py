"""`tocsin route`: who is told of an alert, when, and what is muted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generators.commands import common
from generators.commands.told import at_one_moment


def route(catalog: Path, environments: Sequence[str], pairs: Sequence[str], at: str | None) -> int:
    """Print the receivers in each environment."""
    if wrong := [pair for pair in pairs if "=" not in pair]:
        common.say(f"not a label: {', '.join(wrong)}\n  hint: write labels as team=edge severity=sev1")
        return common.UNUSABLE
    labels = dict(pair.split("=", 1) for pair in pairs)
    try:
        compiled = common.bundles(common.read(catalog), environments)
        asked = [b for b in compiled if labels.get("environment", b.catalog.environment) == b.catalog.environment]
        lines = [line for bundle in asked for line in at_one_moment(bundle, labels, at)]
    except common.RefusedError:
        return common.UNUSABLE
    except ValueError:
        common.say(f'"{at}" is not a time\n  hint: write it as 2026-03-01T03:00')
        return common.UNUSABLE
    print("\n".join(lines))
    return common.OK
