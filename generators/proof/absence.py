"""Proofs of the companions: without data they fire, alone; with data they are silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from generators.model.catalog import Catalog, Service
from generators.naming import Category, Label
from generators.promql import Call, MatchOp, Selector
from generators.proof.case import Case, Check, Firing, Unproven
from generators.proof.template import rendered
from generators.proof.timeline import series_text
from generators.rules.bundle import service_groups
from generators.rules.group import Alert
from generators.signals.example import Unprovable, labels_for

ALONE = frozenset(("everything",))


def cases(catalog: Catalog, service: Service) -> Iterator[Case | Unproven]:
    """One case for the whole service: nothing is there, then what the companions wait for."""
    platform = catalog.platform
    tick, lasting = platform.evaluation_interval.seconds, platform.defaults.no_data_for.seconds
    last = -(-lasting // tick) * tick
    alerts = [rule for group in service_groups(catalog, service) for rule in group.rules if isinstance(rule, Alert)]
    companions = [alert for alert in alerts if isinstance(alert.expr, Call) and alert.expr.function == "absent"]
    if not alerts:
        return
    inputs: dict[str, str] = {}
    missing = int(last / platform.scrape_interval.seconds) + 1
    for companion in companions:
        try:
            series = _series(companion)
            inputs[series_text(series.metric, labels_for(series.matchers))] = f"_x{missing} 1x8"
        except Unprovable as why:
            yield Unproven(companion.name, str(why))
    fires = {alert.name: Firing({**_told(alert), **alert.labels}, _said(alert)) for alert in companions}
    names = dict.fromkeys(alert.name for alert in alerts)
    checks = [Check(last - tick, name) for name in names]
    checks += [Check(last, name, (fires[name],) if name in fires else ()) for name in names]
    checks += [Check(last + 2 * tick, name) for name in fires]
    yield Case(
        f"no data at all for {platform.defaults.no_data_for}, then data again",
        inputs,
        tuple(checks),
        claims=ALONE,
        scrape=platform.scrape_interval,
        evaluation=platform.evaluation_interval,
    )
