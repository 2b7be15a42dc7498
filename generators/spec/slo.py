"""SLOs as a person writes them, and the table of burn-rate tiers that they start from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from generators.frozen import Flag, Frozen, LabelName, Line, Name, Span, Text
from generators.period import Period
from generators.signals.limit import Comparison
from generators.units import Duration, Percentage, Quantity

Count = Annotated[int, Field(ge=0)]
SloName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*(?:\.[a-z][a-z0-9_-]*)?$")]
_COMPARISONS: tuple[Comparison, ...] = ("above", "below", "at_least", "at_most")
_SHORTER = 12
"""The short window is a twelfth of the long one (SRE workbook, "Alerting on SLOs", 6)."""


class TierSpec(Frozen):
    """A burn rate that is alerted on: so much of the budget spent within `long`, and still burning within `short`."""

    long: Annotated[Span, Field(description="how long it burns before it matters")]
    short: Annotated[Span | None, Field(description="how soon the alert is over; a twelfth of `long` by default")] = (
        None
    )
    spends: Annotated[Percentage, Field(description="the share of the budget that is gone within `long`")]
    pages: Annotated[Flag, Field(description="whether it has the severity of pages, or of tickets")] = False
    severity: Annotated[Name | None, Field(description="instead of the platform's for pages or tickets")] = None
    hold: Annotated[Duration | None, Field(alias="for", description="how long it has to last besides")] = None

    @property
    def until(self) -> Duration:
        """The short window."""
        return self.short or Duration(self.long.seconds / _SHORTER)

    @model_validator(mode="after")
    def _short_is_shorter(self) -> Self:
        if self.until.seconds >= self.long.seconds:
            raise ValueError("`short` has to be shorter than `long`")
        if not 0 < self.spends.ratio <= 1:
            raise ValueError("`spends` has to be more than nothing")
        if wrong := [str(w) for w in (self.long, self.until) if w.seconds % 60 or w.seconds < _LEAST.seconds]:
            raise ValueError(f"a window is whole minutes, {_LEAST} or more, not {wrong[0]}")
        if wrong := [str(w) for w in (self.long, self.until) if w > _HOUR and w.seconds % _LEAST.seconds]:
            raise ValueError(f"a window of more than {_HOUR} is a multiple of {_LEAST}, not {wrong[0]}")
        return self


_LEAST, _HOUR = Duration.parse("5m"), Duration.parse("1h")


def _tier(long: str, short: str, spends: str, pages: bool = False) -> TierSpec:
    parsed = Duration.parse(long), Duration.parse(short), Percentage.parse(spends)
    return TierSpec.model_construct(long=parsed[0], short=parsed[1], spends=parsed[2], pages=pages)


Tiers = dict[Name, TierSpec]
WORKBOOK: Mapping[str, TierSpec] = {
    "fast": _tier("1h", "5m", "2%", pages=True),
    "medium": _tier("6h", "30m", "5%", pages=True),
    "slow": _tier("1d", "2h", "10%"),
    "long": _tier("3d", "6h", "10%"),
}
"""The tiers of the SRE workbook ("Alerting on SLOs", table 5-8), made for periods of about a month."""
WEEK: Mapping[str, TierSpec] = {
    "fast": _tier("1h", "5m", "8%", pages=True),
    "medium": _tier("6h", "30m", "12.5%", pages=True),
    "slow": _tier("1d", "2h", "20%"),
    "long": _tier("3d", "6h", "42%"),
}
"""Tiers for a week, in which 10 % of the budget in three days would be less than what may be spent: the shares of
slok/sloth's example for seven days (`examples/windows/7d.yaml`), which come to factors of 13.44, 3.5, 1.4 and 0.98."""
WEEK_UP_TO = Duration.parse("13d")
"""Periods up to this one have the tiers of a week; the `long` tier of the workbook needs 27 days to make sense."""


class SlicesSpec(Frozen):
    """A time-slice SLO: each stretch of `of` is good or bad as a whole, however many events it has."""

    of: Annotated[Span, Field(description="how long a slice lasts; divides 5m")] = Duration.parse("1m")
    above: Annotated[Quantity | None, Field(description="a slice with more than this is bad")] = None
    below: Annotated[Quantity | None, Field(description="a slice with less than this is bad")] = None
    at_least: Annotated[Quantity | None, Field(description="a slice with this much or more is bad")] = None
    at_most: Annotated[Quantity | None, Field(description="a slice with this little or less is bad")] = None
    quantile: Annotated[Percentage | None, Field(description="for latencies: the share that has to be faster")] = None

    @property
    def limit(self) -> tuple[Comparison, Quantity]:
        """What makes a slice bad."""
        return next((name, limit) for name in _COMPARISONS if (limit := getattr(self, name)) is not None)

    @model_validator(mode="after")
    def _says_one_limit(self) -> Self:
        if sum(getattr(self, name) is not None for name in _COMPARISONS) != 1:
            raise ValueError(f"say exactly one of {', '.join(_COMPARISONS)}: what makes a slice bad")
        if _LEAST.seconds % self.of.seconds:
            raise ValueError(f"a slice has to divide {_LEAST}, such as 1m or {_LEAST}")
        return self


class SloSpec(Frozen):
    """An objective for the share of events (or slices of time) that is good, over a period."""

    signal: Annotated[Name | None, Field(description="whose events are counted; or `of`")] = None
    of: Annotated[tuple[SloName, ...], Field(description="a composite of SLOs: `slo`, or `service.slo`")] = ()
    events: Annotated[
        Literal["separate", "same"] | None,
        Field(description="with `of`: `separate` events are added up, the `same` events have to be good for each"),
    ] = None
    objective: Annotated[Percentage, Field(description="the share of events that has to be good")]
    period: Annotated[Period, Field(validate_default=True)] = Period.parse("30d")
    under: Annotated[
        Quantity | None, Field(description="for latencies: what counts as good; for lags: minutes with more are bad")
    ] = None
    slices: Annotated[SlicesSpec | None, Field(description="judge slices of time instead of events")] = None
    by: Annotated[tuple[LabelName, ...] | None, Field(description="labels that have a budget each")] = None
    tiers: Annotated[Tiers | None, Field(description="by name; none ({}) never alerts; the platform's otherwise")] = (
        None
    )
    title: Annotated[Line | None, Field(description="how people call it")] = None
    description: Annotated[Text | None, Field(description="what it means to users")] = None
    playbook: Annotated[Name | None, Field(description="what to do when the budget burns")] = None
    min_bad_events: Annotated[
        Count | None, Field(description="fewer bad events than this within a window never alert")
    ] = None
    traffic: Annotated[Quantity | None, Field(description="about how many events there are, for warnings: 5/s")] = None
    no_data_severity: Annotated[Name | None, Field(description="when nothing is counted; else the platform's")] = None

    @model_validator(mode="after")
    def _counts_one_thing(self) -> Self:
        if (self.signal is None) == (not self.of):
            raise ValueError("say either `signal`, whose events are counted, or `of`, the SLOs that it is made of")
        if self.events and not self.of:
            raise ValueError("`events` is for composites, which have `of`")
        for field in ("under", "slices", "by"):
            if self.of and getattr(self, field) is not None:
                raise ValueError(f"a composite takes `{field}` from the SLOs that it is made of")
        if self.under is not None and self.slices is not None:
            raise ValueError("`under` and `slices` exclude each other")
        return self
