"""Input series for a share of events: whole numbers whose quotient is the share to the last bit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from generators.signals.feed import Feed, Feeds, Idle, Setting, Source, rates
from generators.units import Duration

Formula = Callable[[float, float, float], float]
_TRIES = 200
_SPACINGS = (1, 2, 3, 4)
_PARTS = 64


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
        every, total = self._fitting(setting)
        sparse = replace(setting, scrape=setting.scrape * every)
        extreme = Decimal(self.part_is_bad)
        return Source(
            lambda level: self._at(level, total, every),
            self.labels,
            lambda level: self._exactly(level, total, sparse),
            memory=self.window.seconds,
            low=Decimal(0),
            high=Decimal(1),
            idle=Idle(self._at(Decimal(0), Decimal(0), every), None),
            few=tuple(self._few(events, extreme, setting) for events in _around(setting.min_bad_events)),
            few_level=extreme,
        )

    def bad_source(self, setting: Setting) -> Source:
        """The source whose level is the share of bad events."""
        if self.part_is_bad:
            return self.source(setting)
        source = self.source(replace(setting, levels=tuple(1 - level for level in setting.levels), exact=()))
        return replace(source, at=lambda level: source.at(1 - level))

    def _at(self, level: Decimal, total: Decimal, every: int) -> Feeds:
        feeds = self.feeds(level * total, total - level * total, total)
        return tuple(replace(feed, every=every) for feed in feeds)

    def _fitting(self, setting: Setting) -> tuple[int, Decimal]:
        """How many scrapes apart samples are, and by how many events: whole numbers at every level.

        Of those that hit all limits, the first; bad events are always far more than the guard asks for.
        """
        least = 1 + int(10 * setting.min_bad_events * setting.scrape.seconds / self.window.seconds)
        whole = 10**setting.decimals
        totals = [Decimal(n * whole) for n in range(least, least + _TRIES)]
        choices = ((every, total) for every in _SPACINGS for total in totals)
        return next((c for c in choices if self._hits(*c, setting)), (1, totals[0]))

    def _hits(self, every: int, total: Decimal, setting: Setting) -> bool:
        sparse = replace(setting, scrape=setting.scrape * every)
        return all(self._exactly(level, total, sparse) for level in setting.exact)

    def _exactly(self, level: Decimal, total: Decimal, setting: Setting) -> bool:
        part = level * total
        counted = [list(rates(growth, self.window, setting)) for growth in (part, total - part, total)]
        return all(self.share(*one) == float(level) for one in zip(*counted, strict=True))

    def _few(self, events: int, extreme: Decimal, setting: Setting) -> Feeds:
        """Nothing but bad events, so many of them in any window."""
        every = max(1, int(self.window.seconds / setting.scrape.seconds / 2))
        share = every * setting.scrape.seconds / self.window.seconds
        return self._at(extreme, (events * share * _PARTS).to_integral_value(ROUND_CEILING) / _PARTS, every)


def _around(least: int) -> tuple[int, ...]:
    """One event less than the guard asks for, and just as many; nothing where it asks for none."""
    return (least - 1, least) if least else ()


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
