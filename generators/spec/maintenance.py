"""Announced work, as a person writes it: what happens meanwhile is not counted against error budgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from generators.frozen import Frozen, Line, Name
from generators.scalar import TextScalar
from generators.signals.expression import Expression
from generators.spec.platform import Weekday, Zone


@dataclass(frozen=True, slots=True)
class Moment(TextScalar):
    """A minute of a day, on the clock of some time zone."""

    at: datetime

    pattern = r"\d{4}-\d\d-\d\dT\d\d:\d\d"
    expected = "a time such as 2026-12-05T22:00"

    @classmethod
    def parse(cls, text: str) -> Self:
        try:
            return cls(datetime.strptime(text, "%Y-%m-%dT%H:%M"))  # noqa: DTZ007 (its zone is said elsewhere)
        except ValueError:
            raise ValueError(f"{text!r} is not {cls.expected}") from None

    def __str__(self) -> str:
        return self.at.strftime("%Y-%m-%dT%H:%M")


class WeeklySpec(Frozen):
    """A stretch of every week; where it ends before it starts, on the next day."""

    day: Annotated[Weekday, Field(description="on which it starts")]
    start: Annotated[str, Field(alias="from", pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="HH:MM")]
    end: Annotated[str, Field(alias="to", pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="HH:MM")]


class MaintenanceSpec(Frozen):
    """Announced work: once, every week, or while an expression has series."""

    maintenance: Annotated[Name, Field(description="its name")]
    title: Annotated[Line, Field(description="what is done")]
    services: Annotated[tuple[Name, ...], Field(description="whose SLOs it is about; all by default")] = ()
    start: Annotated[Moment | None, Field(alias="from", description="with `to`: once")] = None
    end: Annotated[Moment | None, Field(alias="to", description="when it is over")] = None
    weekly: Annotated[WeeklySpec | None, Field(description="every week")] = None
    condition: Annotated[
        Expression | None, Field(alias="while", description="PromQL that has series while there is work")
    ] = None
    timezone: Annotated[Zone | None, Field(description="of the times; the platform's by default")] = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        once = (self.start is not None, self.end is not None)
        forms = (any(once), self.weekly is not None, self.condition is not None)
        if sum(forms) != 1 or any(once) != all(once):
            raise ValueError("say one of: `from` and `to`, `weekly`, `while`")
        if self.start and self.end and self.end.at <= self.start.at:
            raise ValueError("it ends before it starts")
        return self
