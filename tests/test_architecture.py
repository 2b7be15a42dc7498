"""What has to hold for the text of the package itself: who writes, who imports what, how long things get."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import generators
from generators.checks import CHECKS
from generators.spec.service import SIGNALS

ROOT = Path(str(generators.__file__)).parent
FILES = sorted(ROOT.rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 250, 40
# Only these touch files: what a render writes, what it remembers of its last run, what the tests need, and a first
# catalog for somebody new.
WRITERS = ("writer.py", "swap.py", "cache.py", "toolchain/", "commands/new.py")
WRITES = {"write_text", "write_bytes", "mkdir", "unlink", "rmdir", "rmtree", "rename", "replace", "touch", "symlink_to"}
# Each library is known to one place, so that another can take its place.
HOMES = {
    "yaml": ("source.py",),
    "grafanalib": ("emit/grafana/",),
    "jinja2": ("emit/runbooks.py",),
    "promql_parser": ("promql/parse.py",),
    "click": ("cli.py",),
    "pydantic": (
        "frozen.py",
        "scalar.py",
        "inventory.py",
        "spec/",
        "signals/",
        "interchange/",
        "reference.py",
        "commands/schema.py",
    ),
    "pydantic_core": ("scalar.py", "spec/", "reference.py"),
}
SLOW_TO_IMPORT = ("pydantic", "yaml", "grafanalib", "jinja2", "promql_parser")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def allowed(path: Path, homes: tuple[str, ...]) -> bool:
    return name(path).startswith(homes)


def imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def calls(module: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            function = node.func
            yield getattr(function, "attr", getattr(function, "id", "")), node


def on_files(module: ast.Module) -> list[str]:
    """The calls that change files; `replace` is one only on a path, which has one argument there."""
    found = [call for call in calls(module) if call[0] in WRITES or call[0] == "open"]
    return [f"{what}() on line {call.lineno}" for what, call in found if _changes_files(what, call)]


def _changes_files(what: str, call: ast.Call) -> bool:
    if what == "open":
        modes = [a.value for a in (*call.args, *(k.value for k in call.keywords)) if isinstance(a, ast.Constant)]
        return any(isinstance(mode, str) and set(mode) & set("wax+") and len(mode) <= 3 for mode in modes)
    return what != "replace" or (len(call.args) == 1 and not call.keywords and isinstance(call.func, ast.Attribute))


@pytest.mark.parametrize("path", [p for p in FILES if not name(p).startswith(WRITERS)], ids=name)
def test_only_the_writer_changes_files(path: Path) -> None:
    assert on_files(tree(path)) == []


def test_the_writer_is_seen_to_write() -> None:
    assert on_files(tree(ROOT / "writer.py"))


@pytest.mark.parametrize("library", HOMES)
def test_library_is_imported_in_its_place_alone(library: str) -> None:
    users = [p for p in FILES if any(m.split(".")[0] == library for m in imported(tree(p)))]
    assert users
    assert [name(p) for p in users if not allowed(p, HOMES[library])] == []


def test_every_third_party_library_has_a_place() -> None:
    own = {"generators", "__future__"}
    found = {m.split(".")[0] for path in FILES for m in imported(tree(path))} - own
    assert found - set(sys.stdlib_module_names) - set(HOMES) == set()


def test_promql_is_written_in_one_place() -> None:
    texts = {
        f"{name(path)}:{node.lineno}"
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.JoinedStr) and any(word in ast.unparse(node) for word in ("rate(", "sum(", "sum by"))
    }
    assert {place for place in texts if not place.startswith("promql/render.py")} == set()


def test_starting_imports_nothing_that_takes_long() -> None:
    code = f"import sys, generators.cli; print([m for m in {SLOW_TO_IMPORT} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT.parent, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_file_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", FILES, ids=name)
def test_functions_are_short(path: Path) -> None:
    functions = [n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > LONGEST_FUNCTION] == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_module_says_what_it_owns(path: Path) -> None:
    assert ast.get_docstring(tree(path))


def test_every_check_is_in_its_table() -> None:
    there = {path.stem for path in (ROOT / "checks").glob("*.py") if "CODE" in _assigned(tree(path))}
    assert there == {module.__name__.rpartition(".")[2] for module in CHECKS}


def test_every_kind_of_signal_is_in_its_table() -> None:
    there = {
        node.name
        for path in (ROOT / "signals").glob("*.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and node.name.endswith("Signal")
    }
    assert there == {signal.__name__ for signal in SIGNALS}


def _assigned(module: ast.Module) -> set[str]:
    targets = [t for node in module.body if isinstance(node, ast.Assign) for t in node.targets]
    return {target.id for target in targets if isinstance(target, ast.Name)}
