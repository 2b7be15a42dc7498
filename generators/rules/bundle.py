"""A catalog with all its rules, compiled once: what every emitter starts from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generators import naming
from generators.model.catalog import Catalog, Service
from generators.rules import absence, slo, threshold, watchdog
from generators.rules.group import Alert, Group

PER_SERVICE = (threshold.groups, absence.groups, slo.groups)


@dataclass(frozen=True, slots=True)
class RuleFile:
    """The groups of one service; `service` is None for what belongs to the platform as a whole."""

    name: str
    service: Service | None
    groups: tuple[Group, ...]

    @property
    def parts(self) -> Iterator[tuple[str, tuple[Group, ...]]]:
        """Its groups by part, each of which is a file: the empty one first."""
        for part in sorted({group.part for group in self.groups}):
            yield part, tuple(group for group in self.groups if group.part == part)

    @property
    def alerts(self) -> Iterator[Alert]:
        """Every alert of the file."""
        for group in self.groups:
            yield from (rule for rule in group.rules if isinstance(rule, Alert))


@dataclass(frozen=True, slots=True)
class Bundle:
    """The catalog of an environment and its rule files: one for the platform, one for each service."""

    catalog: Catalog
    files: tuple[RuleFile, ...]

    @property
    def alerts(self) -> Iterator[Alert]:
        """Every alert of the environment."""
        for file in self.files:
            yield from file.alerts


def bundle(catalog: Catalog) -> Bundle:
    """All rules of a catalog."""
    return Bundle(catalog, tuple(_files(catalog)))


def service_groups(catalog: Catalog, service: Service) -> tuple[Group, ...]:
    """Every group of a service."""
    return tuple(group for family in PER_SERVICE for group in family(catalog, service))


def _files(catalog: Catalog) -> Iterator[RuleFile]:
    if groups := tuple(watchdog.groups(catalog)):
        yield RuleFile(naming.PLATFORM_FILE, None, groups)
    for service in catalog.services:
        if groups := service_groups(catalog, service):
            yield RuleFile(service.name, service, groups)
