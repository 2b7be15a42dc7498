"""The only place that writes YAML text: the same bytes for the same data, many times faster than PyYAML.

A string is left bare only where YAML 1.1 and 1.2, PyYAML and Go's yaml.v2 and v3 all read it as that string.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from json import JSONEncoder
from typing import Any

# What may stand in a file raw. Outside it: controls, odd blanks, line separators, direction marks, BOM.
_VISIBLE = "\x20-\x7e\u00a1-\u00ac\u00ae-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff\ue000-\ufefe"
_VISIBLE += "\uff00-\ufff8\ufffc\ufffd\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd"
_HIDDEN = re.compile(f"[^{_VISIBLE}]")
# A number, date or base 60 value has no bracket in it, and no unit of time after each of its numbers.
_BARE = re.compile(
    rf"[A-Za-z_/($\u00a1-\u00ac\u00ae-\u1fff\u3040-\ud7ff][{_VISIBLE}]*"
    rf"|[0-9](?=[^({{]*[({{])[{_VISIBLE}]*"
    r"|(?:[0-9]+(?:ms|[smhdwy]))+"
)
_WORDS = frozenset({"y", "n", "t", "f", "yes", "no", "on", "off", "true", "false", "null"})
_LONGEST_KEY = 1000  # a "simple key" must end within 1024 characters
_json_quote = JSONEncoder(ensure_ascii=False).encode


def yaml_text(data: Any, header: str = "") -> str:
    """`data` as one block-style document, under `header` as comment lines."""
    comment = "".join(f"# {_HIDDEN.sub(_escape, line)}".rstrip() + "\n" for line in header.splitlines())
    body = _quoted_or_bare(data) if isinstance(data, str) else _node(data, "\n", "")
    return comment + body.removeprefix(" ") + "\n"


def _node(value: Any, pad: str, gap: str) -> str:
    """`value` as it follows `key:` or `-`; `pad` starts each line of its own, `gap` its first one."""
    write = _WRITERS.get(type(value)) or _writer_of_a_subclass(value)
    return write(value, pad, gap)


def _mapping(data: Mapping[str, Any], pad: str, gap: str) -> str:
    if not data:
        return " {}"
    inner = pad + "  "
    return gap + pad.join([_key(key, pad) + _node(value, inner, inner) for key, value in data.items()])


def _sequence(data: Sequence[Any], pad: str, gap: str) -> str:
    if not data:
        return " []"
    inner = pad + "  "
    return gap + pad.join(["-" + _node(value, inner, " ") for value in data])


def _key(key: Any, pad: str) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a YAML key must be a string, not {key!r}")
    text = _quoted_or_bare(key)
    return text + ":" if len(text) <= _LONGEST_KEY else "? " + text + pad + ":"


def _string(text: str, pad: str, _gap: str) -> str:
    if "\n" in text and _is_literal(text):
        return _literal(text, pad)
    return " " + _quoted_or_bare(text)


def _is_literal(text: str) -> bool:
    """Whether a block scalar says `text` exactly, without trailing blanks that an editor would strip."""
    return (
        not text.endswith("\n\n")
        and text != "\n"
        and " \n" not in text
        and not text.endswith(" ")
        and not _HIDDEN.search(text.replace("\n", ""))
    )


def _literal(text: str, pad: str) -> str:
    indent = "2" if text[0] in " \n" else ""  # said, where the text's own blanks would be taken for it
    chomp = "" if text.endswith("\n") else "-"
    lines = [pad + line if line else "\n" for line in text.removesuffix("\n").split("\n")]
    return f" |{indent}{chomp}{''.join(lines)}"


@lru_cache(maxsize=1 << 14)
def _quoted_or_bare(text: str) -> str:
    return text if _is_bare(text) else _HIDDEN.sub(_escape, _json_quote(text))


def _is_bare(text: str) -> bool:
    return (
        _BARE.fullmatch(text) is not None
        and ": " not in text
        and " #" not in text
        and text[-1] not in ": "
        and text.lower() not in _WORDS
    )


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if "\ud800" <= match[0] <= "\udfff":
        raise ValueError(f"half a surrogate pair (U+{code:04X}) can't be written as YAML")
    return f"\\u{code:04x}" if match[0] <= "\uffff" else f"\\U{code:08x}"


def number_text(value: Decimal) -> str:
    """The digits of `value`, all of them, without an exponent: the same number in YAML and JSON."""
    if not value.is_finite():
        raise ValueError(f"{value} can't be written as a number")
    return format(value, "f")


_Writer = Callable[[Any, str, str], str]
_WRITERS: dict[type, _Writer] = {
    str: _string,
    dict: _mapping,
    list: _sequence,
    tuple: _sequence,
    bool: lambda value, pad, gap: " true" if value else " false",
    int: lambda value, pad, gap: f" {value:d}",
    Decimal: lambda value, pad, gap: f" {number_text(value)}",
    type(None): lambda value, pad, gap: " null",
}


def _writer_of_a_subclass(value: Any) -> _Writer:
    for kind in (str, Mapping, bool, int, Decimal, list, tuple):
        if isinstance(value, kind):
            return _WRITERS[dict if kind is Mapping else kind]
    raise TypeError(f"{type(value).__name__} can't be written as YAML: {value!r}")
