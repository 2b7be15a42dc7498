"""Every name that other systems see: metrics, labels, alerts, groups, pages. Each is decided here, once."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b

from generators.period import Calendar, Period
from generators.units import Duration

SATURATION = "resource:saturation:ratio"
SATURATION_SOFT_LIMIT = "resource:saturation:soft_limit"
SATURATION_HARD_LIMIT = "resource:saturation:hard_limit"
SLO_BAD = "slo:events_bad:rate5m"
SLO_TOTAL = "slo:events_total:rate5m"
SLO_OBJECTIVE = "slo:objective:ratio"
SLO_BUDGET = "slo:error_budget:ratio"
SLO_REMAINING = "slo:error_budget_remaining:ratio"
SLO_BURN_RATE = "slo:burn_rate:ratio"
SLO_EXHAUSTION = "slo:error_budget_exhaustion:seconds"
SLO_INFO = "slo:info"
WATCHDOG = "Watchdog"
RUNBOOK_INDEX = "README"
PLATFORM_FILE = "platform"
# What a catalog can't call its own documents, as tocsin makes files of these names; by kind of document.
RESERVED = {"service": (PLATFORM_FILE,), "dashboard": ("slo", "saturation", "ops-review")}

_LONGEST_UID = 40


class Label(StrEnum):
    """The labels that tocsin sets; routing, inhibition and dashboards read them."""

    ALERT = "alertname"
    SEVERITY = "severity"
    TEAM = "team"
    SERVICE = "service"
    ENVIRONMENT = "environment"
    CATEGORY = "category"
    DOMAIN = "domain"
    RESOURCE = "resource"
    SLO = "slo"
    TIER = "tier"


class Category(StrEnum):
    """What kind of alert it is; inhibition goes by it."""

    THRESHOLD = "threshold"
    NO_DATA = "no-data"
    DOWN = "down"
    PARTLY_DOWN = "partly-down"
    SLO_BURN = "slo-burn"
    META = "meta"
    WATCHDOG = "watchdog"


@lru_cache(1 << 14)
def camel(*names: str) -> str:
    """`api-gateway`, `too_slow` -> `ApiGatewayTooSlow`."""
    return "".join(part[:1].upper() + part[1:] for name in names for part in re.split(r"[-_]", name))


def threshold_alert(service: str, threshold: str) -> str:
    return camel(service, threshold)


def no_data_alert(service: str, signal: str, part: str = "") -> str:
    return camel(service, signal, part, "no-data")


def burn_alert(service: str, slo: str) -> str:
    return camel(service, slo, "budget-burn")


def slo_no_data_alert(service: str, slo: str) -> str:
    return camel(service, slo, "budget-no-data")


NO_DATA_PART = "no-data"


def slo_part(slo: str) -> str:
    """The part of a service's rules, and of its tests, that is about one SLO: it has a file of its own."""
    return f"slo.{slo}"


def part_file(service: str, part: str) -> str:
    """The file, without its ending, of a part of a service's rules or tests; the empty part is all the rest."""
    return f"{service}.{part}" if part else service


def error_ratio(window: Duration) -> str:
    """The recorded share of bad events over a window."""
    return f"slo:error_ratio:rate{window}"


def period_ratio(period: Period) -> str:
    """The recorded share of bad events over the period; of the calendar, so far."""
    return f"slo:error_ratio:{period.calendar}_to_date" if period.calendar else error_ratio(period.length)


def last_period_ratio(calendar: Calendar) -> str:
    """The recorded share of bad events of the whole month or quarter before."""
    return f"slo:error_ratio:last_{calendar}"


def by_calendar(name: str, calendar: Calendar) -> str:
    """A recorded rate with the number of the month or quarter as a label: `slo:events_bad:month`."""
    return f"{name.rpartition(':')[0]}:{calendar}"


@lru_cache(1 << 12)
def variable(service: str, label: str) -> str:
    """The dashboard variable that chooses among the values of a label on one service's panels."""
    return f"{service}_{label}".replace("-", "_")


def dashboard_uid(platform: str, dashboard: str) -> str:
    """Grafana takes 40 characters; a longer name is cut and told apart by a digest."""
    uid = f"{platform}-{dashboard}"
    digest = blake2b(uid.encode(), digest_size=4).hexdigest()
    return uid if len(uid) <= _LONGEST_UID else f"{uid[: _LONGEST_UID - 9]}-{digest}"
