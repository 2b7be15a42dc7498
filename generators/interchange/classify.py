"""Which kind of signal says the same as another tool's queries: a latency, probe or ratio."""

from __future__ import annotations

from collections.abc import Callable

from generators.interchange.algebra import complement, difference, per_second, quotient, read_sum, without_zeros
from generators.interchange.latency import classic, native
from generators.interchange.objective import Counted, Indicator, Measured, Share
from generators.interchange.shape import GROWTH, Classified, Events, by, matchers, reference, sayable, text, usage
from generators.inventory import MetricType
from generators.promql import Expr

_BOOLEAN = ("_up", "_success", "_ready", "_healthy")


def classified(measured: Measured) -> Classified | None:
    """The signal of a kind that means exactly the same; None where there is none."""
    if found := native(measured.indicator):
        return found
    counted = counted_of(measured.indicator)
    events = _events(counted, measured.is_boolean) if counted else None
    if events is None or events.total.by != events.part.by or not (sayable(events.total) and sayable(events.part)):
        return None
    return next((found for kind in _KINDS if (found := kind(events))), None)


def counted_of(indicator: Indicator) -> Counted | None:
    """Both queries; a share that is written as a division is two."""
    match indicator:
        case Counted():
            return indicator
        case Share(bad):
            good = complement(bad)
            sides = quotient(bad if good is None else good)
            if sides is None:
                return None
            return Counted(sides[1], bad=sides[0]) if good is None else Counted(sides[1], good=sides[0])
        case _:
            return None


def _events(counted: Counted, is_boolean: bool) -> Events | None:
    (part, one), (whole, other) = per_second(_part(counted)), per_second(counted.total)
    if one != other:
        return None
    total, found, is_bad = read_sum(whole), without_zeros(part), counted.bad is not None
    sides = difference(found)
    if sides is not None and total is not None and read_sum(sides[0]) == total:
        found, is_bad = without_zeros(sides[1]), not is_bad
    rest = read_sum(found)
    return Events(total, rest, is_bad, is_boolean) if total and rest else None


def _part(counted: Counted) -> Expr:
    part = counted.good if counted.bad is None else counted.bad
    assert part is not None
    return part


def _probe(events: Events) -> Classified | None:
    total, part = events.total, events.part
    functions = (total.function, part.function)
    if events.is_bad or functions != ("count_over_time", "sum_over_time") or total.series != part.series:
        return None
    metric = total.series.metric
    if not (events.is_boolean or metric == "up" or metric.endswith(_BOOLEAN)):
        return None
    signal = {"kind": "probe", "metric": reference(total), **by(total)}
    return Classified(signal, (usage(total, MetricType.GAUGE),), names_bad=False)


def _ratio(events: Events) -> Classified | None:
    total, part = events.total, events.part
    if total.function not in GROWTH or total.function != part.function:
        return None
    name = "bad" if events.is_bad else "good"
    chosen = _chosen(events)
    told = {name: chosen} if chosen else {f"{name}_counter": reference(part)}
    signal = {"kind": "ratio", "counter": reference(total), **told, **by(total)}
    used = (usage(total, MetricType.COUNTER), usage(part, MetricType.COUNTER))
    return Classified(signal, used, names_bad=events.is_bad)


_KINDS: tuple[Callable[[Events], Classified | None], ...] = (classic, _probe, _ratio)


def _chosen(events: Events) -> dict[str, str]:
    """The matchers that choose the part of the total; nothing where it is another metric or not within it."""
    of_total, of_part = matchers(events.total), matchers(events.part)
    if events.total.series.metric != events.part.series.metric or not of_total.keys() <= of_part.keys():
        return {}
    return {label: text(one) for label, one in of_part.items() if of_total.get(label) != one}
