"""Values with a unit: what is read, what is refused, and how they are compared."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.units import Dimension, Duration, Percentage, Quantity, Unit

DURATIONS = {
    "0s": ("0", "0s"),
    "250ms": ("0.25", "250ms"),
    "90s": ("90", "1m30s"),
    "1h30m": ("5400", "1h30m"),
    "30m1h": ("5400", "1h30m"),
    "4w": ("2419200", "28d"),
    "36500d": ("3153600000", "36500d"),
}


@pytest.mark.parametrize("text", DURATIONS)
def test_duration_is_read_exactly_and_written_in_one_way(text: str) -> None:
    seconds, written = DURATIONS[text]
    found = Duration.parse(text)
    assert (found.seconds, str(found)) == (Decimal(seconds), written)


@pytest.mark.parametrize("text", ["", "5", "5 m", "-5m", "1.5h", "5y", "m", "5M", "\u0665m", "36501d", "9" * 40 + "s"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a duration|longer than 100 years"):
        Duration.parse(text)


@given(st.integers(0, 10**12))
def test_duration_is_read_back_as_it_is_written(milliseconds: int) -> None:
    duration = Duration(Decimal(milliseconds) / 1000)
    assert Duration.parse(str(duration)) == duration


QUANTITIES = {
    "3s": ("3", Dimension.TIME),
    "250ms": ("0.25", Dimension.TIME),
    "1h30m": ("5400", Dimension.TIME),
    "1.5h": ("5400", Dimension.TIME),
    "85%": ("0.85", Dimension.RATIO),
    "0.1%": ("0.001", Dimension.RATIO),
    "20GiB": ("21474836480", Dimension.BYTES),
    "1.5kB": ("1500", Dimension.BYTES),
    "12B": ("12", Dimension.BYTES),
    "1000": ("1000", Dimension.NUMBER),
    "-3": ("-3", Dimension.NUMBER),
    "5/s": ("5", Dimension.RATE),
    "30/m": ("0.5", Dimension.RATE),
    "9/h": ("0.0025", Dimension.RATE),
    "80°C": ("80", Dimension.TEMPERATURE),
    "300W": ("300", Dimension.POWER),
}


@pytest.mark.parametrize("text", QUANTITIES)
def test_quantity_is_read_exactly_in_base_units(text: str) -> None:
    found = Quantity.parse(text)
    number, dimension = QUANTITIES[text]
    assert (found.value, found.dimension, str(found)) == (Decimal(number), dimension, text)


@pytest.mark.parametrize("text", ["", "%", "5 %", "1e3", "5kib", "5b", "five", "0x10", ".5", "5.", "5//s", "9" * 19])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a value such as 3s"):
        Quantity.parse(text)


CONVERSIONS = {
    "seconds on milliseconds": ("3s", "milliseconds", "3000"),
    "milliseconds on seconds": ("250ms", "seconds", "0.250"),
    "seconds on microseconds": ("1s", "microseconds", "1000000"),
    "a percentage on a ratio": ("85%", "ratio", "0.85"),
    "a percentage on percent": ("85%", "percent", "85"),
    "bytes on MiB": ("2GiB", "MiB", "2048"),
    "an age on a timestamp": ("1m", "timestamp", "60"),
    "a number on things": ("7", "requests", "7"),
}


@pytest.mark.parametrize(("text", "unit", "number"), CONVERSIONS.values(), ids=CONVERSIONS)
def test_quantity_is_converted_into_the_unit_of_a_metric(text: str, unit: str, number: str) -> None:
    assert Quantity.parse(text).in_unit(Unit.named(unit)) == Decimal(number)


MISMATCHES = {
    "a number on a ratio": ("85", "ratio", "85 is a number", "a ratio, such as 85%"),
    "a number on seconds": ("3000", "seconds", "3000 is a number", "a time, such as 3s or 250ms"),
    "a time on a ratio": ("3s", "ratio", "3s is a time", "a ratio, such as 85%"),
    "a time on bytes": ("3s", "bytes", "3s is a time", "a size, such as 20GiB"),
    "a share on things": ("5%", "requests", "5% is a ratio", "a number, such as 1000"),
}


@pytest.mark.parametrize(("text", "unit", "what", "instead"), MISMATCHES.values(), ids=MISMATCHES)
def test_quantity_of_another_dimension_is_refused(text: str, unit: str, what: str, instead: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011  the whole message is compared
        Quantity.parse(text).in_unit(Unit.named(unit))
    assert str(refused.value) == f"{what}, but the signal is measured in {unit}; write {instead}"


@pytest.mark.parametrize("text", ["100.1%", "-1%", "99.9", "99,9%", "%", "1e1%"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a percentage such as 99\.9%"):
        Percentage.parse(text)


@pytest.mark.parametrize(("text", "ratio"), [("0%", "0"), ("99.9%", "0.999"), ("99.999%", "0.99999"), ("100%", "1")])
def test_percentage_is_exact(text: str, ratio: str) -> None:
    assert (Percentage.parse(text).ratio, str(Percentage.parse(text))) == (Decimal(ratio), text)


RATES = {"requests": "requests/s", "seconds": "ratio", "bytes": "bytes/s"}


@pytest.mark.parametrize("unit", RATES)
def test_rate_of_a_counter_has_a_unit(unit: str) -> None:
    assert Unit.named(unit).per_second.name == RATES[unit]
