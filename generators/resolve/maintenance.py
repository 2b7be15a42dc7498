"""Announced work, by service; times of day become moments and stretches of the week in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import get_args
from zoneinfo import ZoneInfo

from generators.assemble import Read
from generators.model.slo import Maintenance, Once, Weekly
from generators.promql import Expr
from generators.resolve.names import Problems
from generators.source import locate
from generators.spec.maintenance import MaintenanceSpec, Moment, WeeklySpec
from generators.spec.platform import PlatformSpec, Weekday
from generators.spec.service import ServiceSpec
from generators.units import Duration
from generators.zone import fixed_offset

_DAYS = get_args(Weekday)
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


def by_service(
    documents: Iterable[Read[MaintenanceSpec]],
    services: Mapping[str, ServiceSpec],
    platform: PlatformSpec,
    problems: Problems,
) -> Mapping[str, tuple[Maintenance, ...]]:
    """The announced work of each service, by name."""
    found: dict[str, tuple[Maintenance, ...]] = dict.fromkeys(services, ())
    for document in documents:
        for index, name in enumerate(document.spec.services):
            problems.find("service", name, services, locate(document.root, ("services", index)))
        when = _when(document, document.spec.timezone or platform.timezone, problems)
        if when is not None:
            work = Maintenance(document.spec.maintenance, document.spec.title, when)
            found |= {name: (*found[name], work) for name in document.spec.services or services if name in found}
    return found


def _when(document: Read[MaintenanceSpec], zone: str, problems: Problems) -> Once | Weekly | Expr | None:
    spec = document.spec
    if spec.condition is not None:
        return spec.condition.expr
    if spec.start and spec.end:
        return Once(_utc(spec.start, zone), _utc(spec.end, zone))
    assert spec.weekly is not None
    offset = fixed_offset(zone)
    if offset is None:
        message = f"{zone} moves its clocks, and PromQL only knows UTC, so a time of every week can't be said in it"
        hint = "give the times in UTC, with `timezone: UTC`"
        problems.say("bad-maintenance", message, locate(document.root, ("weekly",)), hint)
        return None
    return _weekly(spec.weekly, offset)


def _utc(moment: Moment, zone: str) -> datetime:
    return moment.at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _weekly(spec: WeeklySpec, offset: timedelta) -> Weekly:
    start, end = map(_since_midnight, (spec.start, spec.end))
    lasting = end - start if end > start else end - start + _DAY
    first = (_DAYS.index(spec.day) * _DAY + start - offset) % _WEEK
    return Weekly(*(Duration(Decimal(int(span.total_seconds()))) for span in (first, lasting)))


def _since_midnight(time: str) -> timedelta:
    hours, minutes = map(int, time.split(":"))
    return timedelta(hours=hours, minutes=minutes)
