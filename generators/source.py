"""YAML text to positioned nodes. The only module that reads YAML.

Every scalar stays the text that was written (`on`, `09:00` and `1e3` included): the field that it lands in
decides how to read it. Nodes remember where they stand, so that a problem found much later, after packs and
environments were laid over each other, still points at the line somebody typed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
import yaml.reader

from generators.diagnostics import CatalogError, Location, did_you_mean, refusal
from generators.node import Mapping, Node, Route, Scalar, Sequence, child, data, locate, marked
from generators.text import FRONT_MATTER_HINT, decode, front_matter

__all__ = [
    "Document",
    "Mapping",
    "Node",
    "Route",
    "Scalar",
    "Sequence",
    "child",
    "data",
    "load",
    "load_any",
    "locate",
]

MAX_DEPTH = 64
MAX_NODES = 1_000_000
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset(("", "~", "null"))
_START = "start with the kind of thing it defines, such as `service: checkout`"


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: its file, its content, and (for Markdown with front matter) the text below it."""

    path: str
    root: Mapping
    body: str = ""

    @property
    def kind(self) -> str:
        """The first key says what kind of document this is."""
        return next(iter(self.root.values))


def load(path: str, raw: bytes) -> list[Document]:
    """The documents of a `.yaml` file, or of a `.md` file with front matter.

    Raises CatalogError for a file that is not UTF-8 text, not YAML, or not made of mappings.
    """
    text = decode(path, raw)
    if not path.endswith(".md"):
        return [_document(path, root) for root in _roots(path, text)]
    front, body = front_matter(path, text)
    found = [Document(path, _document(path, root).root, body) for root in _roots(path, front)]
    if len(found) != 1:
        raise refusal("front-matter", "the front matter is empty", Location(path), FRONT_MATTER_HINT)
    return found


def load_any(path: str, raw: bytes) -> list[Document]:
    """The documents of a YAML file of another tool, whose documents may be lists of them. Raises CatalogError."""
    found = [one for root in _roots(path, decode(path, raw)) for one in _listed(root)]
    hint = "each document, or each item of a list, is one thing that the file defines"
    return [_document(path, one, hint) for one in found]


def _listed(root: Node) -> list[Node]:
    return root.items if isinstance(root, Sequence) else [root]


def _document(path: str, root: Node, hint: str = _START) -> Document:
    if isinstance(root, Mapping) and root.values:
        return Document(path, root)
    raise refusal("not-a-mapping", "the document is not a mapping of keys to values", root.location, hint)


def _roots(path: str, text: str) -> list[Node]:
    try:
        loader = _Loader(_Stream(path, text))
        return [node for node in _Builder(path, loader).documents() if not _is_empty(node)]
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(path, error) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        character = error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "?")
        message = f"character U+{character:04X} is not allowed in YAML"
        raise refusal("yaml-syntax", message, Location(path, line), "remove it") from None


class _Stream(io.BytesIO):
    """Text with a name, which the YAML reader writes into its marks."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text.encode())
        self.name = name


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text is None


def _syntax_error(path: str, error: yaml.MarkedYAMLError) -> CatalogError:
    mark = error.problem_mark or error.context_mark
    place = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
    context = f" ({error.context})" if error.context else ""
    hint = (
        "YAML indents with spaces, never with tabs"
        if "cannot start any token" in str(error.problem) or "tab" in str(error.problem)
        else ""
    )
    return refusal("yaml-syntax", f"not valid YAML{context}: {error.problem}", place, hint)


class _Builder:
    """Builds nodes from the reader's events; bounds depth and size, refuses what hides meaning."""

    def __init__(self, path: str, loader: Any) -> None:
        self._path = path
        self._next = loader.get_event
        self._anchors: dict[str, Node | None] = {}

    def documents(self) -> Iterator[Node]:
        while event := self._next():
            if isinstance(event, yaml.DocumentStartEvent):
                self._anchors.clear()
                yield self._node(self._next(), 0)

    def _node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self._aliased(event, depth)
        if event.tag and event.tag != "!":
            hint = "remove the tag; how a value is read is decided by the key that it belongs to"
            raise self._refuse("yaml-tag", f"the tag {event.tag} is not allowed", event, hint)
        if event.anchor:
            self._anchors[event.anchor] = None
        node = self._built(event, depth)
        if node.size > MAX_NODES:
            raise self._refuse("too-large", f"more than {MAX_NODES} values once aliases are expanded", event)
        if event.anchor:
            self._anchors[event.anchor] = node
        return node

    def _built(self, event: Any, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self._too_deep(event)
        if isinstance(event, yaml.ScalarEvent):
            null = event.style in (None, "") and event.value in _NULLS
            return Scalar(event.start_mark, event.end_mark, None if null else event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _sequence(self, start: Any, depth: int) -> Sequence:
        node = Sequence(start.start_mark, start.end_mark, [])
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            item = self._node(event, depth + 1)
            node.items.append(item)
            _count(node, item)
        return node

    def _mapping(self, start: Any, depth: int) -> Mapping:
        node = Mapping(start.start_mark, start.end_mark, {}, {})
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, node)
            value = self._node(self._next(), depth + 1)
            name = str(key.text)
            node.keys[name], node.values[name] = key, value
            _count(node, value)
        return node

    def _key(self, event: Any, node: Mapping) -> Scalar:
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refuse("yaml-key", "a key has to be plain text", event)
        if event.value == "<<" and event.style in (None, ""):
            hint = "put what is shared into a pack, and say `use: <pack>`"
            raise self._refuse("yaml-merge", "merge keys (<<) are not allowed", event, hint)
        if first := node.keys.get(event.value):
            line = first.start.line + 1
            message = f'the key "{event.value}" is here twice; the first is on line {line}'
            raise self._refuse("repeated-key", message, event, "keep one of them")
        return Scalar(event.start_mark, event.end_mark, event.value)

    def _aliased(self, event: Any, depth: int) -> Node:
        if event.anchor not in self._anchors:
            hint = did_you_mean(event.anchor, self._anchors, "anchors")
            raise self._refuse("yaml-alias", f"no anchor &{event.anchor} above this line", event, hint)
        node = self._anchors[event.anchor]
        if node is None:
            raise self._refuse("yaml-loop", f"&{event.anchor} contains itself", event, "write the value out")
        if depth + node.height > MAX_DEPTH:
            raise self._too_deep(event)
        return node

    def _too_deep(self, event: Any) -> CatalogError:
        return self._refuse("too-deep", f"values are nested more than {MAX_DEPTH} levels deep", event)

    def _refuse(self, code: str, message: str, event: Any, hint: str = "") -> CatalogError:
        return refusal(code, message, marked(event.start_mark, event.end_mark), hint)


def _count(node: Node, inner: Node) -> None:
    node.size += inner.size
    node.height = max(node.height, inner.height + 1)
