"""The whole program, in the order in which it happens: files, documents, catalog, checks, artifacts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from generators import library
from generators.assemble import shelve
from generators.checks import complaints
from generators.diagnostics import CatalogError, Diagnostic, by_place
from generators.emit import emit
from generators.emit.artifact import Artifact
from generators.folder import read_folder
from generators.model.catalog import Catalog
from generators.resolve import link
from generators.rules.bundle import Bundle, bundle
from generators.source import Document, load
from generators.text import one_line_end

__all__ = ["artifacts", "bundles", "checked", "compile_catalog", "linked", "parse", "read_folder", "texts"]


def compile_catalog(files: Mapping[str, bytes], environments: Sequence[str] = ()) -> list[Catalog]:
    """The catalogs of these files, one for each environment. Raises CatalogError."""
    return linked(parse(files), environments)


def linked(documents: Sequence[Document], environments: Sequence[str] = ()) -> list[Catalog]:
    """The catalogs of these documents and of what ships with tocsin. Raises CatalogError."""
    return link(shelve([*documents, *library.needed(documents)]), environments)


def bundles(files: Mapping[str, bytes], environments: Sequence[str] = ()) -> list[Bundle]:
    """The catalogs of these files with all their rules. Raises CatalogError."""
    return [bundle(catalog) for catalog in compile_catalog(files, environments)]


def checked(bundles: Iterable[Bundle], today: date | None = None) -> list[Diagnostic]:
    """What the checks say of all environments, each thing once; exceptions lapse only where `today` is given."""
    found: dict[Diagnostic, None] = {}
    for one in bundles:
        found |= dict.fromkeys(complaints(one, today))
    return sorted(found, key=by_place)


def artifacts(bundles: Iterable[Bundle]) -> list[Artifact]:
    """Every file of every environment."""
    return [artifact for one in bundles for artifact in emit(one)]


def parse(files: Mapping[str, bytes]) -> list[Document]:
    """The documents of all files, in an order that does not depend on theirs. Raises CatalogError."""
    documents: list[Document] = []
    problems: list[Diagnostic] = []
    for path, raw in sorted(files.items()):
        try:
            documents += load(path, raw)
        except CatalogError as error:
            problems += error.diagnostics
    if problems:
        raise CatalogError(problems)
    if not documents:
        hint = "start one with `tocsin new catalog`"
        raise CatalogError([Diagnostic("empty-catalog", "the catalog has no documents", None, hint)])
    return documents


def texts(files: Mapping[str, bytes]) -> dict[str, str]:
    """The files as text, for the source lines under messages."""
    return {path: one_line_end(raw.decode("utf-8-sig", "replace")) for path, raw in files.items()}
