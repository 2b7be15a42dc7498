"""Names of other tools made into names of the catalog, without two ever becoming one."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from hashlib import blake2b
from itertools import chain, count
from typing import TypeVar

from generators import naming
from generators.frozen import is_name

K = TypeVar("K", bound=Hashable)
_LONGEST = 60
_DIGEST_BYTES = 4


def normal(text: str, kind: str) -> str:
    """The text as a name: `My Service` is `my-service`; `kind` goes in front of one that starts with a digit."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", text)
    name = re.sub(r"[^a-z0-9_]+", "-", words.lower())
    name = re.sub(r"[-_]*-[-_]*|__+", "-", name).strip("-_")
    if not name or name[0].isdigit():
        name = f"{kind}-{name}".rstrip("-")
    return name if is_name(name) else _cut(name, text)


def told_apart(wanted: Mapping[K, str], kind: str, reserved: Iterable[str] = ()) -> dict[K, str]:
    """A name for each key, made of what is wanted for it.

    Alert names are CamelCase, so names that differ in nothing but - and _ get a number at the end.
    """
    found: dict[K, str] = {}
    taken = {naming.camel(name) for name in reserved}
    for key, text in wanted.items():
        name = normal(text, kind)
        numbered = (f"{name[: _LONGEST - len(str(i)) - 1]}-{i}" for i in count(2))
        found[key] = next(free for free in chain([name], numbered) if naming.camel(free) not in taken)
        taken.add(naming.camel(found[key]))
    return found


def _cut(name: str, text: str) -> str:
    """A name that is too long, told apart from others that begin like it."""
    digest = blake2b(text.encode(), digest_size=_DIGEST_BYTES).hexdigest()
    return f"{name[: _LONGEST - len(digest) - 1].rstrip('-_')}-{digest}"
