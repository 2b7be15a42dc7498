"""Rules of whichever generator, as Prometheus evaluates them, and in which order they read each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from generators.units import Duration

EVERY = 30  # seconds between evaluations where a group does not say


@dataclass(frozen=True, slots=True)
class Rule:
    """A recording, or an alert that has to hold for so many seconds."""

    name: str
    expr: str
    labels: Mapping[str, str]
    is_alert: bool = False
    hold: int = 0
    every: int = EVERY


@dataclass(frozen=True, slots=True)
class Contender:
    """The rules of one SLO as one generator makes them.

    `ratios` are the error ratios that it knows, by window in seconds, as expressions over raw series and over
    recordings that read nothing but raw series.
    """

    name: str
    rules: tuple[Rule, ...]
    ratios: Mapping[int, str]

    @property
    def recordings(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if not rule.is_alert)

    @property
    def alerts(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.is_alert)


def read(text: str, prefix: str = "") -> tuple[Rule, ...]:
    """The rules of a rule file, of the groups whose names begin with `prefix`."""
    groups = yaml.safe_load(text)["groups"]
    return tuple(
        _rule(rule, seconds(group["interval"]) if "interval" in group else EVERY)
        for group in groups
        if group["name"].startswith(prefix)
        for rule in group["rules"]
    )


def levels(recordings: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The recordings in steps: each reads only raw series and what earlier steps record."""
    left = list(recordings)
    while left:
        names = {rule.name for rule in left}
        ready = [rule for rule in left if not mentioned(rule.expr, names)]
        if not ready:
            raise ValueError(f"these recordings read each other: {sorted(names)}")
        yield ready
        left = [rule for rule in left if rule not in ready]


def mentioned(expr: str, names: Iterable[str]) -> set[str]:
    """Which of the names an expression reads."""
    words = set(re.findall(r"[A-Za-z_:][\w:]*", re.sub(r'"[^"]*"', "", expr)))
    return words & set(names)


def read_over_time(rules: Sequence[Rule]) -> set[str]:
    """The recorded series of which some rule reads a past, rather than the latest sample."""
    names = {rule.name for rule in rules if not rule.is_alert}
    ranged = re.compile(r"([A-Za-z_:][\w:]*)(?:\{[^}]*\})?\s*\[")
    return names & {name for rule in rules for name in ranged.findall(rule.expr)}


def reach(rules: Iterable[Rule], metric: str) -> int:
    """How far back, in seconds, the rules read a metric."""
    ranged = re.compile(rf"(?<![\w:]){metric}(?:\{{[^}}]*\}})?\s*\[(\w+)")
    return max(seconds(window) for rule in rules for window in ranged.findall(rule.expr))


def seconds(duration: str) -> int:
    """`1h4m` -> 3840."""
    return int(Duration.parse(duration).seconds)


def _rule(data: Mapping[str, Any], every: int) -> Rule:
    name = data.get("record") or data["alert"]
    hold = seconds(data["for"]) if "for" in data else 0
    return Rule(name, data["expr"], data.get("labels", {}), "alert" in data, hold, every)
