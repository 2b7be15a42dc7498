"""The writer: all or nothing, only what changed, and never a file that is not tocsin's."""

import fcntl
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generators import swap as swapping
from generators.emit.artifact import Artifact
from generators.writer import MANIFEST, OutputError, Plan, carry_out, plan

OLD = {"a.yaml": "one\n", "prod/b.json": "{}\n", "prod/deep/gone.md": "bye\n"}
NEW = {"a.yaml": "two\n", "prod/b.json": "{}\n", "stage/c.md": "hello\n"}


def artifacts(texts: dict[str, str]) -> list[Artifact]:
    return [Artifact(path, text) for path, text in texts.items()]


def write(texts: dict[str, str], root: Path) -> Plan:
    carry_out(plan(artifacts(texts), root))
    return plan(artifacts(texts), root)


def tree(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(root).as_posix(): path.read_text() for path in files}


def beside(root: Path) -> list[str]:
    return sorted(path.name for path in root.parent.iterdir())


def stamps(root: Path) -> dict[Path, tuple[int, int]]:
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in (root, *root.rglob("*"))}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "output"


@pytest.fixture(params=["exchange", "two renames"])
def swap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to swap: in one step, and where the system can't."""
    if request.param == "two renames":
        monkeypatch.setattr(swapping, "exchange", lambda one, other: False)
    return str(request.param)


def test_a_first_render_creates_everything_and_the_folders_above(tmp_path: Path) -> None:
    root = tmp_path / "not" / "yet" / "output"
    first = plan(artifacts(OLD), root)
    assert first.created == tuple(sorted(OLD))
    assert not root.parent.exists(), "planning writes nothing"
    carry_out(first)
    assert tree(root) == OLD


def test_the_manifest_lists_what_was_made(root: Path) -> None:
    write(OLD, root)
    header, *paths = (root / MANIFEST).read_text().splitlines()
    assert header.startswith("# tocsin manifest, format 1")
    assert paths == sorted(OLD)


def test_a_render_is_planned_by_what_happens_to_each_file(root: Path) -> None:
    write(OLD, root)
    (root / "note.txt").write_text("mine\n")
    found = plan(artifacts(NEW), root)
    assert (found.created, found.changed, found.stale) == (
        ("stage/c.md",),
        ("a.yaml",),
        ("prod/deep/gone.md",),
    )
    assert (found.unchanged, found.foreign) == (("prod/b.json",), ("note.txt",))


@pytest.mark.usefixtures("swap")
def test_a_render_replaces_the_tree_and_leaves_nothing_beside_it(root: Path) -> None:
    write(OLD, root)
    assert write(NEW, root).is_current
    assert tree(root) == NEW
    assert beside(root) == ["output"]
    assert not (root / "prod/deep").exists(), "a folder goes with its last file"


@pytest.mark.usefixtures("swap")
def test_an_unchanged_file_keeps_its_inode_and_time(root: Path) -> None:
    write(OLD, root)
    before = stamps(root)
    write(NEW, root)
    assert stamps(root)[root / "prod/b.json"] == before[root / "prod/b.json"]


def test_nothing_is_touched_when_nothing_changed(root: Path) -> None:
    write(OLD, root)
    before = stamps(root), root.parent.stat().st_mtime_ns
    write(dict(reversed(OLD.items())), root)
    assert (stamps(root), root.parent.stat().st_mtime_ns) == before


def test_a_changed_file_that_is_linked_from_elsewhere_is_not_written_through(root: Path) -> None:
    write(OLD, root)
    os.link(root / "a.yaml", root.parent / "backup")
    write(NEW, root)
    assert (root.parent / "backup").read_text() == OLD["a.yaml"]


