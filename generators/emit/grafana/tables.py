"""Which columns a table shows, in which order and under which names, as Grafana transformations."""

from collections.abc import Iterator

from generators.dashboards.panel import Panel
from generators.emit.grafana.canonical import Json


def transformations(panel: Panel) -> list[Json]:
    return [*map(dict, panel.transformations), *_columns(panel)]


def _columns(panel: Panel) -> Iterator[Json]:
    """Join the queries on their common labels, keep what was asked for, then order and rename it."""
    if not panel.columns:
        return
    names = [column.name for column in panel.columns]
    if len(panel.queries) > 1:
        yield {"id": "merge", "options": {}}
    yield {"id": "filterFieldsByName", "options": {"include": {"names": names}}}
    yield {
        "id": "organize",
        "options": {
            "excludeByName": {},
            "indexByName": {name: index for index, name in enumerate(names)},
            "renameByName": {column.name: column.title for column in panel.columns if column.title},
        },
    }
