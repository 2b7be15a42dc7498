"""YAML text to positioned nodes. The only module that reads YAML.

Every scalar stays the text that was written (`on`, `09:00` and `1e3` included): the field that it lands in
decides how to read it. Nodes remember where they stand, so that a problem found much later, after packs and
environments were laid over each other, still points at the line somebody typed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
import yaml.reader

from generators.diagnostics import CatalogError, Diagnostic, Location, did_you_mean

MAX_BYTES = 16 << 20
MAX_DEPTH = 64
MAX_NODES = 1_000_000
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset(("", "~", "null"))
_INVISIBLE_BREAKS = re.compile("[\x85\u2028\u2029]")  # YAML counts lines by them, editors do not
Route = tuple[str | int, ...]


@dataclass(slots=True)
class Node:
    """A value and its place: the YAML reader's marks. `size` and `height` say how much is inside, and how deep."""

    start: Any
    end: Any
    size: int = field(default=1, init=False)
    height: int = field(default=0, init=False)

    @property
    def location(self) -> Location:
        return _location(self.start, self.end)


@dataclass(slots=True)
class Scalar(Node):
    """Text as written; None is an empty or null value."""

    text: str | None


@dataclass(slots=True)
class Sequence(Node):
    """A list."""

    items: list[Node]


@dataclass(slots=True)
class Mapping(Node):
    """A mapping; `keys` remembers where each key stands."""

    values: dict[str, Node]
    keys: dict[str, Scalar]


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


def data(node: Node) -> Any:
    """The plain value of a node: dicts, lists, text and None."""
    if isinstance(node, Mapping):
        return {key: data(value) for key, value in node.values.items()}
    if isinstance(node, Sequence):
        return [data(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text


def locate(node: Node, route: Route, *, key: bool = False) -> Location:
    """Where the value at `route` stands; the deepest part of the route that the file has.

    With `key`, the place of the last key itself. Steps that the file does not have (a union's tag) are skipped.
    """
    place = node
    for step in route:
        below = child(node, step)
        if below is not None:
            place = node.keys[str(step)] if key and isinstance(node, Mapping) else below
            node = below
    return place.location


def child(node: Node | None, step: str | int) -> Node | None:
    """The node below a step, or None."""
    if isinstance(node, Mapping):
        return node.values.get(str(step))
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def load(path: str, raw: bytes) -> list[Document]:
    """The documents of a `.yaml` file, or of a `.md` file with front matter.

    Raises CatalogError for a file that is not UTF-8 text, not YAML, or not made of mappings.
    """
    text = _decode(path, raw)
    if not path.endswith(".md"):
        return [_document(path, root) for root in _roots(path, text)]
    front, body = _front_matter(path, text)
    found = [Document(path, _document(path, root).root, body) for root in _roots(path, front)]
    if len(found) != 1:
        raise _refusal("front-matter", "the front matter is empty", Location(path), _FRONT_MATTER_HINT)
    return found


def _decode(path: str, raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _refusal("file-too-large", f"the file has {len(raw)} bytes", Location(path), "split it")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8 text"
        raise _refusal("not-utf8", message, Location(path, line), "save the file as UTF-8") from None
    text = one_line_end(text)
    if stray := _INVISIBLE_BREAKS.search(text):
        line = text.count("\n", 0, stray.start()) + 1
        message = f"character U+{ord(stray[0]):04X} is a line break that nobody sees"
        raise _refusal("yaml-syntax", message, Location(path, line), "remove it")
    return text


def one_line_end(text: str) -> str:
    """The text with the line ends of one system."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


_FRONT_MATTER_HINT = (
    "start the file with a line ---, then keys such as `playbook: database-down`, then another line ---"
)


def _front_matter(path: str, text: str) -> tuple[str, str]:
    """The YAML between the two `---` lines (line numbers kept) and the Markdown after them."""
    lines = text.split("\n")
    if lines[0].rstrip() == "---":
        for number, line in enumerate(lines[1:], 1):
            if line.rstrip() == "---":
                return "\n".join(["", *lines[1:number]]), "\n".join(lines[number + 1 :]).strip() + "\n"
    raise _refusal("front-matter", "the file has no front matter", Location(path), _FRONT_MATTER_HINT)


def _document(path: str, root: Node) -> Document:
    if isinstance(root, Mapping) and root.values:
        return Document(path, root)
    hint = "start with the kind of thing it defines, such as `service: checkout`"
    raise _refusal("not-a-mapping", "the document is not a mapping of keys to values", root.location, hint)


def _roots(path: str, text: str) -> list[Node]:
    try:
        loader = _Loader(_Stream(path, text))
        return [node for node in _Builder(path, loader).documents() if not _is_empty(node)]
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(path, error) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        character = (
            error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "?")
        )
        message = f"character U+{character:04X} is not allowed in YAML"
        raise _refusal("yaml-syntax", message, Location(path, line), "remove it") from None


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
    return _refusal("yaml-syntax", f"not valid YAML{context}: {error.problem}", place, hint)


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
        return _refusal(code, message, _location(event.start_mark, event.end_mark), hint)


def _count(node: Node, inner: Node) -> None:
    node.size += inner.size
    node.height = max(node.height, inner.height + 1)


def _location(start: Any, end: Any) -> Location:
    length = end.column - start.column if end.line == start.line else 1
    return Location(start.name, start.line + 1, start.column + 1, max(1, length))


def _refusal(code: str, message: str, place: Location, hint: str = "") -> CatalogError:
    return CatalogError([Diagnostic(code, message, place, hint)])
