"""A service, linked: its owner, its signals with the metrics they read, its thresholds and SLOs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from generators import library, naming
from generators.diagnostics import did_you_mean
from generators.inventory import Inventory, entry
from generators.model.catalog import Origin, Page, Service, Signal, Slo, Threshold
from generators.model.wording import limit_in_words
from generators.model.ownership import Pager, Severity, Team
from generators.resolve.names import Problems
from generators.signals.base import OPERATORS, Comparison, Limit, Scope, SignalBase
from generators.spec.platform import PlatformSpec
from generators.spec.service import DashboardSpec, ExporterSpec, ServiceSpec, SloSpec, ThresholdSpec
from generators.units import Quantity

_PLAYBOOK_FIELDS = ("playbook",)


@dataclass(frozen=True, slots=True)
class Context:
    """What a service can name."""

    platform: PlatformSpec
    labels: Mapping[str, str]
    severities: Mapping[str, Severity]
    teams: Mapping[str, Team]
    playbooks: Mapping[str, Page]
    exporters: Mapping[str, ExporterSpec]
    dashboards: Mapping[str, DashboardSpec]
    services: frozenset[str]
    recorded: Inventory


def service(spec: ServiceSpec, origin: Origin, context: Context, problems: Problems) -> Service | None:
    """The linked service; None where its owner is unknown. What is wrong is added to `problems`."""
    owner = problems.find("team", spec.owner, context.teams, origin.at("owner"))
    problems.find("dashboard", spec.dashboard, context.dashboards, origin.at("dashboard"))
    known = dict.fromkeys(context.services, "")
    for index, name in enumerate(spec.depends_on):
        problems.find("service", name, known, origin.at("depends_on", index))
        if name == spec.service:
            problems.say("bad-value", "a service can't depend on itself", origin.at("depends_on", index))
    _domain(spec.domain, origin.at("domain"), context, problems)
    signals = _signals(spec, origin, context, problems)
    thresholds = [
        step
        for name, threshold in spec.thresholds.items()
        for step in _Steps(
            spec, name, threshold, Origin(origin.node, ("thresholds", name)), context, problems
        ).link(signals)
    ]
    slos = [
        slo
        for name, one in spec.slos.items()
        if (slo := _slo(spec, name, one, Origin(origin.node, ("slos", name)), signals, context, problems))
    ]
    if owner is None:
        return None
    return Service(
        spec.service,
        spec.title,
        owner,
        spec.tier,
        spec.description or "",
        spec.dashboard,
        spec.depends_on,
        spec.domain,
        tuple(signals.values()),
        tuple(thresholds),
        tuple(slos),
        origin,
    )


def _domain(domain: str | None, place: object, context: Context, problems: Problems) -> None:
    known = {d: team for team in context.teams.values() for d in team.domains}
    problems.find("domain", domain, known, place)  # type: ignore[arg-type]


def _inventory(
    spec: ServiceSpec, origin: Origin, context: Context, problems: Problems
) -> Inventory | None:
    """The metrics that the service's expressions can name; None where an exporter, and so some of them, is unknown."""
    inventory = dict(context.recorded)
    known = {**dict.fromkeys(library.names("exporter")), **context.exporters}
    complete = True
    for index, name in enumerate(spec.exporters):
        exporter = problems.find("exporter", name, known, origin.at("exporters", index))
        complete &= exporter is not None
        inventory |= exporter.metrics if exporter else {}
    return inventory | spec.metrics if complete else None


def _signals(spec: ServiceSpec, origin: Origin, context: Context, problems: Problems) -> dict[str, Signal]:
    inventory = _inventory(spec, origin, context, problems)
    select = {**context.platform.select, **spec.select}
    found: dict[str, Signal] = {}
    resources: dict[str, str] = {}
    for name, kind in spec.signals.items() if inventory is not None else ():
        assert inventory is not None
        place = Origin(origin.node, ("signals", name))
        scope = Scope(spec.service, select, context.labels, inventory, context.platform.defaults.window)
        resource = getattr(kind, "resource", None)
        if resource and (first := resources.setdefault(resource, name)) != name:
            message = f'the resource "{resource}" already belongs to the signal "{first}"'
            problems.say(
                "duplicate-name",
                message,
                place.at("resource"),
                "call one of the two resources by another name",
            )
        if _metrics_are_known(kind, scope, place, context, problems):
            found[name] = Signal(name, spec.service, kind, scope, place)
    return found


