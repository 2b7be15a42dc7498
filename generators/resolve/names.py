"""Looking names up: every dangling one is a diagnostic with the nearest name that exists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from generators.diagnostics import Diagnostic, Location, did_you_mean

T = TypeVar("T")


class Problems(list[Diagnostic]):
    """Collects what is wrong while linking goes on, so that all of it is said at once."""

    def say(self, code: str, message: str, place: Location, hint: str = "", detail: str = "") -> None:
        """Note a problem."""
        self.append(Diagnostic(code, message, place, hint, detail))

    def find(self, what: str, name: str | None, known: Mapping[str, T], place: Location, plural: str = "") -> T | None:
        """The thing of that name, or None and a diagnostic; a name that nobody gave is None without one."""
        if name is None or name in known:
            return known[name] if name is not None else None
        hint = did_you_mean(name, known, plural or f"{what}s")
        self.say(f"unknown-{what.replace(' ', '-').lower()}", f'no {what} "{name}"', place, hint)
        return None
