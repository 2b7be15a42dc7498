"""The base of everything that a catalog file holds, and the small text types its fields are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema

from generators.promql.nodes import Matcher, MatchOp, Selector
from generators.promql.parse import PromqlError, parse
from generators.promql.render import render
from generators.scalar import TextScalar
from generators.units import Duration


class Frozen(BaseModel):
    """Strict and immutable: an unknown key is an error, and nothing changes after reading."""

    # defer_build: only the documents' own models are built, each once with all that it contains
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False, arbitrary_types_allowed=True)
    overridable: ClassVar[bool] = True
    """Whether a document of this kind can say what differs in an environment."""


_LONGEST_NAME = 60
_NAME = r"^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$"
Name = Annotated[str, StringConstraints(pattern=_NAME, max_length=_LONGEST_NAME)]
LabelName = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z_][a-zA-Z0-9_]*$")]
# Words that Prometheus' grammar takes for themselves wherever they stand; `sum` and the like may be metrics.
_NO_METRICS = frozenset(("nan", "inf", "bool", "on", "ignoring", "group_left", "group_right", "atan2"))


def _no_keyword(name: str) -> str:
    if name.lower() in _NO_METRICS:
        raise ValueError(f'"{name}" is a word of PromQL, so no expression can name a metric that is called so')
    return name


MetricName = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z_:][a-zA-Z0-9_:]*$"), AfterValidator(_no_keyword)]


def _no_template(text: str) -> str:
    # Prometheus and Alertmanager expand templates in what they print; a broken one costs the whole rule file.
    if "{{" in text:
        raise ValueError("text can't have {{ in it; tocsin adds values and labels itself")
    return text


def _lasting(duration: Duration) -> Duration:
    if duration.seconds == 0:
        raise ValueError("this has to be longer than nothing")
    return duration


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_no_template)]
Text = Line
Span = Annotated[Duration, AfterValidator(_lasting)]


def is_name(text: str) -> bool:
    """Whether the text can be a `Name`."""
    return len(text) <= _LONGEST_NAME and re.match(_NAME, text) is not None


def _flag(value: Any) -> Any:
    if value not in ("true", "false", True, False):
        raise ValueError("expected true or false")
    return value in ("true", True)


Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]


@dataclass(frozen=True, slots=True)
class MatcherValue(TextScalar):
    """What a label has to be: text (exactly that), a list (one of these), or an operator and its operand.

    `code: 200` is a literal, `code: =~5..` and `code: "!~5.."` are fully anchored regular expressions,
    `mode: "!=idle"` is an inequality, `mode: [idle, iowait]` any of the literals.
    """

    op: MatchOp
    value: str

    pattern = r".*"
    expected = "a label value, =~regex, !~regex, !=value, or a list of values"

    @classmethod
    def parse(cls, text: str) -> Self:
        for op in (MatchOp.REGEX, MatchOp.NOT_REGEX, MatchOp.NOT_EQUAL):
            if text.startswith(op):
                value = text[len(op) :]
                _refuse_bad_regex(Matcher("x", op, value))
                return cls(op, value)
        return cls(MatchOp.EQUAL, text)

    @classmethod
    def _read(cls, value: Any) -> Self:
        if isinstance(value, list) and value and all(isinstance(v, str) for v in value):
            return cls(MatchOp.REGEX, "|".join(map(regex_escape, value)))
        return super(MatcherValue, cls)._read(value)

    def __str__(self) -> str:
        return self.value if self.op is MatchOp.EQUAL else f"{self.op}{self.value}"

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> dict[str, Any]:
        text = {"type": ["string", "number", "boolean"]}
        return {"anyOf": [text, {"type": "array", "items": text, "minItems": 1}], "description": cls.expected}


def _refuse_bad_regex(matcher: Matcher) -> None:
    try:
        parse(render(Selector("x", (matcher,))))
    except PromqlError as error:
        raise ValueError(error.message) from None


Selection = dict[LabelName, MatcherValue]


def regex_escape(text: str) -> str:
    """The text as a regular expression that matches it alone (RE2 syntax)."""
    return re.sub(r"([\\.+*?()|\[\]{}^$])", r"\\\1", text)


def matchers(*selections: Selection) -> tuple[Matcher, ...]:
    """The matchers of selections laid over each other: a later one replaces what an earlier says of a label."""
    merged = {label: value for selection in selections for label, value in selection.items()}
    return tuple(Matcher(label, merged[label].op, merged[label].value) for label in sorted(merged))
