"""Random traffic: what a platform goes through in hours or days."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from tests.truth.claims import Setting, Trial
from tests.truth.exposed import SLOS
from tests.truth.traffic import Numbers, Pod, Segment, Traffic

_SPACINGS = (1, 1, 2, 4)
_FEW = st.integers(0, 3)
_SOME = st.integers(1, 60)
_MANY = st.integers(1, 2000)


def _steady(numbers: st.SearchStrategy[int]) -> st.SearchStrategy[Numbers]:
    return numbers.map(lambda number: (number,))


_NONE = st.just((0,))
_SPARSE = st.lists(_FEW, min_size=2, max_size=5).map(tuple)
# Good and bad events of a unit: nobody there, quiet and busy times, few errors, bursts of errors, and full outages.
_PATTERNS = (
    (_steady(_MANY), _SPARSE),
    (_steady(_SOME), _NONE),
    (_steady(_SOME), _steady(_FEW)),
    (_NONE, _NONE),
    (_steady(_MANY), _NONE),
    (_steady(_SOME), _steady(_MANY)),
    (_SPARSE, _SPARSE),
    (_NONE, _steady(_MANY)),
)


@st.composite
def segments(draw: st.DrawFn, units: int) -> Segment:
    """Up to a quarter of the time, or just a moment."""
    good, bad = draw(st.sampled_from(_PATTERNS))
    lasting = draw(st.one_of(st.integers(1, 12), st.integers(1, units // 4)))
    return Segment(lasting, draw(good), draw(bad))


@st.composite
def pods(draw: st.DrawFn, units: int) -> Pod:
    """A pod that is there all the time or for a part of it."""
    moment = st.integers(1, units)
    born = draw(st.one_of(st.just(0), moment))
    died = draw(st.one_of(st.just(units + 1), st.integers(born + 1, units + 1)))
    return Pod(
        born,
        died,
        draw(st.integers(1, 3)),
        every := draw(st.sampled_from(_SPACINGS)),
        draw(st.integers(0, every - 1)),
        (draw(st.sampled_from((0, 3, 10**6))), draw(st.sampled_from((0, 2, 10**5)))),
        frozenset(draw(st.sets(moment, max_size=3))),
        frozenset(draw(st.sets(moment, max_size=20))),
    )


@st.composite
def rollouts(draw: st.DrawFn, units: int) -> tuple[Pod, ...]:
    """One pod after the other is replaced."""
    start = draw(st.integers(1, units - 12))
    old = [draw(pods(units)) for _ in range(draw(st.integers(1, 3)))]
    ends = range(start, start + 2 * len(old), 2)
    gone = (replace(pod, born=0, died=end) for pod, end in zip(old, ends, strict=True))
    new = (replace(pod, born=end, died=units + 1) for pod, end in zip(old, ends, strict=True))
    return (*gone, *new)


@st.composite
def traffic(draw: st.DrawFn, units: int) -> Traffic:
    """A load, and pods that come and go at random or in a rollout."""
    several = st.lists(pods(units), min_size=1, max_size=4).map(tuple)
    load = tuple(draw(st.lists(segments(units), min_size=2, max_size=10)))
    return Traffic(units, load, draw(st.one_of(several, rollouts(units))))


def drawn(setting: Setting, number: int, seed: int) -> list[Trial]:
    """So many trials, of each SLO in turn, the same ones for the same seed. One run of promtool judges them all."""
    found: list[Trial] = []
    last = setting.units // setting.evaluation

    @seeded(seed)
    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(traffic(setting.units), st.sets(st.integers(1, last), min_size=2, max_size=8))
    def gather(happening: Traffic, ticks: set[int]) -> None:
        found.append(Trial(SLOS[len(found) % len(SLOS)], happening, tuple(sorted(ticks | {last}))))

    gather()
    return found
