"""The families of artifacts. A new one is a module beside these and a line in `EMITTERS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generators.emit import alerting, backfill, prometheus, promtool, runbooks
from generators.emit.artifact import Artifact
from generators.emit.grafana import artifacts as grafana
from generators.rules.bundle import Bundle

EMITTERS: Mapping[str, Callable[[Bundle], Iterator[Artifact]]] = {
    "prometheus": prometheus.artifacts,
    "backfill": backfill.artifacts,
    "promtool": promtool.artifacts,
    "alertmanager": alerting.artifacts,
    "grafana": grafana.artifacts,
    "runbooks": runbooks.artifacts,
}


def emit(bundle: Bundle) -> Iterator[Artifact]:
    """Every file of an environment, below a folder of its name."""
    for family in EMITTERS.values():
        for artifact in family(bundle):
            yield Artifact(f"{bundle.catalog.environment}/{artifact.path}", artifact.text)
