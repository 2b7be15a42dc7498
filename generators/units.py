"""Values with a unit, as people write them: one parser and one text form for each.

A `Quantity` is what a threshold is compared with (`3s`, `85%`, `20GiB`, `1000`, `5/s`); a `Unit` is
what a metric is measured in (`seconds`, `percent`, `MiB`, ...). `Quantity.in_unit` converts one into the
other, and refuses what cannot be converted, so `85` never meets a ratio and `3000` never meets seconds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache, total_ordering
from typing import Self

from generators.scalar import TextScalar, decimal_text


class Dimension(StrEnum):
    """What a number measures. Only numbers of one dimension can be compared."""

    TIME = "time"
    RATIO = "ratio"
    BYTES = "size"
    NUMBER = "number"
    RATE = "rate per second"
    TEMPERATURE = "temperature"
    POWER = "power"


_TIME = {
    "ms": Decimal("0.001"),
    "s": Decimal(1),
    "m": Decimal(60),
    "h": Decimal(3600),
    "d": Decimal(86400),
    "w": Decimal(604800),
}
_DURATION = re.compile(r"(?:[0-9]{1,12}(?:ms|[smhdw]))+")
_DURATION_PART = re.compile(r"([0-9]+)(ms|[smhdw])")
_LONGEST = 100 * 365 * _TIME["d"]  # Prometheus and Alertmanager count nanoseconds in 64 bits: 292 years


@lru_cache(1 << 12)
def _duration_text(seconds: Decimal) -> str:
    rest, parts = seconds, []
    for unit in ("d", "h", "m", "s", "ms"):
        count, rest = divmod(rest, _TIME[unit])
        parts += [f"{count}{unit}"] if count else []
    return "".join(parts) or "0s"


@total_ordering
@dataclass(frozen=True, slots=True)
class Duration(TextScalar):
    """A length of time in Prometheus' notation (`5m`, `1h30m`, `30d`); `seconds` is exact."""

    seconds: Decimal

    pattern = _DURATION.pattern
    expected = "a duration such as 30s, 5m, 1h30m or 30d"

    @classmethod
    def parse(cls, text: str) -> Self:
        if not _DURATION.fullmatch(text):
            raise ValueError(f"{text!r} is not {cls.expected}")
        seconds = sum((Decimal(n) * _TIME[unit] for n, unit in _DURATION_PART.findall(text)), Decimal(0))
        if seconds > _LONGEST:
            raise ValueError(f"{text!r} is longer than 100 years")
        return cls(seconds)

    def __str__(self) -> str:
        return _duration_text(self.seconds)

    def __lt__(self, other: Duration) -> bool:
        return self.seconds < other.seconds

    def __mul__(self, factor: int) -> Duration:
        return Duration(self.seconds * factor)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a metric is measured in: its dimension, and how many of it make one base unit."""

    name: str
    dimension: Dimension
    per_base: Decimal = Decimal(1)

    @classmethod
    def named(cls, name: str) -> Unit:
        """The unit of that name; a noun that is not in the table counts things (`requests`)."""
        return _UNITS.get(name) or cls(name, Dimension.NUMBER)

    @classmethod
    def misspelt(cls, name: str) -> str | None:
        """The unit of the table that a name all but is (`second`, `byte`, `Percent`)."""
        if name in _UNITS:
            return None
        folded = {unit.lower(): unit for unit in _UNITS}
        near = get_close_matches(name.lower(), folded, n=1, cutoff=0.85)
        return folded[near[0]] if near else None

    @property
    def per_second(self) -> Unit:
        """The unit of the rate of a counter: events per second, or used share of a second."""
        if self.dimension is Dimension.TIME:
            return RATIO
        if self.dimension is Dimension.BYTES:
            return Unit("bytes/s", Dimension.BYTES, self.per_base)
        return Unit(f"{self.name}/s", Dimension.RATE)


RATIO = Unit("ratio", Dimension.RATIO)
SECONDS = Unit("seconds", Dimension.TIME)
NUMBER = Unit("number", Dimension.NUMBER)
_UNITS = {
    unit.name: unit
    for unit in (
        SECONDS,
        Unit("timestamp", Dimension.TIME),
        Unit("milliseconds", Dimension.TIME, Decimal(1000)),
        Unit("microseconds", Dimension.TIME, Decimal(1_000_000)),
        Unit("bytes", Dimension.BYTES),
        Unit("MiB", Dimension.BYTES, Decimal(1) / (1 << 20)),
        RATIO,
        Unit("percent", Dimension.RATIO, Decimal(100)),
        Unit("celsius", Dimension.TEMPERATURE),
        Unit("watts", Dimension.POWER),
    )
}
_SUFFIXES: dict[str, tuple[Dimension, Fraction]] = {
    "": (Dimension.NUMBER, Fraction(1)),
    "%": (Dimension.RATIO, Fraction(1, 100)),
    "/s": (Dimension.RATE, Fraction(1)),
    "/m": (Dimension.RATE, Fraction(1, 60)),
    "/h": (Dimension.RATE, Fraction(1, 3600)),
    "°C": (Dimension.TEMPERATURE, Fraction(1)),
    "W": (Dimension.POWER, Fraction(1)),
    **{unit: (Dimension.TIME, Fraction(scale)) for unit, scale in _TIME.items()},
    **{prefix + "iB": (Dimension.BYTES, Fraction(1 << 10 * i)) for i, prefix in enumerate("KMGTP", 1)},
    **{prefix + "B": (Dimension.BYTES, Fraction(1000**i)) for i, prefix in enumerate(["", "k", "M", "G", "T", "P"])},
}
_QUANTITY = re.compile(
    r"(-?[0-9]{1,18}(?:\.[0-9]{1,9})?)(" + "|".join(sorted(map(re.escape, _SUFFIXES), reverse=True)) + ")"
)
_EXAMPLES: dict[Dimension, str] = {
    Dimension.TIME: "3s or 250ms",
    Dimension.RATIO: "85%",
    Dimension.BYTES: "20GiB",
    Dimension.NUMBER: "1000",
    Dimension.RATE: "5/s",
    Dimension.TEMPERATURE: "80°C",
    Dimension.POWER: "300W",
}


# What people write, and what it is called here.
_WORDS = {
    **dict.fromkeys(("sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "minuts"), "m"),
    **dict.fromkeys(("hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("day", "days"), "d"),
    **dict.fromkeys(("msec", "msecs", "millisecond", "milliseconds"), "ms"),
    **dict.fromkeys(("percent", "pct", "per cent"), "%"),
    **dict.fromkeys(("byte", "bytes"), "B"),
    **{f"{prefix}i": f"{prefix}iB" for prefix in "KMGTP"},
    **{prefix: f"{prefix}B" for prefix in "KMGTPk"},
    "KB": "kB",
}


def _meant(text: str) -> str:
    """A way out for a number with a blank or a unit by another name."""
    if not (match := re.fullmatch(r"(-?[0-9.]+)\s*([^0-9\s]*)", text)):
        return ""
    written = match[2]
    known = {**_WORDS, **{suffix: suffix for suffix in _SUFFIXES if suffix}}
    near = get_close_matches(written, known, n=1, cutoff=0.7)
    return f"; did you mean {match[1]}{known[near[0]]}?" if written and near else ""


@dataclass(frozen=True, slots=True)
class Quantity(TextScalar):
    """A number with its dimension, in base units (seconds, 0..1, bytes, per second); `text` is as written."""

    value: Decimal
    dimension: Dimension
    text: str

    pattern = f"(?:{_QUANTITY.pattern})|{_DURATION.pattern}"
    expected = "a value such as 3s, 250ms, 85%, 20GiB, 1000 or 5/s"

    @classmethod
    def parse(cls, text: str) -> Self:
        if match := _QUANTITY.fullmatch(text):
            dimension, scale = _SUFFIXES[match[2]]
            # Multiplied first: 30/m is half an event a second, exactly.
            return cls(Decimal(match[1]) * scale.numerator / scale.denominator, dimension, text)
        if _DURATION.fullmatch(text):
            return cls(Duration.parse(text).seconds, Dimension.TIME, text)
        raise ValueError(f"{text!r} is not {cls.expected}{_meant(text)}")

    def __str__(self) -> str:
        return self.text

    def in_unit(self, unit: Unit) -> Decimal:
        """The number to compare a metric of that unit with.

        Raises ValueError, saying what to write instead, where the dimensions differ.
        """
        if self.dimension is not unit.dimension:
            raise ValueError(
                f"{self.text} is a {self.dimension}, but the signal is measured in {unit.name}; "
                f"write a {unit.dimension}, such as {_EXAMPLES[unit.dimension]}"
            )
        return self.value * unit.per_base


_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Percentage(TextScalar):
    """A share between 0 % and 100 %, both included, written with its sign; `ratio` is exact."""

    ratio: Decimal

    pattern = r"[0-9]{1,3}(?:\.[0-9]{1,9})?%"
    expected = "a percentage such as 99.9%"

    @classmethod
    def parse(cls, text: str) -> Self:
        if not re.fullmatch(cls.pattern, text) or not 0 <= Decimal(text[:-1]) <= _WHOLE:
            raise ValueError(f"{text!r} is not {cls.expected}")
        return cls(Decimal(text[:-1]) / _WHOLE)

    def __str__(self) -> str:
        return f"{decimal_text(self.ratio * _WHOLE)}%"
