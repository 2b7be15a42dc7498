"""The reference of the catalog language in Markdown, made from the models that read it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from generators.frozen import Frozen, MatcherValue
from generators.scalar import TextScalar
from generators.spec import KINDS
from generators.spec.service import SIGNALS

_INTRODUCTION = """# Reference of the catalog language

Made by `tocsin schema --format markdown` from the models that read the catalog; a test keeps it current.

A catalog is a folder of `.yaml` files (one or more documents each) and `.md` files with front matter, split as you
like: the first key of a document says what it is. Every document can have a key `environments`, which maps the name
of an environment to a patch of the document: mappings merge, everything else replaces, null removes.
"""


def reference() -> str:
    """The whole page."""
    return "\n".join([_INTRODUCTION, *_documents(), *_signals(), *_parts()]).rstrip() + "\n"


def _documents() -> Iterator[str]:
    yield "## Documents\n"
    for kind, spec in KINDS.items():
        yield from _section(f"`{kind}`", spec)


def _signals() -> Iterator[str]:
    yield "## Kinds of signal\n"
    for model in SIGNALS:
        yield from _section(f"`kind: {get_args(model.model_fields['kind'].annotation)[0]}`", model)


def _parts() -> Iterator[str]:
    yield "## Parts\n"
    seen: list[type[BaseModel]] = []
    for spec in (*KINDS.values(), *SIGNALS):
        _collect(spec, seen)
    for model in seen:
        if model not in KINDS.values() and model not in SIGNALS:
            yield from _section(_anchor(model), model)


def _section(title: str, model: type[BaseModel]) -> Iterator[str]:
    yield f"### {title}\n\n{_first_line(model)}\n"
    yield "| key | value | default | |\n|---|---|---|---|"
    for name, field in model.model_fields.items():
        yield f"| `{field.alias or name}` | {_type(field.annotation)} | {_default(field)} | {field.description or ''} |"
    yield ""


def _first_line(model: type[BaseModel]) -> str:
    return (inspect.getdoc(model) or "").split("\n\n")[0].replace("\n", " ")


def _anchor(model: type[BaseModel]) -> str:
    return model.__name__.removesuffix("Spec")


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    if value is None or value is PydanticUndefined or value in ({}, ()) or isinstance(value, BaseModel):
        return ""
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f"`{text.lower() if isinstance(value, bool) else text}`"


def _type(annotation: Any) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(inner[0])
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(_type(part) for part in inner if part is not NoneType))
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in inner)
    if origin in (tuple, list):
        return f"list of {_type(inner[0])}"
    if origin is dict:
        return f"{_type(inner[0])} to {_type(inner[1])}"
    return _class(annotation)


def _class(annotation: Any) -> str:
    if not isinstance(annotation, type):
        return str(annotation)
    return next(
        (text(annotation) for base, text in _CLASSES.items() if issubclass(annotation, base)), annotation.__name__
    )


def _linked(model: type[BaseModel]) -> str:
    if model in SIGNALS:
        return "a [signal](#kinds-of-signal)"
    return f"[{_anchor(model)}](#{_anchor(model).lower()})"


_CLASSES: Mapping[type, Callable[[Any], str]] = {
    MatcherValue: lambda _: "[label matcher](catalog.md#label-matchers)",
    TextScalar: lambda scalar: str(scalar.expected),
    Enum: lambda choices: ", ".join(f"`{value.value}`" for value in choices),
    BaseModel: _linked,
    bool: lambda _: "true or false",
    str: lambda _: "text",
    int: lambda _: "whole number",
}


def _collect(model: type[BaseModel], seen: list[type[BaseModel]]) -> None:
    for field in model.model_fields.values():
        for part in _models(field.annotation):
            if part not in seen:
                seen.append(part)
                _collect(part, seen)


def _models(annotation: Any) -> Iterator[type[Frozen]]:
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
