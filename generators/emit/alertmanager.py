"""The routing tree as Alertmanager's configuration, the templates of its notifications, and routing tests.

Every text that a person reads comes from the templates; the configuration only names them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from generators.routing.intervals import DAYS, TimeInterval, TimeRange, clock
from generators.routing.matchers import Labels
from generators.routing.simulate import inhibited_by, receivers
from generators.routing.tree import (
    Channel,
    InhibitRule,
    PagerDuty,
    Receiver,
    Role,
    Route,
    RoutingTree,
    Slack,
    Webhook,
)

Version = tuple[int, ...]
Data = dict[str, Any]

_NAMED_INHIBITIONS = (0, 30)
_WEBHOOK_URL_FILE = (0, 28)  # read from 0.26, but an answer other than 2xx crashed 0.26 and 0.27 (#3800)
_TEMPLATES = ("pagerduty.tmpl", "slack.tmpl", "tocsin.tmpl")
_PREFIXES = {Role.FALLBACK: "NO OWNER: ", Role.COPY: "FYI: "}
_PAGERDUTY_DETAILS = (
    "severity", "service", "team", "environment", "summary", "description",
    "runbook", "dashboard", "acknowledge", "updates", "alerts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoutingCase:
    """Alerts that are active together, and what that shows."""

    name: str
    alerts: tuple[Labels, ...]


def alertmanager_config(tree: RoutingTree, version: Version) -> Data:
    """The configuration file of that version of Alertmanager."""
    return _filled(
        templates=["templates/*.tmpl"],
        route=_route(tree.root),
        inhibit_rules=[_inhibition(rule, version) for rule in tree.inhibitions],
        time_intervals=[_interval(interval) for interval in tree.intervals],
        receivers=[_receiver(receiver, version) for receiver in tree.receivers],
    )


def notification_templates() -> dict[str, str]:
    """File name to text, for the folder that the configuration names."""
    folder = files("generators.emit") / "templates" / "alertmanager"
    return {name: (folder / name).read_text(encoding="utf-8") for name in _TEMPLATES}


def routing_tests(tree: RoutingTree, cases: Iterable[RoutingCase]) -> Data:
    """What the simulator says of the cases, in the file format of prometheus/alertmanager #5175.

    As there, receivers are those of all routes that match, in order, whatever the time.
    """
    told = receivers(tree)

    def expectation(alert: Labels, active: tuple[Labels, ...]) -> Data:
        if inhibited_by(tree, alert, active):
            return {"labels": dict(alert), "expected_inhibited": True}
        return {"labels": dict(alert), "expected_receivers": told(alert)}

    return {
        "tests": [
            {"name": case.name, "alerts": [expectation(alert, case.alerts) for alert in case.alerts]} for case in cases
        ]
    }


def _route(route: Route) -> Data:
    timing = route.timing
    return _filled(
        matchers=[str(matcher) for matcher in route.matchers],
        receiver=route.receiver and route.receiver.name,
        group_by=[str(label) for label in route.group_by],
        group_wait=timing.wait and str(timing.wait),
        group_interval=timing.interval and str(timing.interval),
        repeat_interval=timing.repeat and str(timing.repeat),
        active_time_intervals=[interval.name for interval in route.active],
        mute_time_intervals=[interval.name for interval in route.muted],
        **{"continue": route.goes_on},
        routes=[_route(child) for child in route.routes],
    )


def _inhibition(rule: InhibitRule, version: Version) -> Data:
    return _filled(
        name=rule.name if version >= _NAMED_INHIBITIONS else None,
        source_matchers=[str(matcher) for matcher in rule.source],
        target_matchers=[str(matcher) for matcher in rule.target],
        equal=[str(label) for label in rule.equal],
    )


def _interval(interval: TimeInterval) -> Data:
    return {"name": interval.name, "time_intervals": [_range(part) for part in interval.ranges]}


def _range(part: TimeRange) -> Data:
    return {
        "weekdays": [":".join(DAYS[day] for day in dict.fromkeys(run)) for run in part.weekdays],
        "times": [{"start_time": clock(part.start), "end_time": clock(part.end)}],
        "location": part.location,
    }


def _receiver(receiver: Receiver, version: Version) -> Data:
    configs: dict[str, list[Data]] = {}
    for channel in receiver.channels:
        kind, config = _channel(channel, _PREFIXES.get(receiver.role, ""), version)
        configs.setdefault(kind, []).append(config)
    return {"name": receiver.name, **configs}


def _channel(channel: Channel, prefix: str, version: Version) -> tuple[str, Data]:
    match channel:
        case PagerDuty():
            return "pagerduty_configs", _pagerduty(channel, prefix)
        case Slack():
            return "slack_configs", _slack(channel, prefix)
    return _webhook(channel, version)


def _pagerduty(channel: PagerDuty, prefix: str) -> Data:
    return {
        "routing_key_file": channel.routing_key_file,
        "send_resolved": True,
        "severity": channel.severity,
        "description": prefix + _template("title"),
        "client": "Alertmanager",
        "client_url": _template("dashboard"),
        "class": "{{ .CommonLabels.category }}",
        "component": "{{ .CommonLabels.service }}",
        "group": "{{ .CommonLabels.environment }}",
        "details": {detail: _template(f"pagerduty.{detail}") for detail in _PAGERDUTY_DETAILS},
    }


def _slack(channel: Slack, prefix: str) -> Data:
    return {
        "api_url_file": channel.api_url_file,
        "channel": channel.channel,
        "send_resolved": True,
        "color": _template("slack.color"),
        "title": prefix + _template("slack.title"),
        "title_link": _template("dashboard"),
        "fallback": prefix + _template("slack.title"),
        "text": _template("slack.text"),
    }


def _webhook(channel: Webhook, version: Version) -> tuple[str, Data]:
    """A POST to a URL out of a file. Older versions do that for Slack only; a switch takes any body."""
    if version >= _WEBHOOK_URL_FILE:
        return "webhook_configs", {"url_file": channel.url_file, "send_resolved": False}
    return "slack_configs", {"api_url_file": channel.url_file, "send_resolved": False}


def _template(name: str) -> str:
    return f'{{{{ template "tocsin.{name}" . }}}}'


def _filled(**fields: Any) -> Data:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, [], False)}
