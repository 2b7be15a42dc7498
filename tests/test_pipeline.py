"""The whole program: which files of a folder are read, and what is done with them in which order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generators import pipeline
from generators.diagnostics import CatalogError
from tests.helpers import bakery, write_files

FILES = {
    "a yaml file": ("a.yaml", True),
    "a yml file": ("a.yml", True),
    "a page": ("a.md", True),
    "a file in a folder in a folder": ("b/c/a.yaml", True),
    "another kind of file": ("a.json", False),
    "an editor's copy": ("a.yaml~", False),
    "a hidden file": (".a.yaml", False),
    "a file in a hidden folder": (".git/a.yaml", False),
}


@pytest.mark.parametrize(("path", "is_read"), FILES.values(), ids=FILES)
def test_folder_is_read(path: str, is_read: bool, tmp_path: Path) -> None:
    write_files(tmp_path, {path: b"x"})
    assert pipeline.read_folder(tmp_path) == ({path: b"x"} if is_read else {})


def test_catalog_below_a_hidden_folder_is_read(tmp_path: Path) -> None:
    write_files(tmp_path / ".work", {"a.yaml": b"x"})
    assert pipeline.read_folder(tmp_path / ".work") == {"a.yaml": b"x"}


def test_problems_of_all_files_are_said_at_once() -> None:
    with pytest.raises(CatalogError) as refused:
        pipeline.parse({"b.yaml": b"a: [", "a.yaml": b"\xff", "c.md": b"x"})
    places = [d.location and d.location.path for d in refused.value.diagnostics]
    assert places == ["a.yaml", "b.yaml", "c.md"]


def test_first_of_two_files_with_one_name_is_told_by_their_paths_not_by_their_order() -> None:
    double = bakery("@ z.yaml\n+service: mill\n")
    for files in (double, dict(reversed(double.items()))):
        with pytest.raises(CatalogError, match=r'service "mill" is already defined in bakery.yaml'):
            pipeline.compile_catalog(files)


def test_each_environment_is_compiled_in_the_order_of_the_platform() -> None:
    assert [c.environment for c in pipeline.compile_catalog(bakery())] == ["shop", "lab"]


def test_only_the_named_environment_is_compiled() -> None:
    assert [c.environment for c in pipeline.compile_catalog(bakery(), ["lab"])] == ["lab"]


def test_unknown_environment_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(CatalogError) as refused:
        pipeline.compile_catalog(bakery(), ["labs"])
    assert [(d.message, d.hint) for d in refused.value.diagnostics] == [
        ('no environment "labs"', 'did you mean "lab"?')
    ]


def test_what_two_environments_have_wrong_is_said_once() -> None:
    found = pipeline.checked(pipeline.bundles(bakery("-    for: 5m\n+    for: 10s\n")))
    assert [d.code for d in found] == ["hold-too-short"]


EXPIRED = (
    "-    for: 5m\n+    for: 10s\n@ x.yaml\n+exceptions:\n"
    "+  - {check: hold-too-short, where: oven, reason: r, owner: bakers, expires: 2020-02-29}\n"
)
DAYS = {
    "the last day": (date(2020, 2, 29), []),
    "the day after": (date(2020, 3, 1), ["hold-too-short", "expired-exception"]),
    "no day, as when the output is written": (None, []),
}


@pytest.mark.parametrize(("today", "codes"), DAYS.values(), ids=DAYS)
def test_exception_holds_until_the_end_of_its_day(today: date | None, codes: list[str]) -> None:
    assert [d.code for d in pipeline.checked(pipeline.bundles(bakery(EXPIRED)), today)] == codes


def test_every_artifact_is_in_the_folder_of_its_environment() -> None:
    found = pipeline.artifacts(pipeline.bundles(bakery()))
    assert {a.path.partition("/")[0] for a in found} == {"shop", "lab"}
    assert len({a.path for a in found}) == len(found)
