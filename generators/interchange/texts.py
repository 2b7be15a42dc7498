"""Texts of other tools as texts of the catalog."""

from __future__ import annotations

from dataclasses import replace

from generators.interchange.notes import Note


def clean(text: str, note: Note) -> tuple[str, tuple[Note, ...]]:
    """The text; what Prometheus would take for a template is left out, and noted."""
    stripped = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if "{{" not in stripped:
        return stripped, ()
    return "", (replace(note, why="a text can't have {{ in it; tocsin adds values and labels itself"),)
