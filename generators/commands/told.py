"""Who is told of an alert, in words: over a whole week, and at one moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from generators.routing.derive import routing_tree
from generators.routing.policy import policy_of
from generators.routing.simulate import deliveries
from generators.rules.bundle import Bundle

_MONDAY = datetime(2024, 1, 1, tzinfo=UTC)  # any week does: the lines name weekdays, not dates
_HALF_HOUR = timedelta(minutes=30)
_WEEK = 7 * 48


def over_a_week(bundle: Bundle, labels: Mapping[str, str]) -> Iterator[str]:
    """The receivers at each time of a week, in the platform's time zone."""
    tree = routing_tree(policy_of(bundle))
    zone = ZoneInfo(bundle.catalog.platform.timezone)
    moments = [(_MONDAY + n * _HALF_HOUR).replace(tzinfo=zone) for n in range(_WEEK)]
    told = [(at, tuple(d.receiver.name for d in deliveries(tree, labels, at) if not d.muted)) for at in moments]
    runs = [(who, [at for at, _ in run]) for who, run in groupby(told, key=lambda pair: pair[1])]
    if len(runs) == 1:
        yield f"told at any time: {', '.join(runs[0][0])}"
        return
    for who in dict.fromkeys(who for who, _ in runs):
        spans = [f"{times[0]:%a %H:%M}-{times[-1] + _HALF_HOUR:%a %H:%M}" for w, times in runs if w == who]
        yield f"told {', '.join(spans)}: {', '.join(who) or 'nobody'}"


def at_one_moment(bundle: Bundle, labels: Mapping[str, str], at: str | None) -> Iterator[str]:
    """The receivers at that time, or now. Raises ValueError for a time that can't be read."""
    zone = ZoneInfo(bundle.catalog.platform.timezone)
    moment = datetime.fromisoformat(at) if at else datetime.now(zone)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    environment = bundle.catalog.environment
    yield f"{environment}, {moment:%A %Y-%m-%d %H:%M %Z}"
    for delivery in deliveries(routing_tree(policy_of(bundle)), {"environment": environment, **labels}, moment):
        state = f"not now ({delivery.muted_by})" if delivery.muted else "told"
        yield f"  {delivery.receiver.name}: {state}"
        yield f"    by {' > '.join(delivery.path)}"
