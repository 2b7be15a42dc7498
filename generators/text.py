"""The text of a catalog file, before anybody asks what it says: its encoding, its lines, its front matter."""

from __future__ import annotations

import re

from generators.diagnostics import Location, refusal

MAX_BYTES = 16 << 20
_INVISIBLE_BREAKS = re.compile("[\x85\u2028\u2029]")  # YAML counts lines by them, editors do not
FRONT_MATTER_HINT = "start the file with a line ---, then keys such as `playbook: database-down`, then another line ---"


def decode(path: str, raw: bytes) -> str:
    """The text of a file. Raises CatalogError for what is no text that people can read."""
    if len(raw) > MAX_BYTES:
        raise refusal("file-too-large", f"the file has {len(raw)} bytes", Location(path), "split it")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8 text"
        raise refusal("not-utf8", message, Location(path, line), "save the file as UTF-8") from None
    text = one_line_end(text)
    if stray := _INVISIBLE_BREAKS.search(text):
        line = text.count("\n", 0, stray.start()) + 1
        message = f"character U+{ord(stray[0]):04X} is a line break that nobody sees"
        raise refusal("yaml-syntax", message, Location(path, line), "remove it")
    return text


def one_line_end(text: str) -> str:
    """The text with the line ends of one system."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def front_matter(path: str, text: str) -> tuple[str, str]:
    """The YAML between the two `---` lines (line numbers kept) and the Markdown after them."""
    lines = text.split("\n")
    if lines[0].rstrip() == "---":
        for number, line in enumerate(lines[1:], 1):
            if line.rstrip() == "---":
                return "\n".join(["", *lines[1:number]]), "\n".join(lines[number + 1 :]).strip() + "\n"
    raise refusal("front-matter", "the file has no front matter", Location(path), FRONT_MATTER_HINT)
