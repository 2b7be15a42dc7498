"""What is imported of small files, to the letter: documents, comments, exit status; or what is said against a file.

A case file is named after the format. A case holds the files, each after `@ name`, and below the = what comes of them,
indented. `make golden` writes that anew.
"""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent

import pytest

from tests.helpers import Case, cases, hold, run, write_files

CASES = cases(Path(__file__).parent)


def files(case: Case) -> dict[str, str]:
    """The files of a case; the first is called after the format."""
    first, *more = re.split(r"^@ (.*)\n", f"{case.change}\n", flags=re.MULTILINE)
    named = dict(zip(more[::2], more[1::2], strict=True))
    return {f"{case.path.stem}.yaml": first, **named} if first.strip() else named


def imported(case: Case, *options: str) -> tuple[str, str, int]:
    """Standard output, standard error and exit status."""
    write_files(Path(), files(case))
    result = run("import", case.path.stem, *files(case), *options)
    return result.stdout, result.stderr, result.exit_code


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.path.stem}: {case.title}")
def test_import(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    stdout, stderr, status = imported(case)
    said = stdout if status < 2 else stderr
    hold(case, indent(f"{said}exit status {status}", "  "))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.path.stem}: {case.title}")
def test_what_is_said_stands_in_the_output_too(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    stdout, stderr, status = imported(case)
    if status == 2:
        assert stdout == ""
        return
    comments = " ".join(re.sub(r"^ *# *", "", line) for line in stdout.splitlines() if re.match(r" *#", line))
    for note in stderr.split("\n\n")[0].splitlines():
        assert " ".join(note.split()) in " ".join(comments.split())
