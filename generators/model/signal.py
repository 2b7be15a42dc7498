"""A signal with the scope it is read in, and where in the catalog something is said."""

from __future__ import annotations

from dataclasses import dataclass, field

from generators.diagnostics import Location
from generators.signals.base import Scope, SignalBase
from generators.source import Node, Route, child, locate


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in the catalog something is said; turned into a line and column only when somebody asks."""

    node: Node
    route: Route = ()

    def at(self, *steps: str | int, key: bool = False) -> Location:
        """The place of something inside."""
        return locate(self.node, (*self.route, *steps), key=key)

    def find(self, *steps: str | int) -> Node | None:
        """The node of something inside, or None where nobody says it."""
        node: Node | None = self.node
        for step in (*self.route, *steps):
            node = child(node, step)
        return node

    def says(self, *steps: str | int) -> bool:
        """Whether the catalog says it, rather than leaving it to a default."""
        return self.find(*steps) is not None


@dataclass(frozen=True, slots=True)
class Signal:
    """A measured quantity of a service, with the scope it is read in."""

    name: str
    service: str
    kind: SignalBase
    scope: Scope
    origin: Origin = field(compare=False, repr=False)

    @property
    def title(self) -> str:
        return self.kind.title or self.name.replace("_", " ").replace("-", " ").capitalize()

    @property
    def choosable(self) -> tuple[str, ...]:
        """The labels by which a panel of the signal can be narrowed: those it keeps and does not fix itself."""
        fixed = {matcher.label for matcher in self.kind.presence(self.scope).matchers}
        return tuple(label for label in self.kind.by if label not in fixed)
