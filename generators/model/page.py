"""A page of text for people, with its owner."""

from __future__ import annotations

from dataclasses import dataclass

from generators.model.ownership import Team
from generators.spec.ownership import PageSpec


@dataclass(frozen=True, slots=True)
class Page:
    """A playbook or SOP."""

    name: str
    spec: PageSpec
    body: str
    owner: Team
