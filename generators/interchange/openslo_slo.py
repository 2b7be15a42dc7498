"""SLOs of OpenSLO, whatever its version, as objectives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from generators.interchange import openslo_alert_spec as alerts
from generators.interchange import openslo_spec as v1
from generators.interchange.notes import CARRIED, Fates, Note, remarks
from generators.interchange.objective import Objective, Tier
from generators.interchange.openslo_goal import Judged, judged, target
from generators.interchange.openslo_indicator import Measure, UnsayableError
from generators.interchange.openslo_library import HEAD, Library
from generators.interchange.openslo_period import Period, period
from generators.interchange.openslo_tiers import Found, tiers
from generators.interchange.spot import Spot
from generators.interchange.texts import clean
from generators.scalar import decimal_text

_INLINE_METADATA = "{value}: the catalog knows signals by name only"
_FATES: Fates = {
    **HEAD,
    "metadata displayName": CARRIED,
    "metadata labels owner": CARRIED,
    "metadata labels team": CARRIED,
    "spec": CARRIED,
    **{
        f"{at} metadata {key}": _INLINE_METADATA
        for at in ("spec indicator", "spec objectives * indicator", "spec alertPolicies * conditions *")
        for key in ("displayName", "labels", "annotations")
    },
    **{f"spec {at}indicator spec description": _INLINE_METADATA for at in ("", "objectives * ")},
    "spec alertPolicies * metadata": "{value}: policies are the platform's",
    "spec alertPolicies * spec description": "{value}: policies have no texts",
    "spec alertPolicies * spec notificationTargets": "who is told follows from team and severity",
    "spec alertPolicies * spec conditions * metadata annotations tocsin/short-window": CARRIED,
    "spec objectives * compositeWeight": "{value}: the SLOs of a composite weigh as many events as they have",
}
_NO_POLICIES = "there are none, and an SLO always has tiers: the platform's, or those of the SRE workbook"


@dataclass(frozen=True, slots=True)
class Told:
    """An SLO as any version says it; `measure` makes the indicator of the objective with that index."""

    spot: Spot
    metadata: alerts.Metadata
    service: str
    description: str
    method: str
    windows: tuple[v1.TimeWindow, ...]
    windows_key: str
    goals: tuple[v1.Goal, ...]
    measure: Callable[[int], Measure]
    policies: tuple[alerts.PolicyUse, ...] | None = None
    is_composite: bool = False


def objectives(told: Told, library: Library) -> Iterator[Objective]:
    """An objective for each of the document's, and one more for a composite. Raises CatalogError."""
    over = period(told.windows, told.spot.below("spec", told.windows_key))
    table, about = _tiers(told, over, library)
    names = list(_names(told))
    found = [_objective(told, index, name, over, table) for index, name in enumerate(names)]
    whole = [_composite(told, found)] if told.is_composite else []
    every = [*found, *whole]
    notes = (*about, *over.notes, *(remark.note for remark in remarks(told.spot.document.root, _FATES)))
    yield replace(every[0], notes=(*notes, *every[0].notes))
    yield from every[1:]


def _names(told: Told) -> Iterator[str]:
    """The SLO's own name, with what tells its objectives apart where there are several."""
    if len(told.goals) == 1 and not told.is_composite:
        yield told.metadata.name
        return
    seen: set[str] = set()
    for index, goal in enumerate(told.goals):
        tail = goal.display_name or f"{decimal_text(target(goal) * 100)}%"
        name = f"{told.metadata.name} {tail}" if tail not in seen else f"{told.metadata.name} {tail} {index + 1}"
        seen.add(tail)
        yield name


def _objective(told: Told, index: int, name: str, over: Period, table: tuple[Tier, ...] | None) -> Objective:
    goal, here = told.goals[index], told.spot.below("spec", "objectives", index)
    text, no_text = clean(told.description, told.spot.below("spec", "description").note(""))
    title, no_title = clean(_title(told, goal), here.note(""))
    base = Objective(
        told.service,
        name,
        here.place if len(told.goals) > 1 else told.spot.below("metadata", "name").place,
        target(goal),
        over.text,
        title=title,
        description=text,
        tiers=table,
        notes=(*no_title, *(no_text if index == 0 else ())),
    )
    try:
        found: Judged = judged(told.measure(index), goal, told.method, here)
    except UnsayableError as error:
        return replace(base, refusal=str(error))
    return replace(base, measured=found.measured, slices=found.slices, notes=(*base.notes, *found.notes))


def _title(told: Told, goal: v1.Goal) -> str:
    words = [told.metadata.display_name or told.metadata.name]
    if len(told.goals) > 1 or told.is_composite:
        words += [goal.display_name] if goal.display_name else []
    title = ": ".join(words)
    return "" if title == told.metadata.name else title


def _composite(told: Told, parts: list[Objective]) -> Objective:
    """The whole of a composite, whose target the document only says for its parts."""
    targets = {part.target for part in parts}
    here = told.spot.below("spec", "objectives")
    refusal = "" if len(targets) == 1 else "its parts have different targets, and the document says none for the whole"
    return replace(
        parts[0],
        name=told.metadata.name,
        place=here.place,
        measured=None,
        slices=None,
        of=tuple(part.name for part in parts),
        title=told.metadata.display_name if parts[0].title else "",
        notes=(),
        refusal=refusal,
    )


def _tiers(told: Told, over: Period, library: Library) -> tuple[tuple[Tier, ...] | None, tuple[Note, ...]]:
    if not told.policies:
        return None, (told.spot.below("spec", "alertPolicies").note(_NO_POLICIES),)
    return tiers(_conditions(told.policies, told.spot, library), over.length)


def _conditions(policies: tuple[alerts.PolicyUse, ...], spot: Spot, library: Library) -> Iterator[Found]:
    for index, use in enumerate(policies):
        here = spot.below("spec", "alertPolicies", index)
        if use.alert_policy_ref is not None:
            policy, at = library.find(v1.AlertPolicy, use.alert_policy_ref, here.below("alertPolicyRef"))
            yield from _of_policy(policy.spec, at.below("spec"), library)
        elif use.spec is not None:
            yield from _of_policy(use.spec, here.below("spec"), library)


def _of_policy(policy: alerts.PolicySpec, spot: Spot, library: Library) -> Iterator[Found]:
    for index, use in enumerate(policy.conditions if policy.alert_when_breaching else ()):
        here = spot.below("conditions", index)
        if use.condition_ref is not None:
            condition, at = library.find(v1.AlertCondition, use.condition_ref, here.below("conditionRef"))
            yield Found(condition.metadata, condition.spec, at.below("spec"))
        elif use.spec is not None and use.metadata is not None:
            yield Found(use.metadata, use.spec, here.below("spec"))
