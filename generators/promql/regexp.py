"""Where regular expressions of Prometheus (RE2) and of the parsing library (Rust) differ."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\[^uU]", re.DOTALL)
_CLASS = re.compile(r"\[\^?\]?[^]]*\]")
_REPEAT = r"(?:[*+?]|\{\d+(?:,\d*)?\})"
_FOREIGN = (
    (re.compile(r"\\[uU]"), r"a character by number is written \x{61}, not \u{61}"),
    (re.compile(r"\(\?[\w-]*[xR]"), "there are no flags x and R"),
    (re.compile(r"\(\?<"), "a named group is written (?P<name>...)"),
    (re.compile(rf"{_REPEAT}\??+{_REPEAT}"), "a repetition can't be repeated"),
    (re.compile(r"\{(?:\d+,)?0*(?!1000\b)[1-9]\d{3,}(?:,\d*)?\}"), "a repetition can't be over 1000"),
)


def foreign(regex: str) -> str:
    """Why Prometheus refuses a regular expression that Rust's library takes; empty if it doesn't."""
    # An escape or a class stands for one character; nothing inside of them repeats anything.
    skeleton = _CLASS.sub("c", _ESCAPE.sub("c", regex))
    return next((why for pattern, why in _FOREIGN if pattern.search(skeleton)), "")
