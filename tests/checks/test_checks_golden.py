"""Each check: what it says of catalogs that break its rule, and that it is silent where they keep it."""

from __future__ import annotations

import inspect
from collections import Counter
from pathlib import Path

import pytest

from generators import checks
from generators.checks import CHECKS, waivers
from tests.helpers import Case, cases, hold, run, write_files

HERE = Path(__file__).parent
CASES = cases(HERE)
SILENT = "2 environments, 32 alerts: nothing to say"
CODES = [module.CODE for module in CHECKS]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_check_says_this(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path / "catalog", case.files)
    result = run("check")
    assert result.stderr == ""
    assert result.exit_code == (0 if result.stdout.endswith("nothing to say\n") else 1)
    hold(case, result.stdout.rstrip("\n"))


@pytest.mark.parametrize("module", [*CHECKS, waivers], ids=lambda module: module.__name__.rpartition(".")[2])
def test_every_check_has_a_case_that_breaks_it_and_one_that_keeps_it(module: object) -> None:
    name = str(getattr(module, "__name__", "")).rpartition(".")[2]
    mine = [case for case in cases(HERE) if case.path.stem == name]  # anew: they may just have been recorded
    code = getattr(module, "CODE", waivers.EXPIRED)
    assert any(f"({code})" in case.expected for case in mine)
    assert any(case.expected.endswith("nothing to say") for case in mine)


def test_every_module_beside_the_table_is_in_it() -> None:
    there = {path.stem for path in Path(str(checks.__file__)).parent.glob("*.py")} - {"__init__", "waivers"}
    assert there == {module.__name__.rpartition(".")[2] for module in CHECKS}


def test_codes_are_unique() -> None:
    assert [code for code, times in Counter([*CODES, waivers.EXPIRED, waivers.UNKNOWN]).items() if times > 1] == []


@pytest.mark.parametrize("module", CHECKS, ids=lambda module: module.CODE)
def test_docstring_says_why_and_what_instead(module: object) -> None:
    first, *rest = (inspect.getdoc(module) or "").split("\n\n")
    assert first.endswith(".")
    assert [part.partition(":")[0] for part in rest if part.startswith(("Why:", "Instead:"))] == ["Why", "Instead"]


@pytest.mark.parametrize("module", CHECKS, ids=lambda module: module.CODE)
def test_explain_prints_the_docstring(module: object, tmp_path: Path) -> None:
    result = run("explain", "--catalog", str(tmp_path / "nowhere"), str(getattr(module, "CODE", "")))
    assert result.exit_code == 0
    assert result.stdout == f"{getattr(module, 'CODE', '')}: {inspect.getdoc(module)}\n"


def test_warning_does_not_keep_the_output_from_being_written(tmp_path: Path) -> None:
    change = "-    objective: 99%\n+    objective: 92%"
    case = Case(HERE, "", change, "")
    catalog = write_files(tmp_path / "catalog", case.files)
    result = run("render", "--catalog", str(catalog), "--output", str(tmp_path / "output"))
    assert result.exit_code == 0
    assert "warning: " in result.stderr
    assert (tmp_path / "output").is_dir()


def test_error_of_a_check_keeps_the_output_from_being_written(tmp_path: Path) -> None:
    case = Case(HERE, "", "-    for: 5m\n+    for: 10s", "")
    catalog = write_files(tmp_path / "catalog", case.files)
    result = run("render", "--catalog", str(catalog), "--output", str(tmp_path / "output"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "(hold-too-short)" in result.stderr
    assert not (tmp_path / "output").exists()
