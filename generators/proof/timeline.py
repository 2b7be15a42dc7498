"""Stages that follow each other, written out as the samples of input series in promtool's notation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

from generators.promql.render import quoted
from generators.scalar import decimal_text
from generators.signals.feed import Feed, Feeds, Motion
from generators.units import Duration


@dataclass(frozen=True, slots=True)
class Stage:
    """For so many scrapes the series make the value `level`; None where there is no value.

    With `resets`, counters start again from 0 halfway; with `misses`, one scrape fails. A stage that is `apart` has
    so few events that its level does not mix with the next one's.
    """

    name: str
    level: Decimal | None
    feeds: Feeds
    scrapes: int
    resets: bool = False
    misses: bool = False
    apart: bool = False


@dataclass(frozen=True)
class Timeline:
    """Stages, and the interval at which they are scraped."""

    stages: tuple[Stage, ...]
    scrape: Duration

    @cached_property
    def starts(self) -> tuple[Decimal, ...]:
        """The second at which each stage starts, and that at which the last one ends."""
        scrapes = accumulate((stage.scrapes for stage in self.stages), initial=0)
        return tuple(n * self.scrape.seconds for n in scrapes)

    def inputs(self) -> Mapping[str, str]:
        """Series and their values."""
        fed = [{feed.key: feed for feed in stage.feeds} for stage in self.stages]
        series = {key: feed for feeds in fed for key, feed in feeds.items()}
        return {
            series_text(one.metric, one.labels): self._values([feeds.get(key) for feeds in fed])
            for key, one in series.items()
        }

    def number(self, at: Decimal) -> int:
        """Which stage it is at that second."""
        return min(bisect_right(self.starts, at), len(self.stages)) - 1

    def _values(self, feeds: Iterable[Feed | None]) -> str:
        """The samples of a series, which some stages feed."""
        words: list[str] = []
        total = Decimal(0)
        for start, stage, feed in zip(self.starts, self.stages, feeds, strict=False):
            if feed is None:
                words += ["stale", *_repeated("_", stage.scrapes - 1)]
            elif feed.motion is Motion.GROWS:
                pieces, total = _counted(feed, stage, total)
                words += pieces
            else:
                words += _MOTIONS[feed.motion](feed.amount, stage, start, self.scrape)
        return " ".join(words)


def series_text(metric: str, labels: Mapping[str, str]) -> str:
    """A series as promtool takes it."""
    inside = ",".join(f"{name}={quoted(value)}" for name, value in sorted(labels.items()))
    return f"{metric}{{{inside}}}"


def _counted(feed: Feed, stage: Stage, total: Decimal) -> tuple[list[str], Decimal]:
    """The samples of a counter, and where it stands after them."""
    samples = stage.scrapes // feed.every
    if not stage.resets:
        return _counting(total, feed, samples, stage.misses), total + feed.amount * samples
    before = samples // 2
    after = samples - before
    words = _counting(total, feed, before) + _counting(feed.amount, feed, after)
    return words, feed.amount * (after + 1)


def _counting(first: Decimal, feed: Feed, samples: int, misses: bool = False) -> list[str]:
    if feed.every > 1:
        apart = tuple(_repeated("_", feed.every - 1))
        return [w for n in range(samples) for w in (decimal_text(first + n * feed.amount), *apart)]
    if misses and samples > _ENOUGH:
        later = first + (samples // 2 + 1) * feed.amount
        return [*_counting(first, feed, samples // 2), "_", *_counting(later, feed, samples - samples // 2 - 1)]
    return _run(first, feed.amount, samples)


def _staying(amount: Decimal, stage: Stage, _start: Decimal, _scrape: Duration) -> list[str]:
    if stage.misses and stage.scrapes > _ENOUGH:
        half = stage.scrapes // 2
        return [*_run(amount, Decimal(0), half), "_", *_run(amount, Decimal(0), stage.scrapes - half - 1)]
    return _run(amount, Decimal(0), stage.scrapes)


def _following(amount: Decimal, stage: Stage, start: Decimal, scrape: Duration) -> list[str]:
    return _run(start + amount, scrape.seconds, stage.scrapes)


def _run(first: Decimal, step: Decimal, samples: int) -> list[str]:
    """`samples` values from `first` on."""
    if samples <= 0:
        return []
    more = f"+{decimal_text(step)}" if step else ""
    return [decimal_text(first) + (f"{more}x{samples - 1}" if samples > 1 else "")]


def _repeated(word: str, times: int) -> Iterator[str]:
    if times > 0:
        yield word if times == 1 else f"{word}x{times}"


_ENOUGH = 8
_MOTIONS: Mapping[Motion, Callable[[Decimal, Stage, Decimal, Duration], list[str]]] = {
    Motion.STAYS: _staying,
    Motion.FOLLOWS: _following,
}


def described(timeline: Timeline) -> str:
    """What happens when."""
    named = zip(timeline.starts, timeline.stages, strict=False)
    return ", ".join(f"{Duration(at)} {stage.name}" for at, stage in named)
