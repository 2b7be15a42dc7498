"""Names of other tools as names of the catalog."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators import naming
from generators.frozen import is_name
from generators.interchange.names import normal, told_apart


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("checkout", "checkout"),
        ("My Service", "my-service"),
        ("requestsAvailability", "requests-availability"),
        ("a__b--c_-d_e", "a-b-c-d_e"),
        ("24h", "slo-24h"),
        ("99.9%", "slo-99-9"),
        ("", "slo"),
        ("Bäckerei", "b-ckerei"),
    ],
)
def test_a_text_becomes_a_name(text: str, name: str) -> None:
    assert normal(text, "slo") == name


@given(st.lists(st.text(max_size=80), unique=True, max_size=8))
def test_no_two_texts_become_one_name(texts: list[str]) -> None:
    found = told_apart({text: text for text in texts}, "slo", ["platform"])
    assert list(found) == texts
    assert all(map(is_name, found.values()))
    assert len({naming.camel(name) for name in (*found.values(), "platform")}) == len(texts) + 1


def test_long_names_that_begin_alike_stay_apart() -> None:
    one, other = normal("x" * 70, "slo"), normal("x" * 71, "slo")
    assert one != other
    assert len(one) == len(other) == 60
