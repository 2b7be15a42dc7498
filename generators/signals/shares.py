"""Input series for a share of events: whole numbers whose quotient is the share to the last bit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from generators.signals.feed import Feed, Feeds, Idle, Setting, Source, rates
from generators.units import Duration

Formula = Callable[[float, float, float], float]
_TRIES = 400


@dataclass(frozen=True, slots=True)
class Split:
    """How events are counted: `feeds` makes the series for so many of the part, of the rest and of all a scrape.

    `share` is what an expression makes of their rates, and `part_is_bad` says which of the events are bad.
    """

    feeds: Callable[[Decimal, Decimal, Decimal], Feeds]
    share: Formula
    labels: Mapping[str, str]
    window: Duration
    part_is_bad: bool

    def source(self, setting: Setting) -> Source:
        """The source whose level is the share of the part."""
        total = self._total(setting)
        extreme = Decimal(self.part_is_bad)
        return Source(
            lambda level: self._at(level, total),
            self.labels,
            lambda level: self._exactly(level, total, setting),
            memory=self.window.seconds,
            low=Decimal(0),
            high=Decimal(1),
            idle=Idle(self._at(Decimal(0), Decimal(0)), None),
            few=self._few(extreme, setting),
            few_level=extreme,
        )

    def bad_source(self, setting: Setting) -> Source:
        """The source whose level is the share of bad events."""
        if self.part_is_bad:
            return self.source(setting)
        source = self.source(replace(setting, levels=tuple(1 - level for level in setting.levels), exact=()))
        return replace(source, at=lambda level: source.at(1 - level))

    def _at(self, level: Decimal, total: Decimal) -> Feeds:
        return self.feeds(level * total, total - level * total, total)

    def _total(self, setting: Setting) -> Decimal:
        """How many events a scrape: whole numbers at every level, far more bad ones than the guard asks for."""
        scrapes = self.window.seconds / setting.scrape.seconds
        least = 1 + int(10 * setting.min_bad_events / scrapes)
        totals = [Decimal(n * 10**setting.decimals) for n in range(least, least + _TRIES)]
        fitting = (t for t in totals if all(self._exactly(level, t, setting) for level in setting.exact))
        return next(fitting, totals[0])

    def _exactly(self, level: Decimal, total: Decimal, setting: Setting) -> bool:
        part = level * total
        counted = [rates(growth, self.window, setting) for growth in (part, total - part, total)]
        return all(self.share(*one) == float(level) for one in zip(*counted, strict=True))

    def _few(self, extreme: Decimal, setting: Setting) -> Feeds:
        """Nothing but bad events, but fewer than the guard asks for within any window."""
        every = int(self.window.seconds / setting.scrape.seconds / 2)
        spaced = every * setting.scrape.seconds
        events = int((setting.min_bad_events - 1) * spaced / self.window.seconds) if every else 0
        feeds = self._at(extreme, Decimal(events)) if events > 0 else ()
        return tuple(replace(feed, every=every) for feed in feeds)


def of_one_counter(part: float, rest: float, _total: float) -> float:
    """`part / (part + rest)`, all series of one counter."""
    return part / (part + rest)


def of_two_counters(part: float, _rest: float, total: float) -> float:
    """`part / total`, a counter each."""
    return part / total


def beside_a_counter(_part: float, rest: float, total: float) -> float:
    """`(total - rest) / total`."""
    return (total - rest) / total


def growing(feed: Feed, amount: Decimal) -> Feed:
    """The counter growing by that much."""
    return replace(feed, amount=amount)
