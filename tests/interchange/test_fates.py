"""Each key of each format has a fate: its meaning is carried over, or it is said why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from generators.interchange import (
    notes,
    openslo_alpha_spec,
    openslo_library,
    openslo_slo,
    openslo_spec,
    pyrra,
    pyrra_spec,
    sloth,
    sloth_spec,
)
from generators.interchange.notes import Fates, dotted, remarks
from generators.source import load_any

OPENSLO: Mapping[str, Fates] = openslo_library._FATES
FORMATS: dict[str, tuple[type[BaseModel], Fates]] = {
    "sloth": (sloth_spec.Spec, sloth._FATES),
    "sloth in a cluster": (sloth_spec.ServiceLevel, sloth._KUBERNETES),
    "alert windows": (sloth_spec.AlertWindows, sloth._WINDOWS),
    "pyrra": (pyrra_spec.ServiceLevelObjective, pyrra._FATES),
    "openslo SLO": (openslo_spec.Slo, openslo_slo._FATES),
    "openslo v1alpha SLO": (openslo_alpha_spec.Slo, openslo_slo._FATES),
    **{
        f"openslo {kind}": (openslo_spec.KINDS[kind], {**openslo_library.HEAD, **fates})
        for kind, fates in OPENSLO.items()
    },
}


def keys(annotation: Any, route: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The route of every key that a model knows; * is any item of a list or mapping."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            yield from keys(field.annotation, (*route, field.alias or name))
    elif get_origin(annotation) in (Union, UnionType, Annotated):
        for part in get_args(annotation):
            yield from keys(part, route)
    elif get_origin(annotation) in (tuple, dict):
        yield from keys(get_args(annotation)[0 if get_origin(annotation) is tuple else 1], (*route, "*"))
    else:
        yield route


@pytest.mark.parametrize("name", FORMATS)
def test_every_key_has_a_fate(name: str) -> None:
    model, fates = FORMATS[name]
    table = {tuple(pattern.split()): why for pattern, why in fates.items()}
    assert [key for key in keys(model) if notes._fate(key, table) == notes._UNKNOWN_FATE] == []


def test_a_key_without_a_fate_is_told_all_the_same() -> None:
    (document,) = load_any("x.yaml", b"a: {b: [1]}\nc: 2")
    assert [str(r.note) for r in remarks(document.root, {"c": notes.CARRIED})] == [
        "x.yaml:1 a.b[0]: tocsin has nothing like it"
    ]


def test_the_longest_pattern_decides_and_a_value_is_shown_only_if_said() -> None:
    (document,) = load_any("x.yaml", b"labels: {owner: us, secret: s, kind: rye}")
    fates = {"labels": "not here", "labels owner": notes.CARRIED, "labels kind": "{value}: nor here"}
    assert [str(r.note) for r in remarks(document.root, fates)] == [
        "x.yaml:1 labels.secret: not here",
        'x.yaml:1 labels.kind "rye": nor here',
    ]


def test_a_route_reads_as_people_write_it() -> None:
    assert dotted(("slos", 0, "alerting", "name")) == "slos[0].alerting.name"
