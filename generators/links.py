"""Addresses of runbook pages and panels. Alerts, pages and dashboards all take them from here."""

from __future__ import annotations

from generators import naming
from generators.dashboards.ids import panel_id
from generators.model.catalog import Catalog, Service
from generators.model.signal import Signal

SLO_DASHBOARD = "slo"
_SERVICES_ON_ONE_PAGE = 100


def runbook(catalog: Catalog, alert: str) -> str:
    """The page of an alert."""
    return catalog.platform.urls.runbooks.format(environment=catalog.environment, page=alert)


def dashboard(catalog: Catalog, name: str) -> str:
    """The address of a dashboard."""
    base = catalog.platform.urls.grafana.format(environment=catalog.environment)
    return f"{base}/d/{naming.dashboard_uid(catalog.platform.platform, name)}"


def signal_panel(catalog: Catalog, service: Service, signal: Signal, *, narrowed: bool = False) -> str | None:
    """The panel of a signal, `narrowed` to the series of the alert; the dashboard where it has no panel."""
    if service.dashboard is None:
        return None
    if not signal.kind.panel:
        return dashboard(catalog, service.dashboard)
    url = panel(catalog, service.dashboard, panel_key(service.name, signal.name))
    labels = signal.choosable if narrowed else ()
    chosen = (f"&var-{naming.variable(service.name, label)}={{{{ $labels.{label} | urlquery }}}}" for label in labels)
    return url + "".join(chosen)


def slo_panel(catalog: Catalog, service: Service, slo: str) -> str:
    """The panel of an SLO's error ratio."""
    return panel(catalog, slo_dashboard(catalog, service.owner.name), panel_key(service.name, slo))


def slo_dashboard(catalog: Catalog, owner: str) -> str:
    """The dashboard with the rows of an owner's SLOs: the overview, or one for each owner in a large catalog.

    Thousands of rows on one page help nobody, Grafana can hardly load them, and ids of that many panels collide.
    """
    apart = len(catalog.services) > _SERVICES_ON_ONE_PAGE
    return f"{SLO_DASHBOARD}-{owner}" if apart else SLO_DASHBOARD


def panel(catalog: Catalog, name: str, key: str) -> str:
    """A panel by the key it has on its dashboard."""
    number = panel_id(naming.dashboard_uid(catalog.platform.platform, name), key)
    return f"{dashboard(catalog, name)}?viewPanel={number}"


def panel_key(service: str, name: str) -> str:
    """What identifies a panel on its dashboard, whatever is added around it."""
    return f"{service}.{name}"
