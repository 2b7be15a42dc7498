"""Composite SLOs, linked once every other SLO of the environment is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TypeAlias

from generators.model.catalog import Service
from generators.model.composite import CompositeSli
from generators.model.sli import Sli
from generators.model.slo import Slo
from generators.resolve.context import Part
from generators.resolve.slos import complete
from generators.spec.slo import SloSpec

Key: TypeAlias = tuple[str, str]


def composed(parts: Iterable[Part], services: Iterable[Service]) -> list[Service]:
    """The services, with the composites among their SLOs. What is wrong is noted."""
    by_name = {service.name: service for service in services}
    composer = _Composer({part.service.service: part for part in parts}, by_name)
    return [replace(service, slos=composer.slos(service.name)) for service in by_name.values()]


class _Composer:
    """Links composites in the order in which they need each other."""

    def __init__(self, parts: Mapping[str, Part], services: Mapping[str, Service]) -> None:
        self._parts = parts
        self._found: dict[Key, Slo | None] = {(s.name, slo.name): slo for s in services.values() for slo in s.slos}
        self._under_way: list[Key] = []

    def slos(self, service: str) -> tuple[Slo, ...]:
        """All SLOs of a service, in the order of the catalog."""
        found = (self._slo((service, name)) for name in self._parts[service].service.slos)
        return tuple(slo for slo in found if slo is not None)

    def _slo(self, key: Key) -> Slo | None:
        if key not in self._found:
            part, spec = self._declared(key)
            self._under_way.append(key)
            sli = self._sli(part, spec) if spec.of else None
            self._found[key] = complete(part, key[1], spec, sli) if spec.of else None
            self._under_way.pop()
        return self._found[key]

    def _declared(self, key: Key) -> tuple[Part, SloSpec]:
        part = self._parts[key[0]]
        return part.within("slos", key[1]), part.service.slos[key[1]]

    def _sli(self, part: Part, spec: SloSpec) -> Sli | None:
        parts = [self._component(part, index, name) for index, name in enumerate(spec.of)]
        found = [sli for sli in parts if sli is not None]
        if len(found) < len(parts):
            return None
        if why := _why_not(spec, found):
            part.say("bad-slo", why, part.origin.at("of"))
            return None
        return CompositeSli(tuple(found), spec.events == "same")

    def _component(self, part: Part, index: int, name: str) -> Sli | None:
        own = part.service.service
        service, _dot, slo = name.rpartition(".")
        key, place = (service or own, slo), part.origin.at("of", index)
        if key in self._under_way:
            part.say("bad-slo", f'the SLO "{name}" would be made of itself', place)
            return None
        if part.problems.find("SLO", ".".join(key), self._names, place, "SLOs") is None:
            return None
        found = self._slo(key)
        return found.sli if found else None

    @cached_property
    def _names(self) -> Mapping[str, SloSpec]:
        slos = ((service, part.service.slos) for service, part in sorted(self._parts.items()))
        return {f"{service}.{name}": spec for service, found in slos for name, spec in found.items()}


def _why_not(spec: SloSpec, parts: list[Sli]) -> str:
    """Why the parts can't be added up; empty where they can."""
    if len(set(spec.of)) < len(spec.of):
        return "an SLO is named twice, so its events would count twice"
    if any(sli.by != parts[0].by for sli in parts):
        return "the SLOs of a composite need the same labels in `by`, to be added up"
    nouns = dict.fromkeys(sli.noun for sli in parts)
    return f"{' and '.join(nouns)} can't be added up" if len(nouns) > 1 else ""
