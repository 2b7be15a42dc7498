"""Composite SLIs: what several SLOs count, together or one after the other of the same events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce

from generators.model.signal import Signal
from generators.model.sli import Sli
from generators.promql import Expr, String, aggregate, call, sum_by
from generators.signals.counted import Events
from generators.signals.example import UnprovableError
from generators.signals.feed import Feed, Feeds, Setting, Source
from generators.units import Duration

PART = "part"
"""The label that tells the parts of a composite apart while they are added up."""


@dataclass(frozen=True, slots=True)
class CompositeSli(Sli):
    """What other SLOs count: all their events together, or (`same`) the same events, each of which has to be good.

    Nothing tells whether an event is bad for two reasons, so the bad ones of all are added up, but no more than all
    events: an error ratio that is never too low.
    """

    parts: tuple[Sli, ...]
    same: bool

    @property
    def by(self) -> tuple[str, ...]:
        return self.parts[0].by

    @property
    def signals(self) -> tuple[Signal, ...]:
        found = {(s.service, s.name): s for part in self.parts for s in part.signals}
        return tuple(found.values())

    @property
    def labels(self) -> Mapping[str, str]:
        return self.parts[0].labels

    @property
    def counts_evenly(self) -> bool:
        return all(part.counts_evenly for part in self.parts)

    @property
    def blends(self) -> bool:
        return not self.same and all(part.blends for part in self.parts)

    def events(self, window: Duration) -> Events:
        found = [part.events(window) for part in self.parts]
        bad = sum_by(_union(events.bad for events in found), self.by)
        if not self.same:
            return Events(bad, sum_by(_union(events.total for events in found), self.by))
        total = aggregate("max", _union(events.total for events in found), self.by)
        return Events(aggregate("min", _union((bad, total)), self.by), total)

    def source(self, setting: Setting) -> Source:
        sources = [part.source(setting) for part in self.parts]

        def at(level: Decimal) -> Feeds:
            return _together(source.at(level) for source in sources)

        for extreme in (Decimal(0), Decimal(1)):
            at(extreme)

        first = max(sources, key=lambda source: source.memory)
        return replace(first, at=at, idle=None, few=())


def _together(found: Iterable[Feeds]) -> Feeds:
    """All input series. Raises UnprovableError where two parts want one series to be different."""
    feeds: dict[object, Feed] = {}
    for feed in (feed for some in found for feed in some):
        if feeds.setdefault(feed.key, feed) != feed:
            raise UnprovableError(f"its parts are counted by the same series of {feed.metric}, each in its own way")
    return tuple(feeds.values())


def _union(exprs: Iterable[Expr]) -> Expr:
    """The series of all, told apart by a label of their own so that none hides another."""
    return reduce(lambda left, right: left | right, _numbered(exprs))


def _numbered(exprs: Iterable[Expr]) -> Iterator[Expr]:
    for number, expr in enumerate(exprs, 1):
        yield call("label_replace", expr, *map(String, (PART, str(number), "", "")))
