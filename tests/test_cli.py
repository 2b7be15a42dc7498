"""The command line: exit status, what goes to which stream, and what is never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import BAKERY, HERE, changed, run, tree, write_files

GOOD = "good"


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path / "good", BAKERY)
    write_files(tmp_path / "bad", changed("-title: Mill\n-owner: millers\n+title: Mill\n+owner: mill\n"))
    write_files(tmp_path / "found", changed("-    for: 5m\n+    for: 10s\n"))


STATUS = {
    "render": (["render", "--catalog", GOOD], 0),
    "render of a bad catalog": (["render", "--catalog", "bad"], 2),
    "render of a catalog with findings": (["render", "--catalog", "found"], 2),
    "render of what is there": (["render", "--catalog", GOOD, "--check"], 1),
    "render of an environment that is not there": (["render", "--catalog", GOOD, "-e", "labs"], 2),
    "render into a file": (["render", "--catalog", GOOD, "--output", "good/bakery.yaml"], 2),
    "render into a folder of something else": (["render", "--catalog", GOOD, "--output", "good"], 2),
    "check": (["check", "--catalog", GOOD], 0),
    "check of a bad catalog": (["check", "--catalog", "bad"], 2),
    "check of a catalog with findings": (["check", "--catalog", "found"], 1),
    "check of one environment": (["check", "--catalog", GOOD, "-e", "lab"], 0),
    "check in an unknown form": (["check", "--catalog", GOOD, "--format", "xml"], 2),
    "explain an alert": (["explain", "--catalog", GOOD, "OvenHot"], 0),
    "explain a service": (["explain", "--catalog", GOOD, "oven"], 0),
    "explain a signal": (["explain", "--catalog", GOOD, "oven.heat"], 0),
    "explain a threshold": (["explain", "--catalog", GOOD, "oven.hot"], 0),
    "explain an SLO": (["explain", "--catalog", GOOD, "oven.edible"], 0),
    "explain a check": (["explain", "--catalog", "nowhere", "hold-too-short"], 0),
    "explain what nothing is called": (["explain", "--catalog", GOOD, "OvenHott"], 2),
    "explain in a bad catalog": (["explain", "--catalog", "bad", "oven"], 2),
    "route": (["route", "--catalog", GOOD, "team=bakers", "severity=fire"], 0),
    "route at a time": (["route", "--catalog", GOOD, "--at", "2026-03-01T03:00", "team=bakers"], 0),
    "route at a time that is none": (["route", "--catalog", GOOD, "--at", "noon", "team=bakers"], 2),
    "route of what is no label": (["route", "--catalog", GOOD, "bakers"], 2),
    "route in a bad catalog": (["route", "--catalog", "bad", "team=bakers"], 2),
    "schema": (["schema"], 0),
    "help": (["--help"], 0),
    "an unknown command": (["rendre"], 2),
    "an unknown option": (["render", "--catalogue", GOOD], 2),
}


@pytest.mark.parametrize(("arguments", "status"), STATUS.values(), ids=STATUS)
def test_exit_status(arguments: list[str], status: int) -> None:
    result = run(*arguments)
    assert result.exit_code == status
    assert result.stdout if status < 2 else result.stderr or result.stdout
    assert "Traceback" not in result.output


def test_what_was_written_is_said_on_standard_output_alone() -> None:
    result = run("render", "--catalog", GOOD)
    assert result.stderr == ""
    assert "  + shop/prometheus/rules/oven.yaml\n" in result.stdout
    assert result.stdout.splitlines()[-1].endswith(" new, 0 changed, 0 removed)")


def test_render_of_one_environment_writes_that_alone() -> None:
    run("render", "--catalog", GOOD, "-e", "lab")
    assert {path.split("/")[0] for path in tree(Path("output"))} == {"lab", ".tocsin-manifest"}


def test_check_says_that_a_file_is_missing_or_changed() -> None:
    run("render", "--catalog", GOOD)
    rules = Path("output/shop/prometheus/rules")
    (rules / "mill.yaml").write_text("x", encoding="utf-8")
    (rules / "oven.yaml").unlink()
    result = run("render", "--catalog", GOOD, "--check")
    assert result.exit_code == 1
    assert result.stdout == f"missing: {rules}/oven.yaml\nchanged: {rules}/mill.yaml\n"


def test_check_says_what_is_stale_and_what_is_not_its_own() -> None:
    run("render", "--catalog", GOOD)
    Path("output/shop/notes.txt").write_text("x", encoding="utf-8")
    heat = "-  hot: {signal: heat, above: 260°C, severity: fire}\n"
    write_files(Path("renamed"), changed(heat + heat.replace("-  hot", "+  scorching")))
    lines = run("render", "--catalog", "renamed", "--check").stdout.splitlines()
    output = Path("output")
    assert {
        f"missing: {output}/shop/runbooks/OvenScorching.md",
        f"stale: {output}/shop/runbooks/OvenHot.md",
        f"not made by tocsin: {output}/shop/notes.txt",
    } <= set(lines)


def test_findings_as_json() -> None:
    result = run("check", "--catalog", "found", "--format", "json")
    assert json.loads(result.stdout) == [
        {
            "code": "hold-too-short",
            "level": "error",
            "message": "`for: 10s` is less than 3 evaluations of 30s",
            "hint": "make it 1m30s or more",
            "path": "found/bakery.yaml",
            "line": 84,
            "column": 10,
        }
    ]


def test_no_findings_as_json() -> None:
    assert json.loads(run("check", "--catalog", GOOD, "--format", "json").stdout) == []


def test_missing_folder_as_json_is_still_said() -> None:
    result = run("check", "--catalog", "nowhere", "--format", "json")
    assert result.exit_code == 2
    assert "there is no folder nowhere" in result.output


def test_findings_as_annotations() -> None:
    result = run("check", "--catalog", "found", "--format", "github")
    assert result.stdout == (
        "::error file=found/bakery.yaml,line=84,col=10,title=hold-too-short::"
        "`for: 10s` is less than 3 evaluations of 30s (make it 1m30s or more)\n"
    )


def test_an_explained_slo_says_what_is_counted_and_when_each_tier_alerts() -> None:
    said = run("explain", "--catalog", GOOD, "oven.edible").stdout
    for line in (
        "  objective: 99% of all events over 28d, a budget of 1%",
        "  alerts from 5 bad events of a tier's long window on (min_bad_events)",
        "  tier fast: 2% of the budget in 1h (13.44 times too fast): fire where 1h and 5m have more than 13.44% bad",
        "    no_data_severity: crumbs  (default; ",
    ):
        assert line in said


def test_explained_name_that_nothing_has_gets_the_nearest_one() -> None:
    result = run("explain", "--catalog", GOOD, "OvenHott")
    assert result.stderr == 'nothing is called "OvenHott"\n  hint: did you mean "OvenHot"?\n'


def test_explained_threshold_says_which_lines_say_so_and_what_is_a_default() -> None:
    text = run("explain", "--catalog", GOOD, "-e", "shop", "oven.burnt").stdout
    assert "    above: 2%  (good/bakery.yaml:83)\n" in text
    assert "    keep_firing_for: 5m  (default" in text


def test_help_lists_every_command() -> None:
    text = run("--help").stdout
    for command in ("render", "check", "test", "explain", "route", "new", "schema"):
        assert f"\n  {command} " in text


PROCESS = [sys.executable, "-m", "generators"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(HERE.parent)}


def test_process_ends_with_the_status_and_streams_of_the_command() -> None:
    done = subprocess.run(
        [*PROCESS, "render", "--catalog", "bad"], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert 'no team "mill" (unknown-team)' in done.stderr


def test_reader_that_goes_away_is_no_traceback() -> None:
    command = f"{sys.executable} -m generators schema | head -c 1"
    done = subprocess.run(command, shell=True, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_messages_can_be_printed_where_only_ascii_can() -> None:
    heat = "-  hot: {signal: heat, above: 260°C, severity: fire}\n"
    write_files(Path("bad"), changed(heat + heat.replace("-", "+").replace("fire", "feuér")))
    done = subprocess.run(
        [*PROCESS, "check", "--catalog", "bad"],
        env={**ENVIRONMENT, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
