"""Artifacts: canonical JSON, and the paths that every file system can hold."""

import json
from decimal import Decimal
from enum import StrEnum

import pytest

from generators.emit.artifact import check_paths, folders_of, json_text


class Colour(StrEnum):
    RED = "red"


JSON = {
    "keys are sorted at every level": ({"b": {"d": 1, "c": 2}, "a": 0}, '{"a":0,"b":{"c":2,"d":1}}'),
    "the order of a list is kept": ([3, 1, 2], "[3,1,2]"),
    "a tuple is a list": ((1, ("x",)), '[1,["x"]]'),
    "a decimal has just its own digits": (
        [Decimal("0.001"), Decimal("1E+3"), Decimal("1.50")],
        "[0.001,1000,1.50]",
    ),
    "a small decimal has no exponent": ([Decimal("1E-10")], "[0.0000000001]"),
    "truth and nothing": ([True, False, None], "[true,false,null]"),
    "an enumeration is its text": ({Colour.RED: Colour.RED}, '{"red":"red"}'),
    "letters stay letters": (["\u00e9\u4e16\U0001f600"], '["\u00e9\u4e16\U0001f600"]'),
    "quotes and breaks are escaped": (['a"b\\c\nd'], r'["a\"b\\c\nd"]'),
    "empty things": ({"a": {}, "b": []}, '{"a":{},"b":[]}'),
}


@pytest.mark.parametrize(("data", "compact"), JSON.values(), ids=JSON)
def test_json_says(data: object, compact: str) -> None:
    text = json_text(data)
    assert "".join(line.strip() for line in text.splitlines()).replace('": ', '":') == compact
    json.loads(text)


def test_json_is_laid_out_with_two_blanks_a_level_and_ends_its_last_line() -> None:
    data = {"b": [1, {"c": []}], "a": "x"}
    assert json_text(data) == json.dumps(data, indent=2, sort_keys=True) + "\n"


NOT_JSON = {
    "an infinite float": (float("inf"), ValueError),
    "a decimal that is no number": (Decimal("NaN"), ValueError),
    "a key that is no text": ({1: "x"}, TypeError),
    "bytes": (b"x", TypeError),
    "a set": ({"x"}, TypeError),
}


@pytest.mark.parametrize(("data", "error"), NOT_JSON.values(), ids=NOT_JSON)
def test_json_refuses(data: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        json_text(data)


WRONG_PATHS = {
    "one path twice": (["a", "a"], "'a' is there 2 times"),
    "an absolute path": (["/etc/x"], "'/etc/x' is not a plain relative path"),
    "a way out of the folder": (["a/../../x"], "'a/../../x' is not a plain relative path"),
    "a line break": (["a\nb"], "is not a plain relative path"),
    "no path": ([""], "'' is not a plain relative path"),
    "files that differ in case": (["x/a", "x/A"], "'x/A' and 'x/a' are one name"),
    "folders that differ in case": (["x/a", "X/b"], "'X' and 'x' are one name"),
    "one accent written in two ways": (["\u00e9", "e\u0301"], "are one name"),
    "a file that is a folder too": (["a", "a/b"], "'a' is both a file and a folder"),
}


@pytest.mark.parametrize(("paths", "message"), WRONG_PATHS.values(), ids=WRONG_PATHS)
def test_paths_that_cannot_be_written_together_are_refused(paths: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_paths(paths)


def test_all_wrong_paths_are_named_at_once() -> None:
    with pytest.raises(ValueError, match=r"'/x' .*; 'a' .*; 'b/\.' "):
        check_paths(["/x", "a", "a", "b/."])


def test_folders_of_paths_are_all_of_them_without_the_root() -> None:
    assert folders_of(["a", "b/c", "d/e/f"]) == {"b", "d", "d/e"}
