"""Reading OpenSLO files, of v1 and v1alpha."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generators.diagnostics import CatalogError, Diagnostic, refuse
from generators.interchange import openslo_alpha as alpha
from generators.interchange import openslo_indicator as indicator
from generators.interchange import openslo_spec as v1
from generators.interchange import openslo_window as read_over
from generators.interchange.foreign import Foreign, chosen, read_documents
from generators.interchange.objective import Imported, Named, Objective, Party
from generators.interchange.openslo_indicator import Measure, UnsayableError
from generators.interchange.openslo_library import Library, service_notes
from generators.interchange.openslo_slo import Told, objectives
from generators.interchange.openslo_values import SliceLength, speaks_promql
from generators.interchange.spot import Spot
from generators.promql import Expr
from generators.source import Document, Scalar

_ALPHA = "openslo/v1alpha"
_VERSIONS: dict[str, type[Foreign]] = {"openslo/v1": Foreign, _ALPHA: Foreign}
_ALPHA_KINDS: dict[str, type[Foreign]] = {"SLO": alpha.Slo, "Service": alpha.Service}
_OWNERS = ("owner", "team")


def read(documents: Sequence[Document]) -> Imported:
    """The services and SLOs of these files. Raises CatalogError."""
    found = read_documents(documents, _choose)
    library = Library(found)
    told = [slo for document, one in found for slo in _told(document, one, library)]
    goals = list(_every(told, library))
    parties = [party for document, one in found for party in _parties(Spot(document), one)]
    return Imported(tuple(parties), tuple(goals), tuple(library.notes()))


def _choose(document: Document) -> type[Foreign]:
    chosen(document, _VERSIONS, "apiVersion")
    version = document.root.values["apiVersion"]
    is_alpha = isinstance(version, Scalar) and version.text == _ALPHA
    return chosen(document, _ALPHA_KINDS if is_alpha else v1.KINDS, "kind")


def _told(document: Document, one: Foreign, library: Library) -> Iterator[Told]:
    if isinstance(one, v1.Slo):
        yield _of_v1(Spot(document), one, library)
    elif isinstance(one, alpha.Slo):
        yield _of_alpha(Spot(document), one)


def _every(told: Sequence[Told], library: Library) -> Iterator[Objective]:
    problems: list[Diagnostic] = []
    for one in told:
        try:
            yield from list(objectives(one, library))
        except CatalogError as error:
            problems += error.diagnostics
    refuse(problems)


def _parties(spot: Spot, one: Foreign) -> Iterator[Party]:
    match one:
        case v1.Slo() | alpha.Slo():
            yield Party(Named(one.spec.service, spot.below("spec", "service").place), _owners(one.metadata, spot))
        case v1.Service() | alpha.Service():
            name = Named(one.metadata.name, spot.below("metadata", "name").place)
            title, text = one.metadata.display_name, one.spec.description
            yield Party(name, _owners(one.metadata, spot), title, text, tuple(service_notes(spot)))


def _owners(metadata: v1.Metadata, spot: Spot) -> tuple[Named, ...]:
    return tuple(
        Named(team, spot.below("metadata", "labels", label).place)
        for label in _OWNERS
        for team in metadata.labels.get(label, ())
    )


def _of_v1(spot: Spot, one: v1.Slo, library: Library) -> Told:
    spec = one.spec

    def measure(index: int) -> Measure:
        goal = spec.objectives[index]
        here = spot.below("spec", "objectives", index)
        if goal.indicator is not None or goal.indicator_ref is not None:
            return _indicator(goal, here, library)
        return _indicator(spec, spot.below("spec"), library)

    return Told(
        spot,
        one.metadata,
        spec.service,
        spec.description,
        spec.budgeting_method,
        spec.time_window,
        "timeWindow",
        spec.objectives,
        measure,
        spec.alert_policies,
        is_composite=any(g.indicator is not None or g.indicator_ref is not None for g in spec.objectives),
    )


def _indicator(said: v1.Measuring, spot: Spot, library: Library) -> Measure:
    if said.indicator is not None:
        here = spot.below("indicator", "spec")
        return indicator.of(said.indicator.metadata.name, said.indicator.spec, here, library)
    if said.indicator_ref is None:
        raise UnsayableError("it has neither indicator nor indicatorRef")
    sli, at = library.find(v1.Sli, said.indicator_ref, spot.below("indicatorRef"))
    return indicator.of(sli.metadata.name, sli.spec, at.below("spec"), library)


def _of_alpha(spot: Spot, one: alpha.Slo) -> Told:
    spec = one.spec
    return Told(
        spot,
        one.metadata,
        spec.service,
        spec.description,
        spec.budgeting_method,
        tuple(map(alpha.window, spec.time_windows)),
        "timeWindows",
        tuple(map(_alpha_goal, spec.objectives)),
        _alpha_measure(spot, one),
    )


def _alpha_goal(goal: alpha.Goal) -> v1.Goal:
    """The objective as v1 says it; slices are a minute long, as v1alpha can't say how long."""
    return v1.Goal.model_construct(
        display_name=goal.display_name,
        op=goal.op,
        value=None if goal.ratio_metrics else goal.value,
        target=goal.target,
        time_slice_target=goal.time_slice_target,
        time_slice_window=SliceLength(1, "m"),
    )


def _alpha_measure(spot: Spot, one: alpha.Slo) -> Callable[[int], Measure]:
    def measure(index: int) -> Measure:
        goal = one.spec.objectives[index]
        if one.spec.indicator is not None:
            here = spot.below("spec", "indicator", "thresholdMetric")
            value = read_over.valued(_alpha_query(one.spec.indicator.threshold_metric, here))
            return Measure(one.metadata.name, value, here, is_value=True)
        ratio, here = goal.ratio_metrics, spot.below("spec", "objectives", index, "ratioMetrics")
        assert ratio is not None
        good, total = _alpha_query(ratio.good, here.below("good")), _alpha_query(ratio.total, here.below("total"))
        found = read_over.counted(good, total, is_bad=False, is_counter=ratio.incremental or bool(ratio.counter))
        return Measure(one.metadata.name, found, here, False, (here.note(found.decided),) if found.decided else ())

    return measure


def _alpha_query(query: alpha.Query, spot: Spot) -> Expr:
    if not speaks_promql(query.source):
        raise UnsayableError(f"its data source is {query.source}, and rules read Prometheus")
    return spot.below("query").promql(query.query)
