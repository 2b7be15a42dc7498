"""A catalog around what is imported: a platform, the owners, and nothing else."""

from __future__ import annotations

import re

from generators import pipeline
from generators.model.catalog import Catalog

_PLATFORM = """
platform: imported
title: Imported
owner: sre
timezone: Europe/Vienna
retention: 400d
urls:
  grafana: https://grafana.imported.example
  runbooks: https://runbooks.imported.example/{page}
defaults: {no_data_severity: low, slo_page_severity: high, slo_ticket_severity: low, min_bad_events: 0}
environments: {prod: {}}
---
severities:
  high: {title: High, meaning: Wakes somebody., ack: 5m, pager: always}
  low: {title: Low, meaning: Waits., pager: never}
"""
_TEAM = """
---
team: @
title: Team
pagerduty_key_file: /etc/alertmanager/pagerduty
slack_channel: "#alerts"
slack_api_url_file: /etc/alertmanager/slack
"""


def files(imported: str) -> dict[str, bytes]:
    """The files of the catalog."""
    owners = sorted({"sre", *re.findall(r"^owner: (.*)$", imported, re.MULTILINE)})
    platform = _PLATFORM + "".join(_TEAM.replace("@", owner) for owner in owners)
    return {"platform.yaml": platform.encode(), "imported.yaml": imported.encode()}


def catalog(imported: str) -> Catalog:
    """The catalog of the imported documents."""
    (found,) = pipeline.compile_catalog(files(imported))
    return found
