"""Rules to fill the history of SLOs from: what Prometheus has to have recorded for their periods to be right.

They read raw series only, so one pass of `promtool tsdb create-blocks-from rules` makes all of it; everything else that
an SLO records follows from them.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.emit.artifact import Artifact
from generators.emit.header import GENERATED
from generators.emit.prometheus import rule_file
from generators.emit.yaml_text import yaml_text
from generators.rules.bundle import Bundle
from generators.rules.slo import history

FOLDER = "prometheus/backfill"


def artifacts(bundle: Bundle) -> Iterator[Artifact]:
    """One file for each service that has SLOs."""
    interval = str(bundle.catalog.platform.evaluation_interval)
    for service in bundle.catalog.services:
        if groups := tuple(history(bundle.catalog, service)):
            yield Artifact(f"{FOLDER}/{service.name}.yaml", yaml_text(rule_file(groups, interval), GENERATED))