def test_where_hard_links_are_not_possible_files_are_copied(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    write(OLD, root)
    before = (root / "prod/b.json").stat().st_mtime_ns
    monkeypatch.setattr(os, "link", refuse)
    write(NEW, root)
    assert tree(root) == NEW
    assert (root / "prod/b.json").stat().st_mtime_ns == before


@pytest.mark.usefixtures("swap")
def test_a_file_of_somebody_else_is_kept_and_makes_the_folder_not_current(root: Path) -> None:
    write(OLD, root)
    (root / "prod/deep/.gitkeep").touch()
    inode = (root / "prod/deep/.gitkeep").stat().st_ino
    assert not plan(artifacts(OLD), root).is_current
    after = write(NEW, root)
    assert (after.foreign, after.is_current, after.writes) == (("prod/deep/.gitkeep",), False, False)
    assert (root / "prod/deep/.gitkeep").stat().st_ino == inode


def test_folders_keep_their_permissions(root: Path) -> None:
    write(OLD, root)
    root.chmod(0o2775)
    (root / "prod").chmod(0o700)
    write(NEW, root)
    assert [path.stat().st_mode & 0o7777 for path in (root, root / "prod")] == [0o2775, 0o700]


DRIFT = {
    "a file was edited": lambda root: (root / "a.yaml").write_text("edited\n"),
    "a file was edited without changing its size": lambda root: (root / "a.yaml").write_text("eno\n"),
    "a file was deleted": lambda root: (root / "a.yaml").unlink(),
    "a line of the manifest was lost": lambda root: (root / MANIFEST).write_text(
        (root / MANIFEST).read_text().replace("a.yaml\n", "")
    ),
    "both sides of a merge are in the manifest": lambda root: (root / MANIFEST).write_text(
        (root / MANIFEST).read_text() + "<<<<<<< ours\nx.yaml\n=======\n>>>>>>> theirs\n"
    ),
}


@pytest.mark.parametrize("damage", DRIFT.values(), ids=DRIFT)
def test_drift_is_found_and_mended(damage: object, root: Path) -> None:
    write(OLD, root)
    assert callable(damage)
    damage(root)
    assert not plan(artifacts(OLD), root).is_current
    assert write(OLD, root).is_current
    assert tree(root) == OLD


def _file_at_root(root: Path) -> None:
    root.write_text("a file\n")


def _file_above_root(root: Path) -> None:
    root.parent.rmdir()
    root.parent.write_text("a file\n")


def _other_manifest(root: Path) -> None:
    write(OLD, root)
    (root / MANIFEST).write_text("# tocsin manifest, format 99\na.yaml\n")


def _pipe_inside(root: Path) -> None:
    write(OLD, root)
    os.mkfifo(root / "pipe")


def _unlisted_file_in_the_way(root: Path) -> None:
    write({}, root)
    (root / "a.yaml").write_text("mine\n")


REFUSED = {
    "a folder in use without a manifest": (
        lambda root: (root / "src").mkdir(parents=True),
        "did not make it",
    ),
    "a manifest of another format": (_other_manifest, "did not make it"),
    "a file": (_file_at_root, "Not a directory"),
    "a file above the folder": (_file_above_root, "Not a directory"),
    "a symbolic link": (lambda root: root.symlink_to(root.parent), "can't be the output folder"),
    "a dangling symbolic link": (lambda root: root.symlink_to("nowhere"), "can't be the output folder"),
    "a symbolic link inside": (
        lambda root: (write(OLD, root), (root / "prod/link").symlink_to("b.json")),
        "neither a file nor a folder",
    ),
    "a pipe inside": (_pipe_inside, "neither a file nor a folder"),
    "somebody's file where one is to be written": (_unlisted_file_in_the_way, "a.yaml"),
    "somebody's file where a folder is to be": (
        lambda root: (write({}, root), (root / "prod").write_text("mine\n")),
        "prod",
    ),
    "somebody's folder where a file is to be": (
        lambda root: (write({}, root), (root / "a.yaml").mkdir(), (root / "a.yaml/mine").touch()),
        "a.yaml/mine",
    ),
}


@pytest.mark.parametrize(("prepare", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_ours_is_refused_and_untouched(prepare: object, message: str, tmp_path: Path) -> None:
    root = tmp_path / "above" / "output"
    root.parent.mkdir()
    assert callable(prepare)
    prepare(root)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OutputError, match=message):
        write(OLD, root)
    assert sorted(tmp_path.rglob("*")) == before


def test_paths_that_cannot_be_written_are_a_programming_error(root: Path) -> None:
    with pytest.raises(ValueError, match="is there 2 times"):
        plan([Artifact(MANIFEST, "")], root)


def test_a_full_disk_changes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    write(OLD, root)
    before = stamps(root)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left on device") as refused:
        write(NEW, root)
    assert refused.value.hint == "free some space and render again"
    assert (stamps(root), beside(root)) == (before, ["output"])


def test_a_folder_that_cannot_be_renamed_changes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> bool:
        raise OSError(16, "Device or resource busy")

    write(OLD, root)
    before = stamps(root)
    monkeypatch.setattr(swapping, "exchange", busy)
    with pytest.raises(OutputError, match="resource busy") as refused:
        write(NEW, root)
    assert "mount" in refused.value.hint
    assert (stamps(root), beside(root)) == (before, ["output"])


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder of a user without special rights, and that user, should the tests run as root."""
    with tempfile.TemporaryDirectory() as folder:
        user = os.getuid() or 65534
        os.chown(folder, user, -1)
        before = os.getresuid()
        os.setresuid(user, user, before[2])
        yield Path(folder)
        os.setresuid(*before)


@pytest.mark.parametrize("locked", [".", "output", "output/prod", "output/prod/deep"])
def test_a_folder_that_cannot_be_written_is_refused_and_untouched(locked: str, as_nobody: Path) -> None:
    root = as_nobody / "output"
    write(OLD, root)
    before = stamps(root)
    (as_nobody / locked).chmod(0o555)
    with pytest.raises(OutputError, match="Permission denied") as refused:
        write(NEW, root)
    (as_nobody / locked).chmod(0o755)
    assert "writable" in refused.value.hint
    assert (stamps(root), beside(root)) == (before, ["output"])


# Kills a render at its first, second, third ... step, by the count of an audit hook, until one ends itself.
KILLED = """
import os, shutil, signal, sys
from itertools import count
from pathlib import Path
from generators import swap as swapping
from generators import writer
from tests.test_writer import NEW, OLD, artifacts, tree

def killed_at(step, root):
    def hook(event, _):
        nonlocal step
        step -= event.startswith(("os.", "open", "shutil.", "fcntl.", "ctypes."))
        if step < 0 and event != "os.kill":
            os.kill(os.getpid(), signal.SIGKILL)
    if not (child := os.fork()):
        sys.addaudithook(hook)
        writer.carry_out(writer.plan(artifacts(NEW), root))
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL)
    return status != 0

root, one_step, new_folder = Path(sys.argv[1]), sys.argv[2] == "exchange", sys.argv[3] == "new"
if not one_step:
    swapping.exchange = lambda one, other: False
mine = {} if new_folder else {"mine.txt": "mine"}
for step in count():
    shutil.rmtree(root, ignore_errors=True)
    if not new_folder:
        writer.carry_out(writer.plan(artifacts(OLD), root))
        (root / "mine.txt").write_text("mine")
    killed = killed_at(step, root)
    assert root.exists() or new_folder or not one_step, step
    assert not root.exists() or tree(root) in (OLD | mine, NEW | mine), (step, tree(root))
    found = writer.plan(artifacts(OLD), root)
    assert found.foreign == tuple(mine) and not found.is_current, (step, found)
    writer.carry_out(found)
    assert tree(root) == OLD | mine, (step, tree(root))
    assert os.listdir(root.parent) == ["output"], (step, os.listdir(root.parent))
    if not killed:
        break
print(step)
"""


@pytest.mark.parametrize("how", ["exchange", "two renames"])
@pytest.mark.parametrize("folder", ["new", "existing"])
def test_a_render_killed_at_any_step_leaves_the_old_tree_or_the_new(how: str, folder: str, root: Path) -> None:
    ran = _python(KILLED, str(root), how, folder)
    output, errors = ran.communicate(timeout=120)
    assert ran.returncode == 0, errors
    assert int(output) > 15, "steps"


def test_a_swap_that_stopped_halfway_is_undone(root: Path) -> None:
    write(OLD, root)
    before = stamps(root)
    root.rename(root.with_name(".output.tocsin-old"))
    found = plan(artifacts(OLD), root)
    assert (found.is_current, found.unchanged) == (False, tuple(sorted(OLD)))
    carry_out(found)
    assert (stamps(root), beside(root)) == (before, ["output"])


def test_a_plan_is_made_anew_when_the_folder_changed_since(root: Path) -> None:
    write(OLD, root)
    overtaken = plan(artifacts(NEW), root)
    write({"other.yaml": "other\n", "prod/b.json": "[]\n"}, root)
    carry_out(overtaken)
    assert tree(root) == NEW


TURNS = """
import sys
from pathlib import Path
from generators import swap as swapping
from generators import writer
from tests.test_writer import NEW, OLD, artifacts
for texts in (OLD, NEW) * 25:
    writer.carry_out(writer.plan(artifacts(texts), Path(sys.argv[1])))
"""


def test_renders_at_the_same_time_take_turns(root: Path) -> None:
    write(OLD, root)
    (root / "mine.txt").write_text("mine")
    ran = [_python(TURNS, str(root)) for _ in range(4)]
    assert [process.communicate(timeout=120)[1] for process in ran] == [""] * 4
    assert tree(root) == NEW | {"mine.txt": "mine"}
    assert beside(root) == ["output"]


def test_a_render_waits_for_another(root: Path) -> None:
    write(OLD, root)
    lock = os.open(root.parent, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    waiting = _python(TURNS, str(root))
    time.sleep(0.5)
    assert (waiting.poll(), tree(root)) == (None, OLD)
    os.close(lock)
    assert waiting.communicate(timeout=60)[1] == ""


def _python(script: str, *arguments: str) -> subprocess.Popen[str]:
    here = str(Path(__file__).parent.parent)
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.Popen(command, cwd=here, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_render_of_some_folders_leaves_what_was_made_in_others(tmp_path: Path) -> None:
    carry_out(plan([Artifact("prod/a", "1"), Artifact("prod/b", "1"), Artifact("staging/a", "1")], tmp_path / "out"))
    carry_out(plan([Artifact("prod/a", "2")], tmp_path / "out", within=["prod"]))
    made = {p.relative_to(tmp_path / "out").as_posix(): p.read_text() for p in (tmp_path / "out").rglob("*/*")}
    assert made == {"prod/a": "2", "staging/a": "1"}


def test_a_whole_render_deletes_what_a_render_of_some_folders_left(tmp_path: Path) -> None:
    carry_out(plan([Artifact("prod/a", "1"), Artifact("staging/a", "1")], tmp_path / "out"))
    carry_out(plan([Artifact("prod/a", "1")], tmp_path / "out", within=["prod"]))
    assert plan([Artifact("prod/a", "1")], tmp_path / "out").stale == ("staging/a",)
