"""The kinds of document, told by their first key. A new kind is a class and a line in `KINDS`."""

from collections.abc import Mapping

from generators.frozen import Frozen
from generators.spec.maintenance import MaintenanceSpec
from generators.spec.ownership import (
    ExceptionsSpec,
    PlaybookSpec,
    PolicySpec,
    SeveritiesSpec,
    SopSpec,
    TeamSpec,
)
from generators.spec.platform import PlatformSpec
from generators.spec.service import DashboardSpec, ExporterSpec, PackSpec, ServiceSpec

KINDS: Mapping[str, type[Frozen]] = {
    "platform": PlatformSpec,
    "severities": SeveritiesSpec,
    "team": TeamSpec,
    "service": ServiceSpec,
    "pack": PackSpec,
    "exporter": ExporterSpec,
    "dashboard": DashboardSpec,
    "playbook": PlaybookSpec,
    "sop": SopSpec,
    "maintenance": MaintenanceSpec,
    "policy": PolicySpec,
    "exceptions": ExceptionsSpec,
}
SINGLE = frozenset(("platform", "severities"))
