"""`tocsin render`: compile and write, or (`--check`) compare."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generators import cache, pipeline
from generators.commands import common
from generators.writer import MANIFEST, OutputError, Plan, carry_out, manifest_text, plan


def render(catalog: Path, output: Path, environments: Sequence[str], *, check: bool) -> int:
    """Write the output folder; with `check`, only say how it differs."""
    so = "" if check else "; nothing was written"
    try:
        source = common.read(catalog)
        compiled = common.bundles(source, environments, so)
        warnings = common.checked(source, compiled, so)
        planned = plan(pipeline.artifacts(compiled), output, within=environments)
        if check:
            return _compare(planned, output)
        carry_out(planned)
        if not warnings:  # or the next run would not repeat them
            _remember(source, environments, planned)
    except common.RefusedError:
        return common.UNUSABLE
    except OutputError as error:
        common.say(f"{error.message}\n  hint: {error.hint}" if error.hint else error.message)
        return common.UNUSABLE
    print(_summary(planned, output))
    return common.OK


def _remember(source: common.Source, environments: Sequence[str], planned: Plan) -> None:
    made = {artifact.path: artifact.text for artifact in planned.artifacts}
    cache.remember(source.files, environments, planned.root, made | {MANIFEST: manifest_text(made)})


def _summary(planned: Plan, output: Path) -> str:
    lines = [f"  {sign} {path}" for sign, paths in _changes(planned) for path in paths]
    total = len(planned.created) + len(planned.changed) + len(planned.unchanged)
    counts = f"{len(planned.created)} new, {len(planned.changed)} changed, {len(planned.stale)} removed"
    return "\n".join([*lines, f"{output}: {total} files ({counts})"])


def _compare(planned: Plan, output: Path) -> int:
    if planned.is_current:
        print(f"{output} is what the catalog says")
        return common.OK
    words = {"+": "missing", "~": "changed", "-": "stale"}
    for sign, paths in _changes(planned):
        for path in paths:
            print(f"{words[sign]}: {output / path}")
    for path in planned.foreign:
        print(f"not made by tocsin: {output / path}")
    common.say("the output is not what the catalog says; run `make render` and commit what it writes")
    return common.FINDINGS


def _changes(planned: Plan) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("+", planned.created), ("~", planned.changed), ("-", planned.stale))
