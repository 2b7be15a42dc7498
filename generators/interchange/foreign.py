"""What the models of other formats share: strict and immutable like the catalog's own, with its positions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from generators.diagnostics import CatalogError, Diagnostic, did_you_mean, refusal, refuse
from generators.frozen import Frozen
from generators.source import Document, Scalar
from generators.spec.read import read


class Foreign(Frozen):
    """A part of a file of another tool."""

    overridable: ClassVar[bool] = False


class Camel(Foreign):
    """A part whose keys are camelCase."""

    model_config = ConfigDict(alias_generator=to_camel)


def _finite(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise ValueError(f"{value} is not a finite number")
    return value


Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Number = Annotated[Decimal, AfterValidator(_finite)]
Percent = Annotated[Number, Field(ge=0, le=100)]
Ratio = Annotated[Number, Field(ge=0, le=1)]


def _not_empty(value: object) -> object:
    # pydantic's own check counts only the items that are right
    if value in ([], None):
        raise ValueError("this must not be empty")
    return value


NotEmpty = BeforeValidator(_not_empty)
Pairs = dict[str, str]


class KubernetesMetadata(Camel):
    """The metadata of a Kubernetes object; all but the name, labels and annotations is the cluster's business."""

    name: Word
    namespace: str | None = None
    labels: Pairs = {}
    annotations: Pairs = {}
    creation_timestamp: str | None = None
    deletion_grace_period_seconds: str | None = None
    deletion_timestamp: str | None = None
    finalizers: tuple[str, ...] = ()
    generate_name: str | None = None
    generation: str | None = None
    managed_fields: Any = None
    owner_references: Any = None
    resource_version: str | None = None
    self_link: str | None = None
    uid: str | None = None


Choice = Callable[[Document], type[Foreign]]


def chosen(document: Document, kinds: Mapping[str, type[Foreign]], key: str) -> type[Foreign]:
    """The model that the value of a key chooses. Raises CatalogError."""
    node = document.root.values.get(key)
    if node is None:
        hint = f"add `{key}: {next(iter(kinds))}`"
        raise refusal("missing-key", f'the key "{key}" is missing', document.root.location, hint)
    name = (node.text if isinstance(node, Scalar) else None) or ""
    if name not in kinds:
        raise refusal("unknown-kind", f'"{name}" is not known here', node.location, did_you_mean(name, kinds, "known"))
    return kinds[name]


def read_documents(documents: Iterable[Document], choose: Choice) -> list[tuple[Document, Foreign]]:
    """Every document as the model that is chosen for it. Raises CatalogError with what is wrong with any of them."""
    found: list[tuple[Document, Foreign]] = []
    problems: list[Diagnostic] = []
    for document in documents:
        try:
            found.append((document, read(choose(document), document.root)))
        except CatalogError as error:
            problems += error.diagnostics
    refuse(problems)
    return found
