"""Damaged catalogs: a good one, and the things that hands, editors and disks do to files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from hypothesis import strategies as st

from generators import pipeline
from generators.diagnostics import CatalogError, Diagnostic, render
from generators.emit.artifact import check_paths
from tests.helpers import HERE, bakery

NASTY = (
    "", "null", "~", "yes", "0", "-1", "85", "1e9", "1e999999999", "0x10", ".inf", "NaN", "9" * 400, "0.1",
    "5m", "0s", "99999999999d", "1ms", "100y", "0%", "100%", "50%", "999%", "-5%", "3 s", "10GiB", "10/s",
    "[]", "{}", "[[]]", "{a: b}", "[a, b]", "[null]", "{null: null}", "{80%: fire}", "{1%: fire, 2%: fire}",
    "&a x", "*a", "!!int 5", "<<", "? x", "- x", "|", ">", "'", '"', '"\\0"', '"\\e[31m"', '"\\U0001F525"',
    "é", "٣", "\u2028", "\x85", "\ufeff", "\t", "#", ": ", "::", "%", "@", "`", "{{ .Values }}",
    '"{{ $labels.x }}"', '"{{"', "${HOME}", "../../etc/passwd", "https://x", "http://[::1]:9/{page}",
    "{page}", '"{environment}{page}{"', "/", "\\", '"a\\nb"', "=~(", '"=~["', '"!~("', '"!="', "=~.*",
    '".*"', "rate(x)", "up", "up[5m]", "sum(", "vector(1)", "absent(up)", "1", '{job="x"}', "__name__",
    "le", "job", "service", "severity", "team", "fire", "oven", "mill", "slo", "index", "platform",
    "watchdog", "sunday", "24:00", "00:00", "Europe/Vienna", "2026-12-31", "ratio", "latency", "gauge",
    "probe", "promql", "absence", "counter", "histogram", "native_histogram", "info", "seconds", "percent",
    "bytes", "timestamp", "a" * 61, "a" * 5000,
)  # fmt: skip
WHOLE_CATALOG = frozenset(("empty-catalog", "broken-promise"))
_WORD = re.compile(r"[^\s:{}\[\],#]+")


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that happens to a file: what, and two numbers and a text that say where and how."""

    kind: str
    at: int
    to: int
    text: str


def apply(damage: Damage, raw: bytes) -> bytes:
    """The file after it."""
    return KINDS[damage.kind](raw, damage) if raw else raw


def _lines(change: Callable[[list[bytes], int, int], None]) -> Callable[[bytes, Damage], bytes]:
    def changed(raw: bytes, damage: Damage) -> bytes:
        lines = raw.split(b"\n")
        change(lines, damage.at % len(lines), damage.to % len(lines))
        return b"\n".join(lines)

    return changed


def _swap(lines: list[bytes], one: int, other: int) -> None:
    lines[one], lines[other] = lines[other], lines[one]


def _word(raw: bytes, damage: Damage) -> bytes:
    text = raw.decode("utf-8", "surrogateescape")
    words = list(_WORD.finditer(text))
    if not words:
        return raw
    word = words[damage.at % len(words)]
    return (text[: word.start()] + damage.text + text[word.end() :]).encode("utf-8", "surrogateescape")


def _flipped(raw: bytes, damage: Damage) -> bytes:
    at = damage.at % len(raw)
    return raw[:at] + bytes([raw[at] ^ (1 << damage.to % 8)]) + raw[at + 1 :]


WORD = "word replaced"
KINDS: Mapping[str, Callable[[bytes, Damage], bytes]] = {
    WORD: _word,
    "line deleted": _lines(lambda lines, at, _to: lines.__delitem__(at)),
    "line repeated": _lines(lambda lines, at, to: lines.insert(to, lines[at])),
    "next line repeated": _lines(lambda lines, at, _to: lines.insert(at, lines[at])),
    "lines swapped": _lines(_swap),
    "line indented": _lines(lambda lines, at, to: lines.__setitem__(at, b" " * (to % 4) + lines[at])),
    "bytes cut off": lambda raw, damage: raw[: damage.at % len(raw)],
    "bytes cut out": lambda raw, damage: raw[: damage.at % len(raw)] + raw[damage.at % len(raw) + damage.to % 30 :],
    "bit flipped": _flipped,
}

damages = st.lists(
    st.builds(
        Damage, st.sampled_from(sorted(KINDS)), st.integers(0, 9999), st.integers(0, 9999), st.sampled_from(NASTY)
    ),
    min_size=1,
    max_size=4,
)


@cache
def good() -> Mapping[str, Mapping[str, bytes]]:
    """The catalogs that are damaged."""
    return {"bakery": bakery(), "library": pipeline.read_folder(HERE / "golden/library/catalog")}


def damaged(catalog: str, file: int, changes: list[Damage]) -> dict[str, bytes]:
    """The catalog with one of its files damaged."""
    files = dict(good()[catalog])
    path = sorted(files)[file % len(files)]
    for change in changes:
        files[path] = apply(change, files[path])
    return files


def outcome(files: Mapping[str, bytes]) -> str:
    """How it ends: refused, complained about, or compiled. Raises AssertionError for any other end."""
    try:
        bundles = pipeline.bundles(files)
    except CatalogError as error:
        _said_well(error.diagnostics, files)
        return "refused"
    complaints = pipeline.checked(bundles)
    _said_well(complaints, files)
    if any(complaint.level == "error" for complaint in complaints):
        return "complained about"
    check_paths([artifact.path for artifact in pipeline.artifacts(bundles)])
    return "compiled"


def _said_well(found: tuple[Diagnostic, ...] | list[Diagnostic], files: Mapping[str, bytes]) -> None:
    texts = pipeline.texts(files)
    render(found, texts).encode("utf-8")
    for diagnostic in found:
        place = diagnostic.location
        assert place or diagnostic.code in WHOLE_CATALOG, diagnostic
        if place and place.path in texts:
            assert 1 <= place.line <= texts[place.path].count("\n") + 2, diagnostic
