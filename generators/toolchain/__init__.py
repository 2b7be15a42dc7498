"""The real tools that judge rendered output: which are at hand, and how to get the others."""

from generators.toolchain.at_hand import Tool, ToolError, Version, find, judges, require
from generators.toolchain.fetch import ensure

__all__ = ["Tool", "ToolError", "Version", "ensure", "find", "judges", "require"]
