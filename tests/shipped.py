"""The shipped catalog, compiled once for all tests that look at it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from generators import pipeline
from generators.rules.bundle import Bundle

ROOT = Path(__file__).resolve().parents[1]
CATALOG = ROOT / "catalog"
OUTPUT = ROOT / "output"


@cache
def bundles() -> Mapping[str, Bundle]:
    """The environments of the shipped catalog."""
    return {b.catalog.environment: b for b in pipeline.bundles(pipeline.read_folder(CATALOG))}


@cache
def artifacts() -> Mapping[str, str]:
    """Every file that the shipped catalog compiles into."""
    return {a.path: a.text for a in pipeline.artifacts(bundles().values())}
