"""Whole processes, timed."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Took(NamedTuple):
    """Seconds of a process and its children."""

    processor: float
    wall: float


def timed(command: Sequence[str], cache: str = "off") -> Took:
    """The command in a process of its own; it has to succeed."""
    env = {**os.environ, "TOCSIN_CACHE": cache}
    start, used = perf_counter(), _used_by_children()
    subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return Took(_used_by_children() - used, perf_counter() - start)


def _used_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
