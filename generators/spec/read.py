"""From positioned nodes to specs, with every complaint placed and in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generators.diagnostics import CatalogError, Diagnostic, did_you_mean
from generators.frozen import Frozen
from generators.promql.complaint import PromqlError
from generators.source import Mapping, Node, Route, child, data, locate
from generators.spec.pointing import pointed
from generators.spec.service import SIGNAL_KINDS

S = TypeVar("S", bound=Frozen)
_KEY_STEP = "[key]"
_WORDING = {
    "string_type": "expected text",
    "dict_type": "expected a mapping of names to values",
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "int_parsing": "{input} is not a whole number",
    "int_type": "expected a whole number",
    "decimal_parsing": "{input} is not a number",
    "decimal_max_digits": "{input} has more than {max_digits} digits",
    "finite_number": "{input} is not a finite number",
    "decimal_type": "expected a number",
    "model_type": "expected a mapping of keys to values",
    "model_attributes_type": "expected a mapping of keys to values",
    "greater_than_equal": "{input} is less than {ge}",
    "less_than_equal": "{input} is more than {le}",
    "string_too_long": "this is longer than {max_length} characters",
    "string_too_short": "this must not be empty",
    "too_short": "this must not be empty",
    "date_from_datetime_parsing": "{input} is not a date; write it as 2026-12-31",
    "date_type": "expected a date such as 2026-12-31",
    "literal_error": "{input} is not one of {expected}",
    "enum": "{input} is not one of {expected}",
    "union_tag_invalid": '"{tag}" is not a kind of signal',
    "union_tag_not_found": "the signal does not say its `kind`",
}
_CODES = {"missing": "missing-key", "extra_forbidden": "unknown-key", "union_tag_invalid": "unknown-kind"}


def read(spec: type[S], node: Mapping) -> S:
    """The document as a spec. Raises CatalogError with everything that is wrong with it."""
    try:
        return spec.model_validate(data(node))
    except ValidationError as error:
        raise CatalogError(_diagnostics(spec, node, error)) from None


def _diagnostics(spec: type[Frozen], node: Node, error: ValidationError) -> Iterator[Diagnostic]:
    seen: set[Route] = set()
    for problem in error.errors(include_url=False):
        route = _route(node, problem["loc"])
        if route in seen:
            continue  # the other branches of a union complain about the same value
        seen.add(route)
        yield _diagnostic(spec, node, problem, route)


def _diagnostic(spec: type[Frozen], node: Node, problem: ErrorDetails, route: Route) -> Diagnostic:
    kind, name = problem["type"], str(problem["loc"][-1]) if problem["loc"] else ""
    code = _CODES.get(kind, "bad-value")
    if kind == "extra_forbidden":
        known = _fields(spec, problem["loc"][:-1])
        return Diagnostic(
            code, f'unknown key "{name}"', locate(node, route, key=True), did_you_mean(name, known, "keys")
        )
    if kind == "missing":
        known = [k for k in _fields(spec, problem["loc"][:-1]) if k == name]
        hint = f"add `{name}: ...`" if known else ""
        return Diagnostic(code, f'the key "{name}" is missing', locate(node, route[:-1]), hint)
    if kind == "union_tag_invalid":
        return Diagnostic(code, _message(problem), locate(node, (*route, "kind")), _hint(problem))
    if isinstance(error := problem.get("ctx", {}).get("error"), PromqlError):
        place, detail = pointed(node, route, error)
        return Diagnostic(code, error.message, place, detail=detail)
    at_key = _KEY_STEP in problem["loc"]
    return Diagnostic(code, _message(problem), locate(node, route, key=at_key), _hint(problem))


def _message(problem: ErrorDetails) -> str:
    context = {**problem.get("ctx", {}), "input": _shown(problem["input"])}
    if problem["type"] == "string_pattern_mismatch":
        return f"{context['input']} does not have the form that is needed here"
    wording = _WORDING.get(problem["type"])
    if wording is None:
        return problem["msg"].removeprefix("Value error, ")
    return wording.format(**context)


def _hint(problem: ErrorDetails) -> str:
    context = problem.get("ctx", {})
    if problem["type"] == "string_pattern_mismatch":
        return _PATTERN_HINTS.get(str(context.get("pattern")), f"it has to match {context.get('pattern')}")
    if problem["type"] in ("union_tag_invalid", "union_tag_not_found"):
        return did_you_mean(str(context.get("tag", "")), SIGNAL_KINDS, "kinds")
    return ""


_PATTERN_HINTS = {
    r"^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$": "names are lower case letters, digits, - and _, such as api-gateway",
    r"^[a-zA-Z_][a-zA-Z0-9_]*$": "a label name is made of letters, digits and _",
    r"^[a-zA-Z_:][a-zA-Z0-9_:]*$": "a metric name is made of letters, digits, _ and :",
    r"^/[^\s]+$": "secrets stay out of the catalog: give the absolute path of a file on the server",
    r"^\d+\.\d+$": 'write major.minor, such as "2.42"',
    r"\{page\}": "the address needs {page} where the name of the runbook page goes",
    r"^[#@][^\s]+$": 'write a channel as "#name" or a person as "@name"',
    r"^https?://[^\s]+[^\s/]$": "write an address such as https://grafana.example, without a slash at the end",
    r"^([01]\d|2[0-3]):[0-5]\d$": 'write a time such as "09:00"',
    r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$": 'write a time such as "17:00"',
    r"^[A-Z][A-Za-z0-9]*$": "alert names are CamelCase, such as GatewaySlow",
}


def _shown(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else "this"


def _route(node: Node, loc: Route) -> Route:
    """The location as the file has it: without the steps that pydantic adds for unions, keys and validators."""
    route: list[str | int] = []
    here: Node | None = node
    for index, step in enumerate(loc):
        if step == _KEY_STEP:
            continue
        inner = child(here, step)
        if inner is not None or index == len(loc) - 1:
            route.append(step)
            here = inner
    return tuple(route)


def _fields(spec: type[Frozen], loc: Route) -> list[str]:
    """The keys that the model at a location knows."""
    model: Any = spec
    for step in loc:
        model = _step(model, step)
    known = [field.alias or name for one in _models(model)[:1] for name, field in one.model_fields.items()]
    return [*known, "environments"] if spec.overridable and not loc else known


def _step(annotation: Any, step: str | int) -> Any:
    """The type below a step: a branch of a union, a field of a model, the values of a mapping or list."""
    models = _models(annotation)
    by_tag = {tag: m for m in models for tag in _tags(m)} if len(models) > 1 else {}
    if step in by_tag:
        return by_tag[str(step)]
    for model in models:
        fields = {f.alias or n: f for n, f in model.model_fields.items()}
        if step in fields:
            return fields[str(step)].annotation
    return annotation


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for part in getattr(annotation, "__args__", ()) for m in _models(part)]


def _tags(model: type[BaseModel]) -> tuple[str, ...]:
    kind = model.model_fields.get("kind")
    return getattr(kind.annotation, "__args__", ()) if kind else ()