def _metrics_are_known(
    kind: SignalBase, scope: Scope, place: Origin, context: Context, problems: Problems
) -> bool:
    fine = True
    for use in kind.uses():
        where = place.at(use.field)
        found = entry(scope.inventory, use.metric)
        if found is None:
            fine = False
            hint = did_you_mean(use.metric, scope.inventory, "metrics")
            if not scope.inventory.keys() - context.recorded.keys():
                hint = "name the exporter (`exporters: [...]`) or declare the metric under `metrics:`"
            problems.say("unknown-metric", f'no metric "{use.metric}" in the inventory', where, hint)
            continue
        name, known = found
        if known.type not in use.types:
            fine = False
            wanted = " or ".join(use.types)
            message = f"{name} is a {known.type}, and {use.field} of a {kind.kind} signal needs a {wanted}"
            problems.say("metric-type", message, where, "see the signal kinds in docs/catalog.md")
        labels = {*known.labels, *context.platform.target_labels, *scope.labels}
        for label in (l for l in (*use.labels, *scope.select) if l not in labels and l != "le"):
            fine = False
            hint = did_you_mean(label, labels, "labels")
            whole = Origin(place.node, ("select", label))
            there = whole.at(key=True) if label not in use.labels and whole.says() else where
            problems.say("unknown-label", f'{name} has no label "{label}"', there, hint)
    return fine


