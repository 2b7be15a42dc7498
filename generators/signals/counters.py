"""What the kinds that read counters share: which series count once where several targets report the same."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from generators.frozen import LabelName
from generators.promql import Expr, aggregate
from generators.signals.base import SignalBase

_ONCE = "labels that tell series apart where several targets report the same ones; each counts once"


class Counters(SignalBase):
    """A signal that adds up counters."""

    once_per: Annotated[tuple[LabelName, ...], Field(description=_ONCE)] = ()

    @model_validator(mode="after")
    def _keeps_by(self) -> Self:
        if self.once_per and (lost := set(self.by) - set(self.once_per)):
            raise ValueError(f"once_per lacks labels of `by`: {', '.join(sorted(lost))}")
        return self

    def grouped(self, by: tuple[str, ...]) -> Self:
        if self.once_per and (lost := set(by) - set(self.once_per)):
            raise ValueError(f"once_per of the signal lacks labels of `by`: {', '.join(sorted(lost))}")
        return super().grouped(by)

    def labels_of(self, _field: str) -> tuple[str, ...]:
        return (*self.by, *self.once_per)

    def once(self, rates: Expr) -> Expr:
        """The rates of counters, those that several targets report only once."""
        return aggregate("max", rates, self.once_per) if self.once_per else rates
