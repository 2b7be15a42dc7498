"""A label matcher: what it accepts, and the one text form that every version of Alertmanager reads."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Labels = Mapping[str, str]


def _fully_matches(value: str, pattern: str) -> bool:
    return re.fullmatch(pattern, value) is not None


def _never_matches(value: str, pattern: str) -> bool:
    return not _fully_matches(value, pattern)


_ACCEPTS: dict[str, Callable[[str, str], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "=~": _fully_matches,
    "!~": _never_matches,
}
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})
_META = re.compile(r"([\\.+*?()|\[\]{}^$])")


@dataclass(frozen=True, slots=True)
class Matcher:
    """One condition on one label. A label that is missing is an empty one; patterns are anchored."""

    label: str
    operator: str
    value: str

    def accepts(self, labels: Labels) -> bool:
        return _ACCEPTS[self.operator](labels.get(self.label, ""), self.value)

    def __str__(self) -> str:
        return f'{self.label}{self.operator}"{self.value.translate(_ESCAPED)}"'


def all_accept(matchers: Iterable[Matcher], labels: Labels) -> bool:
    return all(matcher.accepts(labels) for matcher in matchers)


def one_of(label: str, values: Iterable[str]) -> Matcher:
    """The label has one of these literal values."""
    match list(values):
        case [only]:
            return Matcher(label, "=", only)
        case several:
            return Matcher(label, "=~", "|".join(_META.sub(r"\\\1", value) for value in several))


def present(label: str) -> Matcher:
    """The label is there and not empty."""
    return Matcher(label, "=~", ".+")
