"""What is wrong with a PromQL text, and where: the parsing library refuses it without telling the place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from generators.promql.wording import reworded

DEEPEST = 120
"""Brackets and operators inside of each other. At a few thousand the library crashes the whole process."""

Refusal = Callable[[str], str]
"""What the library says against a text; empty if it takes it."""


class PromqlError(ValueError):
    """A text that is not PromQL. `offset` counts characters from 0 and tells where the problem starts."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message, offset)
        self.message = message
        self.offset = offset

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text that no problem starts or ends inside of."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


_TOKEN = re.compile(
    r"""
    "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | `[^`]*`    # strings
    | \#[^\n]*                                           # comments
    | [A-Za-z_:][\w:]* | [\d.][\w.]*                     # names, numbers and durations
    | [=!<>]= | [=!]~ | \S                               # operators and brackets
    """,
    re.DOTALL | re.VERBOSE,
)
_DURATION = re.compile(r"(?:\d+(?:ms|[smhdwy]))+")
_CLOSES = {"(": ")", "[": "]", "{": "}"}
_DEPTHS = dict.fromkeys(_CLOSES, 1) | dict.fromkeys(_CLOSES.values(), -1)
_OPERATORS = frozenset(["==", "!=", ">", ">=", "<", "<=", "and", "or", "unless", "atan2", *"+-*/%^"])
_LONGEST_SEARCH = 150

_SYNTAX = "invalid promql query"


def tokens(text: str) -> list[Token]:
    """The text cut into its words, without comments."""
    found = (Token(m[0], m.start()) for m in _TOKEN.finditer(text))
    return [token for token in found if not token.text.startswith("#")]


def refuse_unsafe(text: str) -> None:
    """Raise PromqlError for what would crash the library, or what it reads as something else."""
    words = tokens(text)
    nesting = max(_depths(words))
    if nesting + sum(word.text in _OPERATORS for word in words) > DEEPEST:
        raise PromqlError(f"more than {DEEPEST} brackets and operators; record a part of it first")
    for word in _lengths(words):
        if not _DURATION.fullmatch(word.text):
            raise PromqlError(f'"{word.text}" is not a duration such as 5m or 1h30m', word.start)
    for before, word in pairwise(words):
        if before.text == "@" and word.text == "-":
            raise PromqlError("no time before 1970 can follow @", word.start)


def _lengths(words: list[Token]) -> Iterator[Token]:
    """The numbers that stand for a length of time; one without a unit is new in Prometheus 3."""
    due = inside = False
    for word in words:
        inside = word.text == "[" or (inside and word.text != "]")
        colon = inside and word.text.startswith(":")
        length = Token(word.text[colon:], word.start + colon)
        if due and word.text in "+-":
            continue
        if (due or colon) and (length.text[:1].isdigit() or length.text.lower() in ("inf", "nan")):
            yield length
        due = word.text in ("[", "offset") or length.text == ""


def complaint(text: str, raw: str, refusal: Refusal) -> PromqlError:
    """The error for a text that the library refuses with these raw words."""
    if raw == _SYNTAX:
        return _syntax_error(text, refusal)
    return PromqlError(reworded(raw), _place(text, raw, refusal))


def _place(text: str, raw: str, refusal: Refusal) -> int:
    """Where the shortest part of the text begins that the library refuses for the same reason."""
    words = tokens(text)
    if lone := _unpaired(words):
        return lone[0].start
    if len(words) > _LONGEST_SEARCH:
        return 0
    parts = sorted(_parts(words), key=lambda part: part[1] - part[0])
    return next((start for start, end in parts if refusal(text[start:end]) == raw), 0)


def _parts(words: list[Token]) -> Iterator[tuple[int, int]]:
    """Start and end of every run of words with its brackets in pairs, and with what belongs to them."""
    depths = _depths(words)
    for first, word in enumerate(words):
        if first and word.text in _CLOSES and _belongs(word, words[first - 1]):
            continue
        for last in range(first, len(words)):
            if depths[last + 1] < depths[first]:
                break
            if depths[last + 1] == depths[first]:
                yield word.start, words[last].end


def _depths(words: list[Token]) -> list[int]:
    """How many brackets are open before the first word and after each."""
    return [0, *accumulate(_DEPTHS.get(word.text, 0) for word in words)]


def _belongs(bracket: Token, before: Token) -> bool:
    return before.end == bracket.start and re.search(r"[\w)\]}]$", before.text) is not None


def _unpaired(words: list[Token]) -> list[Token]:
    """The quote or closing bracket that has no partner, or else the brackets that are still open."""
    opened: list[Token] = []
    for word in words:
        if word.text in ("'", '"', "`"):
            return [word]
        if word.text in _CLOSES:
            opened.append(word)
        elif opened and word.text == _CLOSES[opened[-1].text]:
            opened.pop()
        elif word.text in _DEPTHS:
            return [word]
    return opened


def _syntax_error(text: str, refusal: Refusal) -> PromqlError:
    """The problem comes after the longest beginning that can go on to be an expression."""
    words = tokens(text)
    good = next((n for n in range(len(words), 0, -1) if _can_go_on(text, words[:n], refusal)), 0)
    if good == len(words):
        return PromqlError("the expression is not complete", len(text.rstrip()))
    return PromqlError(f"{words[good].text} is not expected here", words[good].start)


def _can_go_on(text: str, words: list[Token], refusal: Refusal) -> bool:
    beginning = text[: words[-1].end]
    closed = "".join(_CLOSES.get(w.text, "") for w in reversed(_unpaired(words)))
    return any(refusal(f"{beginning} {operand}{closed}") != _SYNTAX for operand in ("", "x"))
