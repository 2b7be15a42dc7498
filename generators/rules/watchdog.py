"""The dead man's switch: an alert that always fires, so that its silence says that alerting itself is broken."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generators import links, naming
from generators.model.catalog import Catalog
from generators.naming import Category, Label
from generators.promql import Number, call
from generators.rules.group import Alert, Group


def groups(catalog: Catalog) -> Iterator[Group]:
    """The group of the watchdog, where the platform has one."""
    if catalog.platform.watchdog is None:
        return
    labels = {
        **catalog.labels,
        Label.SEVERITY: catalog.severities[-1].name,
        Label.TEAM: catalog.owner.name,
        Label.SERVICE: catalog.platform.platform,
        Label.CATEGORY: Category.WATCHDOG,
    }
    said = {
        "summary": "Alerting works from end to end",
        "description": "This alert always fires. Its receiver raises the alarm when it stops hearing it.",
        "runbook_url": links.runbook(catalog, naming.WATCHDOG),
    }
    yield Group("watchdog", (Alert(naming.WATCHDOG, call("vector", Number(Decimal(1))), labels, said),))
