"""Reading pyrra's files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from generators.interchange import pyrra_spec as spec
from generators.interchange.foreign import Foreign, chosen, read_documents
from generators.interchange.notes import CARRIED, Fates, Note, remarks
from generators.interchange.objective import Counted, Imported, Indicator, Measured, Named, Objective, Party, Share
from generators.interchange.pyrra_tiers import tiers
from generators.interchange.query import WINDOW
from generators.interchange.spot import Spot
from generators.interchange.texts import clean
from generators.promql import Aggregate, Expr, Number, Selector, call, over_time, rate, sum_by
from generators.source import Document

_KINDS: dict[str, type[Foreign]] = {"ServiceLevelObjective": spec.ServiceLevelObjective}
_PREFIX = "pyrra.dev/"
_OWNERS = (f"{_PREFIX}team", f"{_PREFIX}owner", "team", "owner")
_SERVICES = (f"{_PREFIX}service", "service", "app.kubernetes.io/name", "app")
_METADATA = "{value}: the catalog is no object of a cluster"
_RULES = "{value}: how and where rules are evaluated is not said for each SLO"
_FATES: Fates = {
    "apiVersion": CARRIED,
    "kind": CARRIED,
    "metadata": _METADATA,
    "metadata name": CARRIED,
    "metadata labels": "{value}: recorded series carry labels that tell SLOs apart, and nothing else",
    **{f"metadata labels {label}": CARRIED for label in (*_OWNERS, *_SERVICES)},
    "status": _METADATA,
    "spec": CARRIED,
    "spec alerting name": "{value}: alerts are named after service and SLO",
    "spec alerting absentName": "{value}: alerts are named after service and SLO",
    "spec alerting absent": "{value}: an SLO whose data is missing always alerts, with `no_data_severity`",
    "spec alerting severities": "{value}: severities are the catalog's; say `severity` for a tier",
    "spec partial_response_strategy": _RULES,
    "spec performanceOverAccuracy": "{value}: long windows are cheap and exact without it",
    "spec ruleOutput": _RULES,
}


def read(documents: Sequence[Document]) -> Imported:
    """The services and SLOs of these files. Raises CatalogError."""
    parties: list[Party] = []
    objectives: list[Objective] = []
    for document, one in read_documents(documents, lambda d: chosen(d, _KINDS, "kind")):
        assert isinstance(one, spec.ServiceLevelObjective)
        parties.append(_party(Spot(document), one))
        objectives.append(_objective(Spot(document), one, parties[-1]))
    return Imported(tuple(parties), tuple(objectives))


def _party(spot: Spot, one: spec.ServiceLevelObjective) -> Party:
    labels, here = one.metadata.labels, spot.below("metadata", "labels")
    owners = tuple(Named(labels[key], here.below(key).place) for key in _OWNERS if labels.get(key))
    service = next((key for key in _SERVICES if labels.get(key)), None)
    if service:
        return Party(Named(labels[service], here.below(service).place), owners)
    name = spot.below("metadata", "name")
    note = name.note("names the service too, as no label `service` does; move the SLO where it belongs")
    return Party(Named(one.metadata.name, name.place), owners, notes=(note,))


def _objective(spot: Spot, one: spec.ServiceLevelObjective, party: Party) -> Objective:
    alerting = one.spec.alerting
    table, rounded = tiers(one.spec.window)
    text, lost = clean(one.spec.description, spot.below("spec", "description").note(""))
    window = spot.below("spec", "window").note(rounded)
    silent = alerting.disabled or not alerting.burnrates
    return Objective(
        party.service.name,
        one.metadata.name,
        spot.below("metadata", "name").place,
        one.spec.target / Decimal(100),
        str(one.spec.window),
        _measured(spot, one),
        description=text,
        tiers=() if silent else table,
        notes=(*_remarks(spot), *lost, *((window,) if rounded and not silent else ())),
    )


def _remarks(spot: Spot) -> Iterator[Note]:
    for remark in remarks(spot.document.root, _FATES):
        if not (remark.route == ("spec", "alerting", "absent") and remark.note.value == "true"):
            yield remark.note


def _measured(spot: Spot, one: spec.ServiceLevelObjective) -> Measured:
    forms = ((part, read) for form, read in _FORMS if (part := getattr(one.spec.indicator, form)) is not None)
    part, read = next(forms)
    here = spot.below("spec", "indicator")
    return Measured(one.metadata.name, read(part), here.place, is_boolean=isinstance(part, spec.BoolGauge))


def _checks(gauge: spec.BoolGauge) -> Counted:
    series = _selector(gauge.metric.expr)
    return Counted(
        sum_by(over_time("count", series, WINDOW), gauge.grouping),
        good=sum_by(over_time("sum", series, WINDOW), gauge.grouping),
    )


def _ratio(of: spec.Ratio) -> Indicator:
    grown = {name: _grown(getattr(of, name), of) for name in ("errors", "total", "success") if getattr(of, name)}
    bad, good = grown.get("errors"), grown.get("success")
    total = grown.get("total")
    if total is None:
        assert bad is not None
        assert good is not None
        return Counted(bad + good, bad=bad)
    return Counted(total, bad=bad) if bad is not None else Counted(total, good=good)


def _latency(of: spec.Latency) -> Indicator:
    return Counted(_grown(of.total, of), good=_grown(of.success, of))


def _native(of: spec.NativeLatency) -> Indicator:
    fast = call("histogram_fraction", 0, of.latency.seconds, _grown(of.total, of))
    return Share(Number(Decimal(1)) - fast)


_FORMS: tuple[tuple[str, Callable[..., Indicator]], ...] = (
    ("ratio", _ratio),
    ("latency", _latency),
    ("latency_native", _native),
    ("bool_gauge", _checks),
    ("bool_gauge_camel", _checks),
)


def _grown(metric: spec.Metric, of: spec.Grouped) -> Aggregate:
    return sum_by(rate(_selector(metric.metric.expr), WINDOW), of.grouping)


def _selector(expr: Expr) -> Selector:
    assert isinstance(expr, Selector)
    return expr
