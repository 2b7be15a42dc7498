"""Laws of whole catalogs.

- What comes out depends on nothing but what the files say: not on their order, not on how documents are spread over
  files, not on the hash seed of the process.
- Whatever is done to a catalog, it is compiled, or refused with problems that have a place. Nothing else ever happens.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.helpers import HERE, MAIN, bakery, rendered, run, write_files
from tests.properties.catalogs import Damage, damaged, damages, good, outcome

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=150)
LIBRARY = "library"
_DIGEST = """
import hashlib, json, pathlib, sys
from generators import pipeline
files = dict(json.load(sys.stdin))
files = {path: text.encode() for path, text in files.items()}
made = pipeline.artifacts(pipeline.bundles(files))
sys.stdout.write(hashlib.sha256("".join(f"{a.path}\\0{a.text}\\0" for a in made).encode()).hexdigest())
"""


def digest(files: dict[str, bytes], seed: str) -> str:
    """What another process with that hash seed makes of the files, in their order."""
    text = json.dumps([(path, raw.decode()) for path, raw in files.items()])
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE.parent)}
    command = [sys.executable, "-c", _DIGEST]
    return subprocess.run(command, input=text, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("catalog", ["bakery", LIBRARY])
def test_order_of_files_and_hash_seed_change_nothing(catalog: str) -> None:
    files = dict(good()[catalog])
    backwards = dict(reversed(files.items()))
    assert digest(files, "1") == digest(backwards, "2718") == digest(files, "0")


@settings(SLOW, max_examples=8, phases=[Phase.generate])  # each example is slow, and none gets clearer by shrinking
@given(st.data())
def test_spreading_documents_over_files_changes_nothing(data: st.DataObject) -> None:
    documents = bakery()[MAIN].decode().split("---\n")
    names = [f"{n}.yaml" for n in range(3)] + ["deep/er/x.yml"]
    files: dict[str, bytes] = {"burnt-bread.md": bakery()["burnt-bread.md"]}
    for document in data.draw(st.permutations(documents)):
        name = data.draw(st.sampled_from(names))
        files[name] = files.get(name, b"") + b"---\n" + document.encode()
    assert without_places(rendered(files)) == without_places(rendered(bakery()))


def without_places(artifacts: dict[str, str]) -> dict[str, str]:
    """The artifacts without the line of runbook pages that names the file which says it."""
    return {path: re.sub(r"\| Said in \|.*", "", text) for path, text in artifacts.items()}


@settings(SLOW)
@given(st.sampled_from(sorted(good())), st.integers(0, 99), damages)
@example("bakery", 0, [Damage("word replaced", 9, 0, "99999999999d")])
def test_damaged_catalog_is_compiled_or_refused_with_places(catalog: str, file: int, changes: list[Damage]) -> None:
    assert outcome(damaged(catalog, file, changes)) in ("compiled", "refused", "complained about")


@settings(SLOW, max_examples=40)
@given(st.integers(0, 99), damages)
def test_damaged_catalog_never_ends_the_command_line_with_a_traceback(file: int, changes: list[Damage]) -> None:
    with TemporaryDirectory() as folder:
        write_files(Path(folder), damaged("bakery", file, changes))
        result = run("check", "--catalog", folder)
    assert result.exit_code in (0, 1, 2)
    assert "Traceback" not in result.output


@settings(SLOW, max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    assert outcome({**bakery(), "x.yaml": raw}) in ("compiled", "refused", "complained about")


def test_rendering_twice_writes_nothing_new(tmp_path: Path) -> None:
    catalog, output = write_files(tmp_path / "catalog", bakery()), tmp_path / "output"
    arguments = ("render", "--catalog", str(catalog), "--output", str(output))
    assert run(*arguments).exit_code == 0
    first = {path: sha256(path.read_bytes()).digest() for path in output.rglob("*") if path.is_file()}
    again = run(*arguments)
    assert (again.exit_code, "(0 new, 0 changed, 0 removed)" in again.stdout) == (0, True)
    assert {path: sha256(path.read_bytes()).digest() for path in output.rglob("*") if path.is_file()} == first
