"""plan and carry_out: the only module that changes the output folder, or knows what lies in it.

A render is all or nothing: the new tree is built whole beside the folder, of hard links where nothing changed,
and swapped in by one rename; the next run clears what a killed one left. Only what the manifest in the folder
lists is ever replaced or deleted.
"""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from errno import EACCES, EBUSY, EDQUOT, ENOSPC, EPERM, EROFS, EXDEV
from pathlib import Path

from generators import swap
from generators.emit.artifact import Artifact, check_paths, folders_of

MANIFEST = ".tocsin-manifest"
_HEADER = "# tocsin manifest, format 1: the files in this folder that tocsin made\n"
_HINTS = {
    (ENOSPC, EDQUOT): "free some space and render again",
    (EACCES, EPERM, EROFS): "the folder, all folders in it and the one that holds it have to be writable",
    (EBUSY, EXDEV): "a mount or a folder of a container image can't be swapped as a whole: give a new folder",
}


class OutputError(Exception):
    """The output folder can't be read or written; `hint` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Plan:
    """What a render would do to a folder; paths are sorted and relative to it."""

    root: Path
    artifacts: tuple[Artifact, ...] = field(repr=False)
    created: tuple[str, ...]
    changed: tuple[str, ...]
    stale: tuple[str, ...]  # made earlier, no longer made: will be deleted
    unchanged: tuple[str, ...]
    foreign: tuple[str, ...]  # not made by tocsin: kept as they are
    elsewhere: tuple[str, ...]  # made earlier, outside the folders that this render is about: kept as they are
    recorded: bool  # the manifest is in its place and up to date
    within: tuple[str, ...] = ()

    @property
    def writes(self) -> bool:
        return bool(self.created or self.changed or self.stale or not self.recorded)

    @property
    def is_current(self) -> bool:
        return not (self.writes or self.foreign)


def plan(artifacts: Iterable[Artifact], root: Path, within: Iterable[str] = ()) -> Plan:
    """Compare what should be with what is. Writes nothing.

    With `within`, a render of these folders of the root alone: what was made in others stays.
    """
    wanted = tuple(artifacts)
    check_paths([artifact.path for artifact in wanted] + [MANIFEST])
    with _explained(root):
        place = root.resolve()
        if root.is_symlink() or not place.name:
            raise OutputError(f"{root} can't be the output folder", "give a folder, not a symbolic link")
        with swap.locked(place.parent, fcntl.LOCK_SH):
            return _compare(wanted, place, tuple(within))


def carry_out(plan: Plan) -> None:
    """Make the folder what the artifacts say, comparing anew under the lock: two renders take turns."""
    root, new, old = plan.root, swap.beside(plan.root, "new"), swap.beside(plan.root, "old")
    if not (plan.writes or os.path.lexists(new) or os.path.lexists(old)):
        return
    with _explained(root):
        root.parent.mkdir(parents=True, exist_ok=True)
        with swap.locked(root.parent, fcntl.LOCK_EX):
            try:
                swap.settle(root, new, old, MANIFEST)
                current = _compare(plan.artifacts, root, plan.within)
                if current.writes:
                    _require_deletable(current)
                    _build(current, new)
                    swap.swap(root, new, old)
            finally:
                swap.settle(root, new, old, MANIFEST)


def _compare(artifacts: tuple[Artifact, ...], root: Path, within: tuple[str, ...]) -> Plan:
    tree = swap.beside(root, "old") if swap.was_interrupted(root, MANIFEST) else root
    files = set(_files_in(str(tree))) if os.path.lexists(tree) else set()
    manifest = _manifest_in(tree)
    texts = {artifact.path: artifact.text for artifact in artifacts}
    made, wanted = set(manifest.splitlines()[1:]), set(texts)
    same = {path for path in wanted & files if (tree / path).read_bytes() == texts[path].encode()}
    changed = (wanted & files) - same
    foreign = files - made - wanted - {MANIFEST}
    elsewhere = {path for path in made & files if within and path.partition("/")[0] not in within} - wanted
    _refuse_to_overwrite(root, wanted, foreign | (changed - made))
    return Plan(
        root,
        artifacts,
        created=tuple(sorted(wanted - files)),
        changed=tuple(sorted(changed)),
        stale=tuple(sorted((made & files) - wanted - elsewhere)),
        unchanged=tuple(sorted(same)),
        foreign=tuple(sorted(foreign)),
        elsewhere=tuple(sorted(elsewhere)),
        recorded=tree == root and manifest == manifest_text(wanted | elsewhere),
        within=within,
    )


def _files_in(folder: str, prefix: str = "") -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files_in(entry.path, f"{prefix}{entry.name}/")
            elif entry.is_file(follow_symlinks=False):
                yield prefix + entry.name
            else:
                raise OutputError(f"{entry.path} is neither a file nor a folder", "move it elsewhere")


def _manifest_in(tree: Path) -> str:
    """The text of the manifest; a folder that is in use for something else is refused."""
    if not os.path.lexists(tree) or not any(tree.iterdir()):
        return ""
    manifest = tree / MANIFEST
    text = manifest.read_text(errors="replace") if manifest.exists() else ""
    if text.startswith(_HEADER):
        return text
    hint = f"give an empty folder, or delete this one if all of it is output (it has no valid {MANIFEST})"
    raise OutputError(f"{tree} is not empty, and tocsin did not make it", hint)


def manifest_text(paths: Iterable[str]) -> str:
    return _HEADER + "".join(f"{path}\n" for path in sorted(paths))


def _refuse_to_overwrite(tree: Path, wanted: set[str], foreign: set[str]) -> None:
    taken = wanted | folders_of(wanted)
    if clashes := sorted(path for path in foreign if path in taken or folders_of([path]) & wanted):
        message = f"in {tree}, tocsin did not make what stands where it has to write: {', '.join(clashes)}"
        raise OutputError(message, "move or delete it")


def _build(plan: Plan, new: Path) -> None:
    root, kept = plan.root, {*plan.unchanged, *plan.foreign, *plan.elsewhere}
    texts = {artifact.path: artifact.text for artifact in plan.artifacts if artifact.path not in kept}
    texts[MANIFEST] = manifest_text([artifact.path for artifact in plan.artifacts] + [*plan.elsewhere])
    folders = ["", *sorted(folders_of(kept | texts.keys()))]
    for folder in folders:
        (new / folder).mkdir()
        if (root / folder).is_dir():
            shutil.copymode(root / folder, new / folder)
    for path in kept:
        _link(root / path, new / path)
    for path, text in texts.items():
        (new / path).write_bytes(text.encode())
    with ThreadPoolExecutor(16) as pool:  # side by side, since the file system commits what waits as one
        list(pool.map(swap.fsync, [new / path for path in (*texts, *folders)]))


def _require_deletable(plan: Plan) -> None:
    """The old tree is deleted after the swap; what would stop that has to be known before."""
    for folder in ("", *folders_of(plan.unchanged + plan.changed + plan.stale + plan.foreign + plan.elsewhere)):
        path = plan.root / folder
        if path.exists() and not os.access(path, os.W_OK | os.X_OK):
            raise PermissionError(EACCES, os.strerror(EACCES), str(path))


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError as error:
        if error.errno == EXDEV:  # a mount inside the folder; deleting the old tree would empty it
            raise
        shutil.copy2(old, new)


@contextmanager
def _explained(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"can't use {error.filename or root} for output: {error.strerror or error}"
        hint = next((hint for codes, hint in _HINTS.items() if error.errno in codes), "")
        raise OutputError(message, hint) from error
