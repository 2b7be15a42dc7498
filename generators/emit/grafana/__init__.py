"""Grafana: dashboards as classic JSON (schema version 42) and the files that provision them.

grafanalib does the writing and is imported only here, and only when a dashboard is written.
"""

from typing import Any

from generators.dashboards import Dashboard
from generators.emit.grafana.canonical import canonical
from generators.emit.grafana.provisioning import provisioning

__all__ = ["dashboard_json", "provisioning"]


def dashboard_json(dashboard: Dashboard) -> dict[str, Any]:
    """The dashboard as Grafana reads it: plain JSON values, keys sorted. PanelIdError if two ids clash."""
    from generators.emit.grafana.dashboard import build  # noqa: PLC0415 (grafanalib takes 0.1 s)

    document: dict[str, Any] = canonical(build(dashboard))
    return document
