"""Whatever is imported compiles: the output of every case is a catalog, once it has a platform and its owners."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.interchange.catalogs import catalog
from tests.interchange.test_import_golden import CASES, imported


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.path.stem}: {case.title}")
def test_what_is_imported_compiles(case: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    stdout, _stderr, status = imported(case)  # type: ignore[arg-type]
    if status == 2:
        assert stdout == ""
        return
    written = set(re.findall(r"^service: (.*)$", stdout, re.MULTILINE))
    assert {service.name for service in catalog(stdout).services} == written
