"""Reading sloth's files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generators.diagnostics import Diagnostic, refuse
from generators.interchange import sloth_spec as spec
from generators.interchange.foreign import Foreign, chosen, read_documents
from generators.interchange.notes import CARRIED, Fates, Note, Remark, remarks
from generators.interchange.objective import Counted, Imported, Measured, Named, Objective, Party, Share, Tier
from generators.interchange.spot import Spot
from generators.interchange.texts import clean
from generators.source import Document, Route
from generators.spec.slo import WORKBOOK
from generators.units import Duration

_KINDS: dict[str, type[Foreign]] = {
    "PrometheusServiceLevel": spec.ServiceLevel,
    "AlertWindows": spec.AlertWindows,
}
_USUAL_PERIOD = Duration.parse("30d")
_LABEL = "{value}: recorded series carry labels that tell SLOs apart, and nothing else"
_ALERT_LABEL = "{value}: alerts carry severity, team and service, which routes go by"
_ANNOTATION = "{value}: tocsin writes the texts of alerts; a `playbook` says what to do"
_PLUGINS = "plugins are code that sloth runs, so what they would do to the rules is not known"
_METADATA = "{value}: the catalog is no object of a cluster"
_OWNERS = ("owner", "team")
_FATES: Fates = {
    "version": CARRIED,
    "service": CARRIED,
    "labels": _LABEL,
    "labels owner": CARRIED,
    "labels team": CARRIED,
    "labels tier": "{value}: if this is how important the service is, say so with `tier`",
    "slo_plugins": _PLUGINS,
    "sloPlugins": _PLUGINS,
    "slos * name": CARRIED,
    "slos * description": CARRIED,
    "slos * objective": CARRIED,
    "slos * labels": _LABEL,
    "slos * plugins": _PLUGINS,
    "slos * sli": CARRIED,
    "slos * alerting name": "{value}: alerts are named after service and SLO",
    "slos * alerting labels": _ALERT_LABEL,
    "slos * alerting annotations": _ANNOTATION,
    **{
        f"slos * alerting {alert} {key}": why
        for alert in ("page_alert", "ticket_alert", "pageAlert", "ticketAlert")
        for key, why in (("disable", CARRIED), ("labels", _ALERT_LABEL), ("annotations", _ANNOTATION))
    },
}
_KUBERNETES: Fates = {
    "apiVersion": CARRIED,
    "kind": CARRIED,
    "metadata": _METADATA,
    "status": _METADATA,
    **{f"spec {pattern}": why for pattern, why in _FATES.items() if pattern != "version"},
}
_WINDOWS: Fates = {"apiVersion": CARRIED, "kind": CARRIED, "metadata": _METADATA, "spec": CARRIED}


def read(documents: Sequence[Document]) -> Imported:
    """The services and SLOs of these files. Raises CatalogError."""
    found = read_documents(documents, _choose)
    windows = [(document, one) for document, one in found if isinstance(one, spec.AlertWindows)]
    refuse(_too_many(windows))
    table = windows[0][1] if windows else None
    services = [_Service(of, Spot(document, route)) for document, one in found for of, route in _specs(one)]
    return Imported(
        tuple(service.party() for service in services),
        tuple(slo for service in services for slo in service.objectives(table)),
        tuple(r.note for document, _ in windows for r in remarks(document.root, _WINDOWS)),
    )


def _choose(document: Document) -> type[Foreign]:
    return spec.Spec if "version" in document.root.values else chosen(document, _KINDS, "kind")


def _specs(one: Foreign) -> Iterator[tuple[spec.Spec | spec.KubernetesSpec, Route]]:
    if isinstance(one, spec.Spec):
        yield one, ()
    elif isinstance(one, spec.ServiceLevel):
        yield one.spec, ("spec",)


def _too_many(windows: list[tuple[Document, spec.AlertWindows]]) -> Iterator[Diagnostic]:
    for document, _one in windows[1:]:
        message = "there are alert windows for another period already, and the files of SLOs don't say theirs"
        hint = "import the SLOs of each period on their own, with the alert windows for it"
        yield Diagnostic("duplicate-name", message, Spot(document, ("spec", "sloPeriod")).place, hint)


class _Service:
    """One specification of SLOs, and where it stands."""

    def __init__(self, of: spec.Spec | spec.KubernetesSpec, spot: Spot) -> None:
        self._spec, self._spot = of, spot
        self._remarks = list(remarks(spot.document.root, _KUBERNETES if spot.route else _FATES))

    def party(self) -> Party:
        """The service."""
        labels, here = self._spec.labels, self._spot.below("labels")
        owners = tuple(Named(labels[label], here.below(label).place) for label in _OWNERS if label in labels)
        notes = tuple(remark.note for remark in self._remarks if self._slo_of(remark) is None)
        return Party(Named(self._spec.service, self._spot.below("service").place), owners, notes=notes)

    def objectives(self, windows: spec.AlertWindows | None) -> Iterator[Objective]:
        """The SLOs."""
        for index, slo in enumerate(self._spec.slos):
            notes = tuple(remark.note for remark in self._remarks if self._slo_of(remark) == index)
            yield self._objective(slo, self._spot.below("slos", index), windows, notes)

    def _objective(
        self, slo: spec.Slo, here: Spot, windows: spec.AlertWindows | None, notes: tuple[Note, ...]
    ) -> Objective:
        text, lost = clean(slo.description, here.below("description").note(""))
        plugin = slo.sli.plugin
        return Objective(
            self._spec.service,
            slo.name,
            here.below("name").place,
            slo.objective / Decimal(100),
            str(windows.spec.slo_period if windows else _USUAL_PERIOD),
            None if plugin else Measured(slo.name, _indicator(slo.sli), here.below("sli").place),
            description=text,
            tiers=_tiers(slo.alerting, windows),
            notes=(*notes, *lost),
            refusal=f"the plugin {plugin.id} is code that sloth runs; write its queries out" if plugin else "",
        )

    def _slo_of(self, remark: Remark) -> int | None:
        """The index of the SLO that a remark is about."""
        match remark.route[len(self._spot.route) :]:
            case ("slos", int(index), *_):
                return index
            case _:
                return None


def _indicator(sli: spec.Sli) -> Counted | Share:
    if sli.events:
        return Counted(sli.events.total_query.expr, bad=sli.events.error_query.expr)
    assert sli.raw is not None
    return Share(sli.raw.error_ratio_query.expr)


def _tiers(alerting: spec.Alerting, windows: spec.AlertWindows | None) -> tuple[Tier, ...] | None:
    """The table of tiers; None where it is the workbook's, as both tools have it."""
    pages, tickets = not alerting.page_alert.disable, not alerting.ticket_alert.disable
    if pages and tickets and windows is None:
        return None
    return tuple(tier for tier in _table(windows) if (pages if tier.pages else tickets))


def _table(windows: spec.AlertWindows | None) -> tuple[Tier, ...]:
    if windows is None:
        return tuple(Tier(name, t.long, t.until, t.spends.ratio, t.pages) for name, t in WORKBOOK.items())
    page, ticket = windows.spec.page, windows.spec.ticket
    rows = (("fast", page.quick), ("medium", page.slow), ("slow", ticket.quick), ("long", ticket.slow))
    return tuple(
        Tier(name, w.long_window, w.short_window, w.error_budget_percent / Decimal(100), name in ("fast", "medium"))
        for name, w in rows
    )
