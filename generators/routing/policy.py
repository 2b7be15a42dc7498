"""What a catalog says about routing."""

from __future__ import annotations

from itertools import combinations

from generators.routing.matchers import Labels
from generators.routing.tree import Policy
from generators.rules.bundle import Bundle
from generators.rules.group import Alert


def policy_of(bundle: Bundle) -> Policy:
    """The routing policy of an environment."""
    catalog = bundle.catalog
    identity = sorted({label for alert in bundle.alerts for label in alert.series_labels})
    return Policy(
        platform=catalog.owner,
        teams=catalog.teams,
        severities=catalog.severities,
        hours=catalog.hours,
        watchdog_url_file=catalog.platform.watchdog.url_file if catalog.platform.watchdog else "",
        identity=tuple(identity),
        dependencies=tuple((s.name, needed) for s in catalog.services for needed in s.depends_on),
        tiers=_tiers(bundle),
        alerts=alert_labels(bundle),
    )


def _tiers(bundle: Bundle) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The slower tiers of each: those that are slower wherever an SLO has both."""
    slower: dict[tuple[str, str], bool] = {}
    for service in bundle.catalog.services:
        for slo in service.slos:
            for fast, slow in combinations([tier.name for tier in slo.tiers], 2):
                slower[fast, slow] = slower.get((fast, slow), True)
                slower[slow, fast] = False
    found: dict[str, tuple[str, ...]] = {}
    for (fast, slow), always in slower.items():
        found |= {fast: (*found.get(fast, ()), slow)} if always else {}
    return tuple(found.items())


def alert_labels(bundle: Bundle) -> tuple[Labels, ...]:
    """The labels of every alert, as they reach Alertmanager but for what comes from series."""
    found = (labels_of(alert) for alert in bundle.alerts)
    distinct = {tuple(sorted(labels.items())): labels for labels in found}
    return tuple(distinct.values())


def labels_of(alert: Alert) -> dict[str, str]:
    """The labels of an alert that its rule sets, its name among them."""
    return {"alertname": alert.name, **{str(name): str(value) for name, value in alert.labels.items()}}
