"""Reading OpenSLO files, of v1 and v1alpha."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generators.diagnostics import CatalogError, Diagnostic, refuse
from generators.interchange import openslo_alert_spec as alerts
from generators.interchange import openslo_alpha, openslo_alpha_spec
from generators.interchange import openslo_indicator as indicator
from generators.interchange import openslo_spec as v1
from generators.interchange.foreign import Foreign, chosen, read_documents
from generators.interchange.objective import Imported, Named, Objective, Party
from generators.interchange.openslo_indicator import Measure, UnsayableError
from generators.interchange.openslo_library import Library, service_notes
from generators.interchange.openslo_slo import Told, objectives
from generators.interchange.spot import Spot
from generators.interchange.texts import clean
from generators.source import Document, Scalar

_ALPHA = "openslo/v1alpha"
_VERSIONS: dict[str, type[Foreign]] = {"openslo/v1": Foreign, _ALPHA: Foreign}
_ALPHA_KINDS: dict[str, type[Foreign]] = {"SLO": openslo_alpha_spec.Slo, "Service": openslo_alpha_spec.Service}
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
    elif isinstance(one, openslo_alpha_spec.Slo):
        yield openslo_alpha.told(Spot(document), one)


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
        case v1.Slo() | openslo_alpha_spec.Slo():
            yield Party(Named(one.spec.service, spot.below("spec", "service").place), _owners(one.metadata, spot))
        case v1.Service() | openslo_alpha_spec.Service():
            name = Named(one.metadata.name, spot.below("metadata", "name").place)
            title, no_title = clean(one.metadata.display_name, spot.below("metadata", "displayName").note(""))
            text, no_text = clean(one.spec.description, spot.below("spec", "description").note(""))
            notes = (*service_notes(spot), *no_title, *no_text)
            yield Party(name, _owners(one.metadata, spot), title, text, notes)


def _owners(metadata: alerts.Metadata, spot: Spot) -> tuple[Named, ...]:
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
