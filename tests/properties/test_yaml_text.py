"""Laws of the YAML writer: every reader gets back what was written, and the same data is the same bytes."""

from decimal import Decimal
from enum import StrEnum

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generators.emit.yaml_text import yaml_text

LOADERS = {"C": yaml.CSafeLoader, "Python": yaml.SafeLoader}
# Pieces that mean something in YAML, in a random order, find more than random letters do.
PIECES = (
    *" :#-?|>&*!%@`'\"[]{},~=<.+0123456789_eExobyn\n\t\r\\/$(é世😀",
    *"\u00a0\u0085\u2028\u2029\ufeff\u200b\x00\x07\x1b\x7f",
    *("yes", "No", "on", "null", "true", ".inf", "0x1F", "0o17", "1_000", "190:20:30", "2001-01-01", "5m"),
    *(
        "1e3",
        "---",
        "...",
        "<<",
        ": ",
        " #",
        "- ",
        "? ",
        "  ",
        "\n\n",
        "\n  ",
        " \n",
        "{{ $labels.x }}",
        "rate(x[5m])",
    ),
)
texts = st.one_of(
    st.lists(st.sampled_from(["a", " ", ":", "#", "-", "\n"]), max_size=8).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
scalars = st.one_of(texts, st.integers(), st.booleans(), st.none())
data = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


class Colour(StrEnum):
    RED = "red"


@given(data)
@pytest.mark.parametrize("loader", LOADERS.values(), ids=LOADERS)
def test_what_is_written_is_read_back(loader: type[yaml.SafeLoader], data: object) -> None:
    assert repr(yaml.load(yaml_text(data), loader)) == repr(data)


@given(texts)
@pytest.mark.parametrize("loader", LOADERS.values(), ids=LOADERS)
def test_any_text_is_read_back_wherever_it_stands(loader: type[yaml.SafeLoader], text: str) -> None:
    everywhere = {"value": text, "list": [text, [text], {"key": text}], "nested": {text: text}, "last": text}
    assert yaml.load(yaml_text(everywhere), loader) == everywhere


@given(texts.filter(bool))
def test_no_line_ends_in_a_blank_and_none_holds_a_hidden_character(text: str) -> None:
    for line in yaml_text({"a": [text], text: text}).split("\n"):
        assert line == line.rstrip(" ")
        assert not set(line) & set("\t\r\x00\x7f\u00a0\u0085\u2028\u2029\ufeff\u200b")


WRITTEN = {
    "text is bare where it can be": ('rate(x{a="b"}[5m]) > 3', 'rate(x{a="b"}[5m]) > 3'),
    "an expression may start with a number": ("1 - sum(x)", "1 - sum(x)"),
    "a recorded name has colons": ("slo:errors:rate5m", "slo:errors:rate5m"),
    "a duration is no number": ("1h30m", "1h30m"),
    "an address": ("https://example.net/d/x?a=b&c=d#e", "https://example.net/d/x?a=b&c=d#e"),
    "a word of the language is quoted": ("Yes", '"Yes"'),
    "a number is quoted": ("0.5", '"0.5"'),
    "base 60 is quoted": ("190:20:30", '"190:20:30"'),
    "a date is quoted": ("2001-01-01", '"2001-01-01"'),
    "an exponent is no duration": ("1e5", '"1e5"'),
    "a key inside is quoted": ("a: b", '"a: b"'),
    "a comment inside is quoted": ("a #b", '"a #b"'),
    "a colon at the end is quoted": ("a:", '"a:"'),
    "a blank at the end is quoted": ("a ", '"a "'),
    "a template is quoted": ("{{ $value }}", '"{{ $value }}"'),
    "no text": ("", '""'),
    "a hidden character is escaped": ("a\u2028\x7f\U000e0001", '"a\\u2028\\u007f\\U000e0001"'),
    "lines stay lines": ("a\nb", "|-\n    a\n    b"),
    "the last line may end": ("a\n\nb\n", "|\n    a\n\n    b"),
    "indentation is said where text starts with blanks": ("  a\nb", "|2-\n      a\n    b"),
    "a line break only": ("\n", '"\\n"'),
    "an empty line at the end": ("a\n\n", '"a\\n\\n"'),
    "a blank at the end of a line": ("a \nb", '"a \\nb"'),
    "a blank at the end of the last line": ("a\nb ", '"a\\nb "'),
    "a tab in a line": ("a\n\tb", '"a\\n\\tb"'),
    "an enumeration is its text": (Colour.RED, "red"),
    "truth is no number": (True, "true"),
    "nothing": (None, "null"),
    "a decimal": (Decimal("1E-7"), "0.0000001"),
    "a tuple is a list": ((1, (2, 3)), "\n    - 1\n    - - 2\n      - 3"),
    "a list of mappings": ([{"a": 1, "b": [{}]}], "\n    - a: 1\n      b:\n        - {}"),
    "a list without items": ([], "[]"),
}


@pytest.mark.parametrize(("value", "text"), WRITTEN.values(), ids=WRITTEN)
def test_it_is_written_as(value: object, text: str) -> None:
    assert yaml_text({"k": {"v": value}}) == f"k:\n  v: {text}\n".replace(": \n", ":\n")


REFUSED = {
    "a key that is no text": ({1: "x"}, TypeError, "a YAML key must be a string"),
    "a float, whose digits are not exact": ([0.1], TypeError, "float can't be written"),
    "a set, which has no order": ([{"x"}], TypeError, "set can't be written"),
    "a decimal that is no number": ([Decimal("Infinity")], ValueError, "as a number"),
    "half a character": (["\ud800"], ValueError, "half a surrogate pair"),
}


@pytest.mark.parametrize(("data", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_it_refuses(data: object, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        yaml_text(data)


@pytest.mark.parametrize("value", [1, ["x"], {"a": "b"}, "a\nb\n"])
def test_a_key_too_long_for_one_line_is_read_back(value: object) -> None:
    data = [{"k" * 1500: value, "next": 1}]
    assert yaml.load(yaml_text(data), yaml.CSafeLoader) == data == yaml.load(yaml_text(data), yaml.SafeLoader)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9))
def test_a_decimal_is_written_with_just_its_digits(number: Decimal) -> None:
    text = yaml_text([number]).removeprefix("- ").rstrip()
    assert (Decimal(text), "e" in text.lower()) == (number, False)


@given(data, texts)
def test_a_header_is_comments_only(data: object, header: str) -> None:
    assert yaml.load(yaml_text(data, header), yaml.CSafeLoader) == data
