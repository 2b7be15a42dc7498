"""A place in a source file, to say things about."""

from __future__ import annotations

from dataclasses import dataclass

from generators.diagnostics import CatalogError, Diagnostic, Location
from generators.interchange.notes import Note, dotted
from generators.interchange.query import Query
from generators.promql import Expr
from generators.promql.complaint import PromqlError
from generators.source import Document, Route, locate
from generators.spec.pointing import pointed


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a document."""

    document: Document
    route: Route = ()

    def below(self, *steps: str | int) -> Spot:
        """A part of the part."""
        return Spot(self.document, (*self.route, *steps))

    @property
    def place(self) -> Location:
        """Where it stands."""
        return locate(self.document.root, self.route)

    def note(self, why: str, value: str = "") -> Note:
        """Something to say about it."""
        return Note(self.place, dotted(self.route), why, value)

    def promql(self, text: str) -> Expr:
        """The text that stands here as an expression. Raises CatalogError, pointing into it."""
        try:
            return Query.parse(text).expr
        except PromqlError as error:
            place, detail = pointed(self.document.root, self.route, error)
            raise CatalogError([Diagnostic("bad-value", error.message, place, detail=detail)]) from None
