"""`tocsin export`: the SLOs of a catalog in the form of other tools."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generators.commands import common
from generators.emit.yaml_text import yaml_text
from generators.interchange import openslo_export
from generators.model.catalog import Catalog

FORMATS: Mapping[str, Callable[[Catalog], Iterator[dict[str, Any]]]] = {"openslo": openslo_export.documents}


def export(form: str, catalog: Path, environments: Sequence[str]) -> int:
    """Print the SLOs of one environment, a document each."""
    try:
        compiled = common.bundles(common.read(catalog), environments)
    except common.RefusedError:
        return common.UNUSABLE
    if len(compiled) != 1:
        names = ", ".join(bundle.catalog.environment for bundle in compiled)
        first = compiled[0].catalog.environment
        common.say(f"the SLOs of {names} have the same names\n  hint: say which of them, such as `-e {first}`")
        return common.UNUSABLE
    print("---\n".join(map(yaml_text, FORMATS[form](compiled[0].catalog))), end="")
    return common.OK
