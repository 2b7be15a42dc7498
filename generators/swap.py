"""Replacing a folder by another in one step, with a lock, and clearing up after a run that was killed."""

import ctypes
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EINVAL, ENOSYS, EOPNOTSUPP
from pathlib import Path


def fsync(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def swap(root: Path, new: Path, old: Path) -> None:
    """Put `new` in the place of `root`, in one step where the system can; the former root is at either other name."""
    if not os.path.lexists(root):
        new.rename(root)
    elif not exchange(root, new):
        root.rename(old)
        new.rename(root)
    fsync(root.parent)


def exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step; False where the system or the file system doesn't know how."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    at, in_exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE
    code = ctypes.get_errno() if renameat2(at, os.fsencode(one), at, os.fsencode(other), in_exchange) else 0
    if code not in (0, EINVAL, ENOSYS, EOPNOTSUPP):
        raise OSError(code, os.strerror(code), str(one))
    return code == 0


def beside(root: Path, which: str) -> Path:
    """Where the new or the old tree waits."""
    return root.with_name(f".{root.name}.tocsin-{which}")


def was_interrupted(root: Path, marker: str) -> bool:
    """Whether a swap by two renames stopped after the first; `marker` is a file that every whole tree has."""
    return os.path.lexists(beside(root, "old")) and not os.path.lexists(root / marker)


def settle(root: Path, new: Path, old: Path, marker: str) -> None:
    """Undo a half-done swap, and delete what a run left beside the folder, dead or done."""
    if was_interrupted(root, marker):
        old.rename(root)
    for leftover in filter(os.path.lexists, (new, old)):
        shutil.rmtree(leftover)


@contextmanager
def locked(folder: Path, how: int) -> Iterator[None]:
    """Wait for, then hold, a lock on the folder that holds the root: no lock file to create or leave."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    handle = os.open(there, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)
