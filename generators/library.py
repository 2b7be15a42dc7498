"""The packs and exporters that ship with tocsin. Only those that a catalog names are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from generators.source import Document, Mapping, Node, Scalar, Sequence, load

ROOT = Path(__file__).parent / "packs"
_FOLDERS = {"pack": ROOT, "exporter": ROOT / "exporters"}
SHOWN_AS = "tocsin/packs"


def names(kind: str) -> list[str]:
    """The packs or exporters that there are."""
    return sorted(path.stem for path in _FOLDERS[kind].glob("*.yaml"))


def needed(documents: Iterable[Document]) -> list[Document]:
    """The shipped packs and exporters that these documents name, and those that they in turn name."""
    found: dict[Path, list[Document]] = {}
    waiting = list(documents)
    shipped = {kind: frozenset(names(kind)) for kind in _FOLDERS}
    own = {(d.kind, _text(d.root.values[d.kind])) for d in waiting}
    while waiting:
        document = waiting.pop()
        for kind, name in _named(document.root):
            path = _FOLDERS[kind] / f"{name}.yaml"
            if name in shipped[kind] and (kind, name) not in own and path not in found:
                found[path] = _read(path)
                waiting += found[path]
    return [document for _path, read in sorted(found.items()) for document in read]


def exporters() -> dict[str, Document]:
    """Every shipped exporter, by name."""
    return {name: _read(_FOLDERS["exporter"] / f"{name}.yaml")[0] for name in names("exporter")}


def _read(path: Path) -> list[Document]:
    return load(f"{SHOWN_AS}/{path.relative_to(ROOT).as_posix()}", path.read_bytes())


def _named(root: Mapping) -> Iterator[tuple[str, str]]:
    for node in (root, *_patches(root)):
        if isinstance(node, Mapping):
            yield from (("pack", name) for name in _items(node.values.get("use")))
            yield from (("exporter", name) for name in _items(node.values.get("exporters")))


def _patches(root: Mapping) -> Iterable[Node]:
    patches = root.values.get("environments")
    return patches.values.values() if isinstance(patches, Mapping) else ()


def _items(node: Node | None) -> list[str]:
    if isinstance(node, Mapping):
        return list(node.values)
    if isinstance(node, Sequence):
        return [_text(item) for item in node.items]
    return [_text(node)] if node is not None else []


def _text(node: Node) -> str:
    return node.text or "" if isinstance(node, Scalar) else ""
