"""What the proofs of an SLO share: what is recorded for it, what feeds it, and its alerts by tier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from generators import naming
from generators.model.catalog import Catalog, Service
from generators.model.slo import Maintenance, Slo, Tier, Weekly
from generators.naming import Category, Label
from generators.promql import Selector, walk
from generators.proof.case import Pace
from generators.proof.timeline import series_text
from generators.rules import slo
from generators.rules import slo_series as rules
from generators.rules.group import Alert, Rule
from generators.signals.example import UnprovableError
from generators.signals.feed import Feed, Motion, Setting, Source
from generators.units import Duration

_WEEK, _FIRST_DAY, _HOURS = (Decimal(hours * 3600) for hours in (7 * 24, 3 * 24, 6))
"""promtool counts from 1970-01-01, a Thursday; cases with events are over within six hours."""
RAW_UP_TO = Duration.parse("1h")
"""Windows up to this one are read from raw events."""


@dataclass(frozen=True)
class Proof:
    """One SLO and its surroundings."""

    catalog: Catalog
    service: Service
    slo: Slo

    @property
    def pace(self) -> Pace:
        """The platform's."""
        return Pace.of(self.catalog.platform)

    @property
    def name(self) -> str:
        """The name of its burn-rate alerts."""
        return naming.burn_alert(self.service.name, self.slo.name)

    @cached_property
    def source(self) -> Source:
        """Series for a share of bad events. Raises UnprovableError."""
        if any(map(self._disturbs, self.slo.maintenance)):
            raise UnprovableError("announced work falls into the hours that promtool starts to count at")
        return self.slo.sli.source(Setting(self.pace.scrape, self.pace.evaluation, (), (), self.slo.min_bad_events))

    @property
    def unprovable(self) -> str:
        """Why nothing is known of the events' series; empty where it is."""
        try:
            _known = self.source
        except UnprovableError as why:
            return str(why)
        return ""

    @property
    def reads_recorded(self) -> bool:
        """Whether what it counts is recorded among the other rules of the service, as saturations are."""
        return any(True for s in self.slo.sli.signals for _recording in s.kind.recordings(s.scope))

    def _disturbs(self, work: Maintenance) -> bool:
        """Whether events that a case feeds would not be counted: at first, or before the end of the period."""
        if not isinstance(work.when, Weekly):
            return False
        hours = (_FIRST_DAY, _FIRST_DAY + self.slo.period.length.seconds - _HOURS)
        since = ((start - work.when.start.seconds) % _WEEK for start in hours)
        return any(ago < work.when.lasting.seconds + _HOURS or _WEEK - ago < _HOURS for ago in since)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The labels of everything recorded."""
        try:
            kept = self.source.labels
        except UnprovableError:
            kept = self.slo.sli.labels
        return {**kept, **self.identity}

    @property
    def identity(self) -> Mapping[str, str]:
        """The labels of what is the same for all budgets of an SLO."""
        return rules.identity(self.catalog, self.slo)

    @property
    def claims(self) -> frozenset[str]:
        """The metrics that its events are counted by, and everything recorded for it."""
        events = self.slo.sli.events(rules.BASE)
        read = {node.metric for expr in (events.bad, events.total) for node in walk(expr) if isinstance(node, Selector)}
        return frozenset({*read, *self._fed, f"{self.service.name}/{self.slo.name}"})

    @property
    def _fed(self) -> set[str]:
        try:
            return {feed.metric for level in (0, 1) for feed in self.source.at(Decimal(level))}
        except UnprovableError:
            return set()

    @cached_property
    def tiers(self) -> tuple[Tier, ...]:
        """Its tiers, the fastest first."""
        return self.slo.tiers

    def limit(self, tier: Tier) -> Decimal:
        """The share of bad events that a tier alerts beyond."""
        return self.slo.limit(tier)

    def keep(self, tier: Tier) -> Decimal:
        """How many seconds the alert of a tier goes on."""
        return self.catalog.platform.defaults.keep_firing_for.seconds if tier.pages else Decimal(0)

    def text(self, name: str) -> str:
        """A recorded series, as PromQL writes it."""
        return series_text(name, self.labels)

    def feed(self, name: str, level: Decimal) -> Feed:
        """A recorded series, fed as it stands."""
        return Feed(name, self.labels, Motion.STAYS, level)

    def firing(self, tier: Tier) -> Mapping[str, str]:
        """The labels of the series that says that the alert of a tier fires."""
        return {Label.ALERT: self.name, "alertstate": "firing", Label.TIER: tier.name}

    def alert(self, tier: Tier) -> Alert:
        """The alert of a tier."""
        return self._alerts[tier.name]

    @property
    def info(self) -> Mapping[str, str]:
        """The labels of the series that tells about it."""
        return next(rule.labels for rule in self._rules if rule.name == naming.SLO_INFO)

    @cached_property
    def _rules(self) -> tuple[Rule, ...]:
        return tuple(rule for group in slo.groups_of(self.catalog, self.service, self.slo) for rule in group.rules)

    @cached_property
    def _alerts(self) -> Mapping[str, Alert]:
        burning = (r for r in self._rules if isinstance(r, Alert) and r.labels[Label.CATEGORY] == Category.SLO_BURN)
        return {rule.labels[Label.TIER]: rule for rule in burning}
