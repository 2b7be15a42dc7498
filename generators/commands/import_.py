"""`tocsin import`: SLOs of sloth, OpenSLO or pyrra as documents of the catalog."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from generators.commands import common
from generators.diagnostics import CatalogError, Diagnostic, render
from generators.interchange import openslo, pyrra, sloth
from generators.interchange.names import normal
from generators.interchange.objective import Imported
from generators.interchange.services import Written, written
from generators.source import Document, load_any

FORMATS: Mapping[str, Callable[[Sequence[Document]], Imported]] = {
    "openslo": openslo.read,
    "pyrra": pyrra.read,
    "sloth": sloth.read,
}


def import_(form: str, files: Sequence[Path], owner: str) -> int:
    """Print the documents; what they don't carry goes to standard error too."""
    try:
        raw = {file.as_posix(): file.read_bytes() for file in files}
    except OSError as error:
        common.say(f"cannot read {error.filename}: {error.strerror}")
        return common.UNUSABLE
    if owner and normal(owner, "team") != owner:
        common.say(f'"{owner}" can\'t be the name of a team\n  hint: `--owner {normal(owner, "team")}`')
        return common.UNUSABLE
    try:
        found = written(FORMATS[form](documents(raw)), owner)
    except CatalogError as error:
        texts = {path: content.decode("utf-8", "replace") for path, content in raw.items()}
        common.say(render(error.diagnostics, texts))
        return common.UNUSABLE
    print(found.text, end="")
    return _told(found)


def documents(files: Mapping[str, bytes]) -> list[Document]:
    """The documents of these files, in their order. Raises CatalogError."""
    found: list[Document] = []
    problems: list[Diagnostic] = []
    for path, raw in files.items():
        try:
            found += load_any(path, raw)
        except CatalogError as error:
            problems += error.diagnostics
    if problems:
        raise CatalogError(problems)
    return found


def _told(found: Written) -> int:
    if found.notes:
        common.say("\n".join(map(str, found.notes)))
        common.say(f"\n{len(found.notes)} notes: what has no equivalent; each stands in the output, as a comment")
    return common.FINDINGS if found.is_partial else common.OK
