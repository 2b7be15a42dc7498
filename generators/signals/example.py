"""Label values that satisfy matchers, so that a test can feed series which a selector finds."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence

from generators.promql import Matcher, MatchOp

_TOKEN = re.compile(r"\\.|\[\^?\]?[^]]*\]|\(\?:|\{\d+(?:,\d*)?\}|.", re.DOTALL)
_ALPHABET = "0a1bA_-/.: " + "".join(map(chr, range(33, 127)))
_OTHERS = ("other", "200", "1", "")


class UnprovableError(ValueError):
    """Why no test can be made for something."""


def labels_for(matchers: Iterable[Matcher], keep: Sequence[str] = (), but: Sequence[Matcher] = ()) -> dict[str, str]:
    """Labels that all `matchers` find, with a value for each of `keep`, and that not all of `but` find."""
    labels = {label: f"some-{label}" for label in keep} | {m.label: _value(m) for m in matchers}
    if but:
        labels |= _outside(tuple(matchers), but)
    return {label: value for label, value in sorted(labels.items()) if value}


def finds(matcher: Matcher, value: str) -> bool:
    """Whether a matcher takes a label value; a label that is not there is empty."""
    if matcher.op in (MatchOp.REGEX, MatchOp.NOT_REGEX):
        return _matches(matcher.value, value) == (matcher.op is MatchOp.REGEX)
    return (matcher.value == value) == (matcher.op is MatchOp.EQUAL)


def regex_example(regex: str) -> str:
    """A text that the regular expression matches: the first of alternatives, and once what may be repeated."""
    text = _alternatives(deque(_TOKEN.findall(regex)))
    if not _matches(regex, text):
        raise UnprovableError(f'no example of the regular expression "{regex}" could be made')
    return text


def _matches(regex: str, text: str) -> bool:
    try:
        return re.fullmatch(regex, text) is not None
    except re.error as why:
        raise UnprovableError(f'no example of the regular expression "{regex}" could be made: {why}') from why


def _value(matcher: Matcher) -> str:
    if matcher.op is MatchOp.EQUAL:
        return matcher.value
    if matcher.op is MatchOp.REGEX:
        return regex_example(matcher.value)
    return next(value for value in (*_OTHERS, "something else") if finds(matcher, value))


def _outside(matchers: tuple[Matcher, ...], but: Sequence[Matcher]) -> dict[str, str]:
    """A label with a value that its own matcher takes and one of `but` doesn't."""
    own = {m.label: m for m in matchers}
    for other in but:
        mine = own.get(other.label)
        for value in (*_OTHERS, *_pieces(mine)):
            if not finds(other, value) and (mine is None or finds(mine, value)):
                return {other.label: value}
    raise UnprovableError(f"no series could be made that {', '.join(map(_text, but))} leaves out")


def _pieces(matcher: Matcher | None) -> list[str]:
    return [] if matcher is None else [matcher.value, *matcher.value.split("|")]


def _text(matcher: Matcher) -> str:
    return f'{matcher.label}{matcher.op}"{matcher.value}"'


def _alternatives(tokens: deque[str]) -> str:
    first = _sequence(tokens)
    while tokens and tokens.popleft() == "|":
        _sequence(tokens)
    return first


def _sequence(tokens: deque[str]) -> str:
    pieces: list[str] = []
    while tokens and tokens[0] not in ("|", ")"):
        token = tokens.popleft()
        if len(token) > 1 and token[0] == "{" and pieces:
            pieces[-1] *= int(re.findall(r"\d+", token)[0])
        elif token not in ("*", "+", "?", "^", "$"):
            pieces.append(_alternatives(tokens) if token in ("(", "(?:") else _character(token))
    return "".join(pieces)


def _character(token: str) -> str:
    """A character that a one-character pattern matches."""
    try:
        return next((c for c in _ALPHABET if re.fullmatch(token, c)), token)
    except re.error:
        return token
