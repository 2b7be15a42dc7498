"""Values of OpenSLO: durations, labels, and which kinds of data source speak PromQL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator

from generators.scalar import TextScalar
from generators.units import Duration

_SECONDS = {"m": 60, "h": 3600, "d": 86400, "w": 604800, "M": 30 * 86400, "Q": 90 * 86400, "Y": 365 * 86400}
_SPEAK_PROMQL = frozenset(("prometheus", "promql", "thanos", "mimir", "cortex", "victoriametrics", "grafanamimir"))


@dataclass(frozen=True, slots=True)
class Shorthand(TextScalar):
    """A whole number and a unit: `5m`, `4w`, `1M`; months, quarters and years are as long as the calendar says."""

    count: int
    unit: str

    pattern = r"[1-9][0-9]{0,5}[mhdwMQY]"
    expected = "a duration such as 5m, 12h, 30d, 4w, 1M or 1Q"

    @classmethod
    def parse(cls, text: str) -> Self:
        if not re.fullmatch(cls.pattern, text):
            raise ValueError(f"{text!r} is not {cls.expected}")
        return cls(int(text[:-1]), text[-1])

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    @property
    def length(self) -> Duration:
        """How long it is; a month counts 30 days, a quarter 90, a year 365."""
        return Duration(Decimal(self.count * _SECONDS[self.unit]))


class SliceLength(Shorthand):
    """A duration; a number alone counts minutes."""

    __slots__ = ()
    expected: ClassVar[str] = "a duration such as 1m or 5m, or a number of minutes"

    @classmethod
    def parse(cls, text: str) -> Self:
        return super().parse(f"{text}m" if text.isdigit() else text)


def _one_or_more(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Words = Annotated[tuple[str, ...], BeforeValidator(_one_or_more)]
Labels = dict[str, Words]


def nothing_is_empty(value: Any) -> Any:
    """An empty value is an empty list."""
    return [] if value is None else value


def speaks_promql(source: str) -> bool:
    """Whether the queries of a kind of data source are PromQL."""
    return re.sub(r"[^a-z]", "", source.lower()) in _SPEAK_PROMQL
