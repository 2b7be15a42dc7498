"""Examples of good and bad input that a person writes beside PromQL of their own, to prove the alerts with."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from generators.frozen import Frozen, Line
from generators.promql import Selector
from generators.promql.parse import parse

_VALUE = r"(?:_|stale|-?\d+(?:\.\d+)?)(?:[+-]\d+(?:\.\d+)?)?(?:x\d+)?"


def _a_series(text: str) -> str:
    if not isinstance(parse(text), Selector):
        raise ValueError('expected a series such as up{job="x"}')
    return text


def _values(text: str) -> str:
    if not re.fullmatch(rf"{_VALUE}(?: {_VALUE})*", text):
        raise ValueError("expected values in promtool's notation, such as 0+10x60 or 1x30 0x30")
    return text


Inputs = dict[Annotated[Line, AfterValidator(_a_series)], Annotated[Line, AfterValidator(_values)]]


class Examples(Frozen):
    """Input series and their values, scrape by scrape, in promtool's notation."""

    healthy: Annotated[Inputs, Field(description="no alert fires")] = {}
    broken: Annotated[Inputs, Field(description="every alert on the signal fires before they end")] = {}
