"""Whether dashboards are good ones, together: `lint(dashboards)` is [] if they are.

A rule can be left out by name where it can't hold, as in the linter's own `.lint` file; say why beside it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping

from tests.grafana_rules import page, panel, promql, references
from tests.grafana_rules.parts import Json

Rule = Callable[[Json], Iterator[str]]

OF_ONE: Mapping[str, Rule] = {
    "address": page.address,
    "settings": page.settings,
    "refresh": page.refresh,
    "size": page.size,
    "datasource-variable": page.datasource_variable,
    "query-variables": page.query_variables,
    "panel-ids": page.ids,
    "panel-titles": page.titles,
    "rows": page.rows,
    "grid": page.grid,
    "words": panel.words,
    "units": panel.units,
    "data-sources": panel.data_sources,
    "queries": panel.queries,
    "tables": panel.tables,
    "heatmaps": panel.heatmaps,
    "thresholds": panel.thresholds,
    "promql": promql.parses,
    "rate-interval": promql.rate_interval,
    "counters": promql.counters,
    "legends": promql.legends,
    "variables": references.defined_and_used,
}
OF_ALL: Mapping[str, Callable[[list[Json]], Iterator[str]]] = {
    "unique": references.unique,
    "links": references.links,
}


def lint(dashboards: list[Json], without: Collection[str] = ()) -> list[str]:
    """Every finding, as `rule: uid: what`."""
    return [*_of_one(dashboards, without), *_of_all(dashboards, without)]


def _of_one(dashboards: list[Json], without: Collection[str]) -> Iterator[str]:
    for dashboard in dashboards:
        for name, rule in OF_ONE.items():
            if name not in without:
                yield from (f"{name}: {dashboard.get('uid')}: {what}" for what in rule(dashboard))


def _of_all(dashboards: list[Json], without: Collection[str]) -> Iterator[str]:
    for name, rule in OF_ALL.items():
        if name not in without:
            yield from (f"{name}: {what}" for what in rule(dashboards))
