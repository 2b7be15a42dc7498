"""What a dashboard is, free of any format: emitters read this and nothing else."""

import re
from dataclasses import dataclass

from generators.dashboards.panel import Link, Panel
from generators.dashboards.variables import Variable

_UID = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True, slots=True)
class TagLink:
    """A drop-down of all dashboards that carry the tags; time range and variables go along."""

    title: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A titled group of panels; without a title they stand free. `repeat` names a variable."""

    key: str
    title: str
    panels: tuple[Panel, ...]
    collapsed: bool = False
    repeat: str | None = None

    def __post_init__(self) -> None:
        if not self.title and (self.collapsed or self.repeat):
            raise ValueError(f"row {self.key!r}: a collapsed or repeated row needs a title")


@dataclass(frozen=True, slots=True)
class Annotation:
    """Marks drawn over every graph where `expr` has samples: firing alerts, deploys."""

    name: str
    expr: str
    color: str = "orange"
    title: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    step: str = "60s"
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One page. `uid` is its address for good; `folder` is where the file goes, not part of it."""

    uid: str
    title: str
    description: str
    folder: str
    tags: tuple[str, ...]
    rows: tuple[Row, ...]
    variables: tuple[Variable, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    links: tuple[Link | TagLink, ...] = ()
    refresh: str = "1m"
    time_from: str = "now-6h"
    timezone: str = "utc"

    def __post_init__(self) -> None:
        if not _UID.fullmatch(self.uid):
            raise ValueError(f"dashboard uid {self.uid!r}: 1 to 40 letters, digits, dashes or underscores")
