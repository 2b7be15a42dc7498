"""What an alert has to do, told from its limit and its timing alone: the yardstick for what Prometheus does.

While a value moves from one level to the next, versions of Prometheus differ by a sample. So a condition is certain
or it isn't, and every alert is followed twice, with doubt taken for true and for false; only where both agree there
is something to prove.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generators.proof.case import Pace
from generators.proof.timeline import Stage, Timeline
from generators.signals.feed import Source
from generators.signals.limit import Comparison

_DOUBT = (False, True)
_NOISE = Decimal("1e-9")


@dataclass(frozen=True, slots=True)
class Step:
    """When an alert fires: its value compared with a limit, for how long, and how long it goes on."""

    comparison: Comparison
    limit: Decimal
    hold: Decimal
    keep: Decimal = Decimal(0)

    @property
    def sign(self) -> int:
        """1 where more is worse, -1 where less is."""
        return 1 if self.comparison in ("above", "at_least") else -1

    @property
    def strict(self) -> bool:
        """Whether the limit itself is still fine."""
        return self.comparison in ("above", "below")

    def crossed(self, level: Decimal) -> bool:
        """Whether the condition holds at that level."""
        return _COMPARED[self.comparison](level, self.limit)


_COMPARED = {
    "above": Decimal.__gt__,
    "below": Decimal.__lt__,
    "at_least": Decimal.__ge__,
    "at_most": Decimal.__le__,
}


@dataclass(frozen=True, slots=True)
class Value:
    """What is known of a value: that it lies between two levels; `settled` if it is just that level."""

    low: Decimal | None
    high: Decimal | None
    settled: bool = False


_UNKNOWN = None


@dataclass(frozen=True, slots=True)
class Oracle:
    """Follows a value through a timeline."""

    timeline: Timeline
    source: Source
    pace: Pace

    def firing(self, step: Step) -> list[tuple[bool, bool]]:
        """For each tick, whether the alert surely fires, and whether it may."""
        ticks = self.pace.ticks(self.timeline.starts[-1])
        conditions = [self._condition(step, self.value(at)) for at in ticks]
        surely, maybe = ([both[n] for both in conditions] for n in (0, 1))
        return list(zip(followed(step, ticks, surely), followed(step, ticks, maybe), strict=True))

    def value(self, at: Decimal) -> Value | None:
        """What is known of the value at that second; None if nothing is."""
        number = self.timeline.number(at)
        stage, since = self.timeline.stages[number], at - self.timeline.starts[number]
        before = self._before(number)
        settled = Value(stage.level, stage.level, settled=True)
        if not number or before is None or stage.level is None:
            return settled if since >= self._settles(number == 0) else _UNKNOWN
        if not self.source.memory:
            return settled
        if self.source.blend == "linear":
            return self._moving(before, stage, since) or settled
        return self._remembered(before, stage.level, since) or settled

    def _before(self, number: int) -> Decimal | None:
        """The level that a stage starts from, if it mixes with its own."""
        stage = self.timeline.stages[number - 1]
        return stage.level if number and not stage.apart else None

    @property
    def _sample(self) -> Decimal:
        return self.source.every * self.timeline.scrape.seconds

    def _settles(self, first: bool) -> Decimal:
        """How long a value takes to settle that starts or ends."""
        looks_back = max(self.source.memory, self.source.warm)
        return looks_back + 2 * self._sample if looks_back or not first else Decimal(0)

    def _moving(self, before: Decimal, stage: Stage, since: Decimal) -> Value | None:
        """Between two levels, as far along as new samples fill the window."""
        assert stage.level is not None
        window, sample = self.source.memory, self._sample
        if since >= window + sample:
            return None
        lead = sample if self.source.instant else Decimal(0)
        seen = since // sample * sample + lead
        behind = sample if stage.misses and since > sample else Decimal(0)
        shares = ((seen - behind) / (window + sample), min(Decimal(1), (since + lead) / max(window - sample, sample)))
        low, high = sorted(before + share * (stage.level - before) for share in shares)
        return Value(low, high, settled=shares[1] == 0)

    def _remembered(self, before: Decimal, level: Decimal, since: Decimal) -> Value | None:
        """The greatest or least level of the window."""
        extreme = max(before, level) if self.source.blend == "max" else min(before, level)
        if since < self.source.memory:
            return Value(extreme, extreme, settled=True)
        if since <= self.source.memory + self._sample:
            return Value(min(extreme, level), max(extreme, level))
        return None

    def _condition(self, step: Step, value: Value | None) -> tuple[bool, bool]:
        if value is None:
            return _DOUBT
        if value.low is None or value.high is None:
            return False, False
        ends = (value.low, value.high)
        if not value.settled and any(abs(end - step.limit) <= _NOISE * abs(step.limit) for end in ends):
            return _DOUBT
        crossed = [step.crossed(end) for end in ends]
        return all(crossed), any(crossed)


def followed(step: Step, ticks: Sequence[Decimal], conditions: Sequence[bool]) -> Iterator[bool]:
    """From the condition at each evaluation to whether the alert fires."""
    pending: Decimal | None = None
    over: Decimal | None = None
    firing = False
    for at, holds in zip(ticks, conditions, strict=True):
        if holds:
            pending, over = at if pending is None else pending, None
            firing = firing or at - pending >= step.hold
        elif firing:
            over = at if over is None else over
            firing = at - over < step.keep
        if not holds and not firing:
            pending = None
        yield firing
