"""The alert labels that routing, inhibition and notifications read."""

from __future__ import annotations

from collections.abc import Mapping

Labels = Mapping[str, str]

ALERTNAME = "alertname"
SEVERITY = "severity"
TEAM = "team"
SERVICE = "service"
ENVIRONMENT = "environment"
CATEGORY = "category"
DOMAIN = "domain"
SLO = "slo"
TIER = "tier"

DOWN, NO_DATA, SLO_BURN, WATCHDOG = "down", "no-data", "slo-burn", "watchdog"
