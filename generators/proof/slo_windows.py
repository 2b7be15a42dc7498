"""Proofs of the windows of SLOs: five minutes of errors are one share of an hour and another one of a month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal

from generators import naming
from generators.model.slo import Tier
from generators.proof.case import Case, Pace, Reading, up
from generators.proof.slo import RAW_UP_TO, Proof
from generators.proof.timeline import Stage, Timeline, series_text
from generators.rules import slo_series as rules
from generators.signals.example import UnprovableError
from generators.units import Duration

_ERRORS = Duration.parse("5m")
_SCRAPE = Duration.parse("1m")
_EARLY, _LATELY = Duration.parse("3d"), Duration.parse("156h")
_SELDOM = Duration.parse("25m")
"""So seldom are rules evaluated where it is about days."""
_CLOSE = Decimal("0.2")
_MANY, _FEW = 10, 5
_HALF, _LITTLE = Decimal("0.5"), Decimal("0.02")


def cases(proof: Proof) -> Iterator[Case]:
    """Windows of ratios, evaluated just once, at the end of the period; and those that bad events are counted in."""
    with suppress(UnprovableError):
        yield _from_events(proof)
    yield _from_recordings(proof)
    if proof.slo.min_bad_events:
        yield _counted(proof)


def _from_events(proof: Proof) -> Case:
    """The windows that raw events are read for."""
    source, period, errors = proof.source, proof.slo.period.length, _errors(proof)
    good, bad = (source.at(Decimal(share)) for share in (0, 1))
    before, after = 2 * int(RAW_UP_TO.seconds / _SCRAPE.seconds), int(errors.seconds / _SCRAPE.seconds)
    first = source.instant  # a counter's growth shows one sample later than a gauge's level
    stages = (
        Stage("nothing yet", None, (), int(period.seconds / _SCRAPE.seconds) - before),
        Stage("good", None, good, before - after + first),
        Stage("bad", None, bad, after + 1 - first),
    )
    inputs = Timeline(stages, _SCRAPE).inputs()
    raw = [w for w in rules.windows(proof.slo) if _is_raw(proof, w)]
    windows = {w: max(Decimal(1), w.seconds / errors.seconds) for w in raw}
    return _case(proof, inputs, windows, _SCRAPE, period.seconds)


def _errors(proof: Proof) -> Duration:
    """How long events are bad: for ten slices where those are counted, so that one more or less is no matter."""
    slices = proof.slo.sli.slice
    return max(_ERRORS, slices * _MANY) if slices else _ERRORS


def _from_recordings(proof: Proof) -> Case:
    """The longer windows, which are read from the recorded rates.

    Not all of the period has data, because promtool lets a query load no more than 10,000 samples.
    """
    recorded = {naming.SLO_TOTAL: (1, 1, 1, 1), naming.SLO_BAD: (1, 0, 0, 1)}
    parts = _parts(proof.slo.period.length)
    inputs = {proof.text(name): _samples(parts, levels) for name, levels in recorded.items()}
    longer = [w for w in (*rules.windows(proof.slo), *_rolling(proof)) if not _is_raw(proof, w)]
    windows = {w: _samples_within(parts, w) for w in longer}
    return _case(proof, inputs, windows, _ERRORS, 2 * proof.slo.period.length.seconds)


def _is_raw(proof: Proof, window: Duration) -> bool:
    """Whether a window is read from raw events; those have what happened during announced work."""
    return window <= (_ERRORS if proof.slo.maintenance else RAW_UP_TO)


def _rolling(proof: Proof) -> tuple[Duration, ...]:
    """The period, unless it is one of the calendar."""
    return () if proof.slo.period.calendar else (proof.slo.period.length,)


def _counted(proof: Proof) -> Case:
    """The bad events are long ago: they count for the tiers that look back further than that."""
    ages = sorted({age for tier in proof.tiers for age in _ages(proof, tier)})
    lasting = int(max(ages, default=Decimal(0)) / _ERRORS.seconds) + 1
    rate = proof.slo.min_bad_events
    windows = sorted({window for tier in proof.tiers for window in (tier.long, tier.short)})
    inputs = {proof.text(naming.error_ratio(window)): f"1x{lasting}" for window in windows}
    inputs[proof.text(naming.SLO_BAD)] = f"{rate} 0x{lasting}"
    name = f"{proof.slo.service} {proof.slo.name}: bad events at 0s only, and the worst of ratios"
    told = (_counts(proof, tier, age) for age in ages for tier in proof.tiers)
    return Case(name, Pace(_ERRORS, _SELDOM), inputs, proof.claims, readings=tuple(one for one in told if one))


def _ages(proof: Proof, tier: Tier) -> Iterator[Decimal]:
    """When the events are half a long window ago, if rules are evaluated before it is over, and when all is over."""
    half = up(tier.long.seconds / 2, _SELDOM.seconds)
    if half < tier.long.seconds:
        yield half
    yield up(_over(proof, tier), _SELDOM.seconds)


def _over(proof: Proof, tier: Tier) -> Decimal:
    """The age at which an alert is surely over that goes on for a while."""
    return tier.long.seconds + _SELDOM.seconds + up(proof.keep(tier), _SELDOM.seconds)


def _counts(proof: Proof, tier: Tier, age: Decimal) -> Reading | None:
    """Whether the tier fires at that age; nothing in the time in which it may be about to end."""
    if tier.long.seconds <= age < _over(proof, tier):
        return None
    expr = f"count({series_text('ALERTS', proof.firing(tier))})"
    return Reading(age, expr, (("{}", Decimal(1)),) if age < tier.long.seconds else ())


def _parts(period: Duration) -> tuple[tuple[int, int], ...]:
    """From which sample to which there are data: before the period, at its start, lately and just now."""
    steps, hour = int(period.seconds / _ERRORS.seconds), int(RAW_UP_TO.seconds / _ERRORS.seconds)
    early = min(int(_EARLY.seconds / _ERRORS.seconds), steps // 4)
    lately = min(int(_LATELY.seconds / _ERRORS.seconds), steps // 2)
    now = 2 * steps
    return (steps - early, steps - hour), (steps + hour, steps + early), (now - lately, now), (now, now + 1)


def _samples(parts: Sequence[tuple[int, int]], levels: Sequence[int]) -> str:
    words: list[str] = []
    at = 0
    for (first, end), level in zip(parts, levels, strict=True):
        words += [f"_x{first - at}"] if first > at else []
        words.append(f"{level}x{end - first - 1}" if end - first > 1 else f"{level}")
        at = end
    return " ".join(words)


def _samples_within(parts: Sequence[tuple[int, int]], window: Duration) -> Decimal:
    """How many samples the window has until just now; one of them is bad."""
    start = parts[-1][1] - int(window.seconds / _ERRORS.seconds)
    return Decimal(sum(max(0, end - max(first, start)) for first, end in parts))


def _case(
    proof: Proof, inputs: Mapping[str, str], windows: Mapping[Duration, Decimal], scrape: Duration, at: Decimal
) -> Case:
    shares = [_share(proof, window, times, at) for window, times in windows.items()]
    name = f"{proof.slo.service} {proof.slo.name}: only the last {_ERRORS} of the period of {proof.slo.period} are bad"
    return Case(name, Pace(scrape, proof.slo.period.length), inputs, proof.claims, readings=tuple(shares))


def _share(proof: Proof, window: Duration, times: Decimal, at: Decimal) -> Reading:
    """The window is about so many times as long as the errors; the samples at its ends depend on the version.

    Of few samples, one more or less is a large part: then either number will do.
    """
    series = proof.text(naming.error_ratio(window))
    few = 1 < times < _FEW and times == int(times)
    about, off = (times + _HALF, _HALF / times + _LITTLE) if few else (times, _CLOSE)
    expr = f"abs({series} * {about.normalize():f} - 1) < bool {off.normalize():f}"
    return Reading(at, expr, ((series_text("", proof.labels), Decimal(1)),))
