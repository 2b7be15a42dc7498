"""A render that would change nothing is known as such without compiling, and nothing else ever is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generators import cache
from generators.commands.render import render
from generators.folder import read_folder
from tests.bench import synthetic

Change = Callable[[Path], object]


@pytest.fixture
def rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a catalog, its output, and the cache that the render left."""
    monkeypatch.setenv("TOCSIN_CACHE", str(tmp_path / "cache"))
    synthetic.write(tmp_path / "catalog", services=1)
    render(tmp_path / "catalog", tmp_path / "output", ("prod",), check=False)
    return tmp_path


def _known(folder: Path, environments: tuple[str, ...] = ("prod",)) -> int | None:
    return cache.unchanged(folder / "catalog", folder / "output", environments)


def test_the_second_render_is_known_to_change_nothing(rendered: Path) -> None:
    files = [path for path in (rendered / "output").rglob("*") if path.is_file()]
    assert _known(rendered) == len(files) - 1  # all but the manifest


CHANGES: dict[str, Change] = {
    "a byte of the catalog": lambda folder: _append(folder / "catalog/platform.yaml"),
    "a new file in the catalog": lambda folder: (folder / "catalog/new.yaml").touch(),
    "a catalog that is gone": lambda folder: shutil.rmtree(folder / "catalog"),
    "a byte of the output": lambda folder: _append(folder / "output/prod/alertmanager/alertmanager.yaml"),
    "a file that left the output": lambda folder: (folder / "output/prod/alertmanager/alertmanager.yaml").unlink(),
    "a file that came to the output": lambda folder: (folder / "output/notes.txt").touch(),
    "a byte of the manifest": lambda folder: _append(folder / "output/.tocsin-manifest"),
    "a link in the output": lambda folder: (folder / "output/link").symlink_to(folder),
    "an output that is gone": lambda folder: shutil.rmtree(folder / "output"),
    "a render that was interrupted": lambda folder: (folder / ".output.tocsin-old").mkdir(),
    "a cache that is gone": lambda folder: shutil.rmtree(folder / "cache"),
    "an empty note": lambda folder: _note(folder).write_text(""),
    "a note that is not text": lambda folder: _note(folder).write_bytes(b"\xff\x00"),
    "a note with an unreadable count": lambda folder: _note(folder).write_text("a b c"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_is_compiled_again(rendered: Path, change: Change) -> None:
    change(rendered)
    assert _known(rendered) is None


def test_other_environments_are_compiled(rendered: Path) -> None:
    assert _known(rendered, ()) is None


def test_another_program_is_another_output(rendered: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "program", lambda: "another")
    assert _known(rendered) is None


def test_the_cache_can_be_switched_off(rendered: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_CACHE", "off")
    assert _known(rendered) is None


def test_a_cache_that_cannot_be_written_is_no_problem(rendered: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_CACHE", str(rendered / "catalog/platform.yaml"))
    cache.remember(read_folder(rendered / "catalog"), ("prod",), rendered / "output", {})
    assert _known(rendered) is None


def _append(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def _note(folder: Path) -> Path:
    return next((folder / "cache").iterdir())
