"""Every kind of mistake in a catalog: the whole message, exit status 2, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import Case, cases, hold, run, write_files

CASES = cases(Path(__file__).parent)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_mistake_is_refused_with_this_message(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path / "catalog", case.files)
    result = run("render")
    assert (result.exit_code, result.stdout) == (2, "")
    assert not (tmp_path / "output").exists()
    hold(case, result.stderr.rstrip("\n"))


def test_no_two_cases_have_one_title() -> None:
    assert len({case.title for case in CASES}) == len(CASES)
