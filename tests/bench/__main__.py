"""`python -m tests.bench [--quick]`: measures, and prints the tables of docs/measurements.md."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.bench import slos, synthetic
from tests.bench.timing import ROOT, Took, timed

SLOS = (1_000, 10_000)
SIZES = (100, 1_000, 10_000)
QUICK = SIZES[:2]
MANY_RULES = 200_000
LONGEST = 400  # seconds for one run, so that all of them end within ten minutes
Row = tuple[str, ...]


def main(arguments: Sequence[str]) -> None:
    quick = "--quick" in arguments
    print(f"{os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        _print(("what", "aim", "processor", "wall"), _commands(Path(folder)), "commands, the best of five runs")
        _print(_COLUMNS, _sizes(Path(folder), QUICK if quick else SIZES), "processor seconds, but for the wall time")
        _print(("what", "aim", "measured"), [_one_file(Path(folder))], "processor seconds")
        about = "SLOs alone, ten to a service: processor and wall seconds of whole processes"
        _print(slos.COLUMNS, slos.rows(Path(folder), SLOS[:1] if quick else SLOS), about)


def _commands(folder: Path) -> Iterable[Row]:
    output, notes = folder / "output", folder / "cache"
    render = ("render", "--catalog", str(ROOT / "catalog"), "--output", str(output))
    yield "`tocsin --help`", "0.15 s", *_best(("--help",))
    yield "render of the shipped catalog, all anew", "1 s", *_best(render, without=output)
    _timed(render, None, str(notes))
    yield "the same with nothing changed", "0.3 s", *_best(render, cache=str(notes))
    yield "the same without the cache", "-", *_best(render)


def _best(arguments: Sequence[str], without: Path | None = None, cache: str = "off") -> Iterable[str]:
    """The least processor and wall time of five runs, as text; `without` is deleted before each."""
    runs = [_timed(arguments, without, cache) for _ in range(5)]
    return (f"{min(times):.2f} s" for times in zip(*runs, strict=True))


def _timed(arguments: Sequence[str], without: Path | None, cache: str) -> Took:
    if without:
        shutil.rmtree(without, ignore_errors=True)
    return timed((sys.executable, "-m", "generators", *arguments), cache)


_PHASES = ("load", "compile", "check", "write")
_COLUMNS = ("services", "rules", "files", *_PHASES, "all", "per ten times", "wall", "peak memory")


def _sizes(folder: Path, sizes: Iterable[int]) -> Iterable[Row]:
    before = 0.0
    for size in sizes:
        catalog = folder / f"catalog-{size}"
        synthetic.write(catalog, size)
        figures = _child(catalog, folder / f"output-{size}")
        total = sum(figures[phase] for phase in _PHASES)
        counts = (f"{size:,}", f"{figures['rules']:,.0f}", f"{figures['files']:,.0f}")
        seconds = tuple(f"{figures[phase]:.2f}" for phase in _PHASES)
        growth = f"x {total / before:.1f}" if before else ""
        memory = f"{figures['megabytes']:,.0f} MiB"
        yield (*counts, *seconds, f"{total:.1f} s", growth, f"{figures['wall']:.1f} s", memory)
        before = total
        shutil.rmtree(folder / f"output-{size}")


def _one_file(folder: Path) -> Row:
    figures = _child(folder / f"catalog-{SIZES[0]}", folder / "many.yaml", str(MANY_RULES))
    return f"one rule file of {figures['rules']:,.0f} rules", "60 s", f"{figures['write']:.1f} s"


def _child(*arguments: Path | str) -> dict[str, float]:
    command = (sys.executable, "-m", "tests.bench.child", *map(str, arguments))
    found = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, timeout=LONGEST)
    figures: dict[str, float] = json.loads(found.stdout)
    return figures


def _print(columns: Row, rows: Iterable[Row], about: str) -> None:
    """A Markdown table, each row as soon as it is known."""
    print(f"{about}:\n\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)
    print()


if __name__ == "__main__":
    main(sys.argv[1:])
