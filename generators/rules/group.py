"""Rules and groups of rules, free of any file format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generators.promql import Expr
from generators.units import Duration


@dataclass(frozen=True, slots=True)
class Recording:
    """A series that Prometheus computes and keeps."""

    name: str
    expr: Expr
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alert:
    """A condition that somebody is told about once it has held for `hold`."""

    name: str
    expr: Expr
    labels: Mapping[str, str]
    annotations: Mapping[str, str]
    hold: Duration | None = None
    keep_firing_for: Duration | None = None
    series_labels: tuple[str, ...] = ()


Rule = Recording | Alert


@dataclass(frozen=True, slots=True)
class Group:
    """Rules that are evaluated one after the other, at one time: every `interval`, or as often as the platform says.

    Groups of one `part` are written to a file of their own.
    """

    name: str
    rules: tuple[Rule, ...]
    interval: Duration | None = None
    part: str = ""