class _Steps:
    """One threshold of a service as the alerts that it becomes, one for each step of its ladder."""

    def __init__(
        self,
        service: ServiceSpec,
        name: str,
        spec: ThresholdSpec,
        origin: Origin,
        context: Context,
        problems: Problems,
    ) -> None:
        self._service, self._name, self._spec = service, name, spec
        self._origin, self._context, self._problems = origin, context, problems

    def link(self, signals: Mapping[str, Signal]) -> list[Threshold]:
        """The steps, the mildest limit first."""
        spec, problems = self._spec, self._problems
        known = signals.keys() | self._service.signals.keys()
        problems.find("signal", spec.signal, dict.fromkeys(known, ""), self._origin.at("signal"))
        playbook = problems.find(
            "playbook", spec.playbook, self._context.playbooks, self._origin.at("playbook")
        )
        _domain(spec.domain, self._origin.at("domain"), self._context, problems)
        comparison = self._comparison()
        signal = signals.get(spec.signal)
        if comparison is None or signal is None:
            return []
        steps = [
            self._step(signal, comparison, quantity, severity, playbook)
            for quantity, severity in self._ladder(comparison)
        ]
        linked = [step for step in steps if step]
        self._check_order(linked, comparison)
        return linked

    def _comparison(self) -> Comparison | None:
        said = [c for c in OPERATORS if getattr(self._spec, c) is not None]
        if len(said) == 1:
            return said[0]
        message = f"the threshold has {' and '.join(said) if said else 'no limit'}"
        self._problems.say(
            "bad-value", message, self._origin.at(), f"say exactly one of {', '.join(OPERATORS)}"
        )
        return None

    def _ladder(self, comparison: Comparison) -> list[tuple[Quantity, Severity]]:
        limit = getattr(self._spec, comparison)
        place = self._origin.at(comparison)
        severities, problems = self._context.severities, self._problems
        if isinstance(limit, dict):
            if self._spec.severity:
                problems.say(
                    "bad-value", "a ladder has a severity for each step already", self._origin.at("severity")
                )
            found = [
                (
                    quantity,
                    problems.find(
                        "severity", name, severities, self._origin.at(comparison, quantity.text), "severities"
                    ),
                )
                for quantity, name in limit.items()
            ]
        elif self._spec.severity is None:
            hint = f"severities: {', '.join(severities)}"
            problems.say("missing-key", "the threshold does not say its severity", self._origin.at(), hint)
            return []
        else:
            where = self._origin.at("severity")
            found = [(limit, problems.find("severity", self._spec.severity, severities, where, "severities"))]
        if not found:
            problems.say("bad-value", "the ladder has no steps", place)
        return [(quantity, severity) for quantity, severity in found if severity]

    def _step(
        self,
        signal: Signal,
        comparison: Comparison,
        quantity: Quantity,
        severity: Severity,
        playbook: Page | None,
    ) -> Threshold | None:
        spec, defaults = self._spec, self._context.platform.defaults
        quantile = spec.quantile.ratio if spec.quantile else None
        least = defaults.min_bad_events if spec.min_bad_events is None else spec.min_bad_events
        limit = Limit(comparison, quantity, quantile, least)
        try:
            if quantile is not None and not signal.kind.needs_quantile:
                raise ValueError(f"a {signal.kind.kind} signal has no quantiles; remove `quantile`")
            condition = signal.kind.crossed(signal.scope, limit)
        except ValueError as error:
            self._problems.say("bad-limit", str(error), self._origin.at(comparison))
            return None
        pages = severity.pager is not Pager.NEVER
        return Threshold(
            name=self._name,
            service=self._service.service,
            signal=signal,
            limit=limit,
            severity=severity,
            alert=spec.name or naming.threshold_alert(self._service.service, self._name),
            title=spec.title or f"{signal.title} {limit_in_words(limit)}",
            condition=condition,
            hold=spec.hold or defaults.hold,
            keep_firing_for=spec.keep_firing_for or (defaults.keep_firing_for if pages else None),
            playbook=playbook,
            description=spec.description or signal.kind.description or "",
            actions=spec.actions,
            domain=spec.domain or self._service.domain,
            origin=self._origin,
        )

    def _check_order(self, steps: list[Threshold], comparison: Comparison) -> None:
        worst_last = comparison in ("above", "at_least")
        ordered = sorted(steps, key=lambda s: s.limit.quantity.value, reverse=not worst_last)
        for mild, bad in zip(ordered, ordered[1:], strict=False):
            if bad.severity.rank >= mild.severity.rank:
                message = f"{bad.limit.quantity} is worse than {mild.limit.quantity}, but its severity is not"
                place = self._origin.at(comparison, bad.limit.quantity.text)
                self._problems.say(
                    "bad-limit",
                    message,
                    place,
                    "each step of a ladder needs a worse severity than the one before",
                )


def _slo(
    service: ServiceSpec,
    name: str,
    spec: SloSpec,
    origin: Origin,
    signals: Mapping[str, Signal],
    context: Context,
    problems: Problems,
) -> Slo | None:
    known = signals.keys() | service.signals.keys()
    problems.find("signal", spec.signal, dict.fromkeys(known, ""), origin.at("signal"))
    playbook = problems.find("playbook", spec.playbook, context.playbooks, origin.at("playbook"))
    signal = signals.get(spec.signal)
    if spec.objective.ratio >= Decimal(1):
        problems.say(
            "no-budget",
            "an objective of 100% leaves no error budget",
            origin.at("objective"),
            "99.999% is a high one",
        )
        return None
    if signal is None:
        return None
    try:
        signal.kind.events(signal.scope, signal.scope.window, spec.under)
    except ValueError as error:
        problems.say("bad-slo", str(error), origin.at("under" if spec.under else "signal"))
        return None
    least = context.platform.defaults.min_bad_events if spec.min_bad_events is None else spec.min_bad_events
    return Slo(
        name,
        service.service,
        signal,
        spec.objective.ratio,
        spec.period,
        spec.under,
        spec.title or name.replace("-", " ").replace("_", " "),
        spec.description or signal.kind.description or "",
        playbook,
        least,
        origin,
    )
