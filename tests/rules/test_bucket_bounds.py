"""The bucket at a bound is found however its exporter and its server write the bound."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from generators.promql import MatchOp
from generators.signals.latency import _le

WRITTEN = {
    "3": ("3", "3.0"),
    "0.25": ("0.25",),
    "100000": ("100000", "100000.0"),
    "1000000": ("1e+06", "1000000"),
    "2500000": ("2.5e+06", "2500000"),
    "0.00005": ("5e-05",),
}


@pytest.mark.parametrize(("bound", "texts"), WRITTEN.items(), ids=WRITTEN)
def test_every_spelling_is_found(bound: str, texts: tuple[str, ...]) -> None:
    matcher = _le(Decimal(bound))
    pattern = re.escape(matcher.value) if matcher.op is MatchOp.EQUAL else matcher.value
    assert [text for text in texts if not re.fullmatch(pattern, text)] == []
