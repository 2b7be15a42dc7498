"""`tocsin route`: who is told of an alert, when, and what is muted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from generators.commands import common
from generators.routing.derive import routing_tree
from generators.routing.policy import policy_of
from generators.routing.simulate import deliveries
from generators.rules.bundle import Bundle


def route(catalog: Path, environments: Sequence[str], pairs: Sequence[str], at: str | None) -> int:
    """Print the receivers in each environment."""
    labels = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    if wrong := [pair for pair in pairs if "=" not in pair]:
        common.say(f"not a label: {', '.join(wrong)}\n  hint: write labels as team=edge severity=sev1")
        return common.UNUSABLE
    try:
        compiled = common.bundles(common.read(catalog), environments)
        lines = [line for bundle in compiled for line in told(bundle, labels, at)]
    except common.Refused:
        return common.UNUSABLE
    except ValueError:
        common.say(f'"{at}" is not a time\n  hint: write it as 2026-03-01T03:00')
        return common.UNUSABLE
    print("\n".join(lines))
    return common.OK


def told(bundle: Bundle, labels: dict[str, str], at: str | None) -> Iterator[str]:
    """The lines about one environment. Raises ValueError for a time that can't be read."""
    zone = ZoneInfo(bundle.catalog.platform.timezone)
    moment = datetime.fromisoformat(at) if at else datetime.now(zone)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    environment = bundle.catalog.environment
    yield f"{environment}, {moment:%A %Y-%m-%d %H:%M %Z}"
    for delivery in deliveries(routing_tree(policy_of(bundle)), {"environment": environment, **labels}, moment):
        state = f"not now ({delivery.muted_by})" if delivery.muted else "told"
        yield f"  {delivery.receiver.name}: {state}"
        yield f"    by {' > '.join(delivery.path)}"
