"""The dashboards of an environment as files, and the file that makes Grafana read them."""

from __future__ import annotations

from collections.abc import Iterator

from generators.emit.artifact import Artifact, json_text
from generators.emit.dashboards import dashboards
from generators.emit.grafana import dashboard_json, provisioning
from generators.rules.bundle import Bundle


def artifacts(bundle: Bundle) -> Iterator[Artifact]:
    """Dashboard files by folder, then provisioning."""
    found = list(dashboards(bundle))
    for dashboard in found:
        yield Artifact(
            f"grafana/dashboards/{dashboard.folder}/{dashboard.uid}.json",
            json_text(dashboard_json(dashboard)),
        )
    for path, text in provisioning(sorted({d.folder for d in found})).items():
        yield Artifact(f"grafana/{path}", text)
