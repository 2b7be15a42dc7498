"""What an SLO counts: events of a signal, slices of time, or what other SLOs count. Nothing else asks which it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from generators.model.signal import Signal
from generators.promql import Binary, Number, over_time
from generators.signals.counted import Events
from generators.signals.example import UnprovableError
from generators.signals.feed import Setting, Source
from generators.signals.limit import OPERATORS, Limit
from generators.units import Duration, Quantity


class Sli(ABC):
    """A service level indicator: how many events there are, and how many of them are bad."""

    @property
    @abstractmethod
    def by(self) -> tuple[str, ...]:
        """The labels that are kept, with a budget for each combination."""

    @property
    @abstractmethod
    def signals(self) -> tuple[Signal, ...]:
        """The signals that it reads."""

    @abstractmethod
    def events(self, window: Duration) -> Events:
        """Bad and all events a second over the window. No series of bad ones means 0, none of all means no data."""

    @abstractmethod
    def source(self, setting: Setting) -> Source:
        """Input series for a share of bad events, for tests: at least for 0 and 1. Raises UnprovableError."""

    @property
    def has_any_share(self) -> bool:
        """Whether its source has series for shares other than 0 and 1, and moves evenly from one to the next."""
        return False

    @property
    @abstractmethod
    def labels(self) -> Mapping[str, str]:
        """The labels that its events keep of the input of tests."""

    @property
    def noun(self) -> str:
        """What is counted, for people."""
        return "events"

    @property
    def slice(self) -> Duration | None:
        """How long each slice of time lasts, where it counts those."""
        return None

    @property
    def limits(self) -> tuple[Quantity, ...]:
        """The limits at which its signals are read."""
        return ()

    @property
    def blends(self) -> bool:
        """Whether a window with good and bad input has just the share of bad events that the input has."""
        return True

    @property
    def counts_evenly(self) -> bool:
        """Whether what it counts comes at a steady pace, so that few bad ones are no matter of chance."""
        return self.slice is not None


@dataclass(frozen=True, slots=True)
class EventSli(Sli):
    """The events of a signal; of a latency, those that take no longer than `under` are good."""

    signal: Signal
    under: Quantity | None = None

    @property
    def by(self) -> tuple[str, ...]:
        return self.signal.kind.by

    @property
    def signals(self) -> tuple[Signal, ...]:
        return (self.signal,)

    @property
    def has_any_share(self) -> bool:
        return True

    @property
    def limits(self) -> tuple[Quantity, ...]:
        return (self.under,) if self.under else ()

    @property
    def labels(self) -> Mapping[str, str]:
        return self.signal.kind.event_labels(self.signal.scope)

    @property
    def counts_evenly(self) -> bool:
        return self.signal.kind.counts_evenly

    def events(self, window: Duration) -> Events:
        return self.signal.kind.events(self.signal.scope, window, self.under)

    def source(self, setting: Setting) -> Source:
        return self.signal.kind.event_source(self.signal.scope, setting, self.under)


@dataclass(frozen=True, slots=True)
class SliceSli(Sli):
    """Slices of time, each of which is bad where the signal's value over it crosses the limit.

    A slice in which the signal has no value (a ratio without traffic) counts as neither.
    """

    signal: Signal
    of: Duration
    limit: Limit

    @property
    def by(self) -> tuple[str, ...]:
        return self.signal.kind.by

    @property
    def signals(self) -> tuple[Signal, ...]:
        return (self.signal,)

    @property
    def limits(self) -> tuple[Quantity, ...]:
        return (self.limit.quantity,) if self.limit.quantile is not None else ()

    @property
    def labels(self) -> Mapping[str, str]:
        return self.signal.kind.event_labels(self.signal.scope)

    @property
    def noun(self) -> str:
        return f"slices of {self.of}"

    @property
    def slice(self) -> Duration | None:
        return self.of

    @property
    def blends(self) -> bool:
        return False

    def events(self, window: Duration) -> Events:
        kind, scope = self.signal.kind, self.signal.scope
        level = Number(kind.level(scope, self.limit))
        bad = Binary(OPERATORS[self.limit.comparison], kind.judged(scope, self.limit), level, keep_bool=True)
        found, every = (over_time(how, bad, window, step=self.of) / window.seconds for how in ("sum", "count"))
        return Events(found, every)

    def source(self, setting: Setting) -> Source:
        good, bad = self._levels()
        visited = replace(setting, levels=(good, bad), exact=())
        source = self.signal.kind.source(self.signal.scope, visited, self.limit)
        good, bad = (_within(source, level) for level in (good, bad))
        if good == bad:
            raise UnprovableError("its value can't go beyond the limit")
        return replace(source, at=lambda level: source.at(bad if level else good), few=())

    def _levels(self) -> tuple[Decimal, Decimal]:
        """A value that is good for sure, and one that is bad for sure."""
        level = self.signal.kind.level(self.signal.scope, self.limit)
        low, high = level / 2, level * 2 or Decimal(1)
        return (low, high) if self.limit.comparison in ("above", "at_least") else (high, low)


def _within(source: Source, level: Decimal) -> Decimal:
    at_least = level if source.low is None else max(source.low, level)
    return source.nearest(at_least if source.high is None else min(source.high, at_least))
