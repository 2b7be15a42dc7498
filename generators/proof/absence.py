"""Proofs of the alerts on missing data: without any data they fire, and nothing else; with data they are silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from generators.model.catalog import Catalog, Service
from generators.naming import Category
from generators.promql import Call, MatchOp, Selector
from generators.proof.case import ALONE, Case, Check, Pace, Unproven, up
from generators.proof.expected import firing
from generators.proof.timeline import series_text
from generators.rules import absence, slo, threshold
from generators.rules.group import Alert
from generators.signals.example import UnprovableError, labels_for
from generators.signals.probe import AbsenceSignal
from generators.units import Duration


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An alert that fires without a series."""

    alert: Alert
    series: Selector
    recorded: bool = False

    def due(self, tick: Decimal) -> Decimal:
        """The evaluation at which it starts to fire."""
        return up(self.alert.hold.seconds if self.alert.hold else Decimal(0), tick)

    def over(self, back: Decimal, tick: Decimal) -> Decimal:
        """The evaluation at which it is over, if data come back just then."""
        return back + up(self.alert.keep_firing_for.seconds if self.alert.keep_firing_for else Decimal(0), tick)

    @property
    def labels(self) -> Mapping[str, str]:
        """absent() has the labels that its series can only have one value of."""
        return {m.label: m.value for m in self.series.matchers if m.op is MatchOp.EQUAL and m.value}


def cases(catalog: Catalog, service: Service) -> Iterator[Case | Unproven]:
    """One case for the whole service: nothing is there, then everything that alerts wait for."""
    waiting = [*_companions(catalog, service), *_absences(catalog, service)]
    pace = Pace.of(catalog.platform)
    scrape, tick = pace.scrape.seconds, pace.tick
    if not waiting:
        return
    last = max(one.due(tick) for one in waiting)
    back = up(last + scrape, tick)
    end = max(one.over(back, tick) for one in waiting)
    inputs: dict[str, str] = {}
    for one in waiting:
        if one.recorded:
            continue
        try:
            inputs |= {_example(one.series): f"_x{int(last / scrape) + 1} 1x{int((end - last) / scrape)}"}
        except UnprovableError as why:
            yield Unproven(one.alert.name, str(why))
    checks = [check for one in waiting for check in _life(one, tick, back)]
    checks += [Check(last, name) for name in _others(catalog, service)]
    name = f"{service.name}: no data at all until {Duration(last)}, then data for every alert that waits for some"
    yield Case(name, pace, inputs, ALONE, tuple(checks))


def _life(one: _Waiting, tick: Decimal, back: Decimal) -> Iterator[Check]:
    name, due = one.alert.name, one.due(tick)
    if due:
        yield Check(due - tick, name)
    yield Check(due, name, (firing(one.alert, one.labels, Decimal(1)),))
    if not one.recorded:
        yield Check(one.over(back, tick), name)


def _companions(catalog: Catalog, service: Service) -> Iterator[_Waiting]:
    for family in (absence, slo):
        for group in family.groups(catalog, service):
            for rule in group.rules:
                if isinstance(rule, Alert) and rule.labels["category"] == Category.NO_DATA:
                    assert isinstance(rule.expr, Call)
                    assert isinstance(rule.expr.arguments[0], Selector)
                    yield _Waiting(rule, rule.expr.arguments[0], recorded=family is slo)


def _absences(catalog: Catalog, service: Service) -> Iterator[_Waiting]:
    for one in service.thresholds:
        if isinstance(one.signal.kind, AbsenceSignal):
            yield _Waiting(threshold.alert(catalog, service, one), one.signal.kind.presence(one.signal.scope))


def _others(catalog: Catalog, service: Service) -> Iterator[str]:
    """The alerts that have to be silent without data: all but those on absence, and those on PromQL of any kind."""
    known = (t for t in service.thresholds if not isinstance(t.signal.kind, AbsenceSignal))
    silent = dict.fromkeys(t.alert for t in known if not t.signal.kind.is_handmade)
    for group in slo.groups(catalog, service):
        for rule in group.rules:
            if isinstance(rule, Alert) and rule.labels["category"] == Category.SLO_BURN:
                silent[rule.name] = None
    yield from silent


def _example(series: Selector) -> str:
    return series_text(series.metric, labels_for(series.matchers))
