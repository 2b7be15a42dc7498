"""The figures as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generators.units import Duration
from tests.bench.slo import contenders, peers
from tests.bench.slo.accuracy import Error
from tests.bench.slo.cost import Cost
from tests.bench.slo.detection import Told
from tests.bench.slo.recording import Tally
from tests.bench.slo.rules import EVERY, seconds

Row = Sequence[str]
_ORDER = (contenders.TOCSIN, contenders.RAW, peers.SLOTH, peers.SLOTH_PLAIN, peers.PYRRA, peers.PYRRA_FAST)


def print_table(title: str, columns: Row, rows: Iterable[Row]) -> None:
    """A Markdown table."""
    print(f"{title}\n\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print(flush=True)


def cost_columns(sizes: Sequence[int]) -> Row:
    read = (f"{size:,} series" for size in sizes)
    return ("rules of", "rules", *read, "samples an hour", "seconds", "of tocsin's samples")


def cost_rows(costs: Mapping[str, Mapping[int, Cost]], sizes: Sequence[int]) -> Iterator[Row]:
    """Samples of one evaluation by size; hours, seconds and the share are of the last size."""
    last = sizes[-1]
    ours = costs[contenders.TOCSIN][last]
    for name in filter(costs.__contains__, _ORDER):
        known = costs[name]
        mark = "" if last in known else " (extrapolated)"
        read = {size: _extended({n: cost.samples for n, cost in known.items()}, size) for size in sizes}
        cells = [f"{samples:,.0f}{'' if size in known else mark}" for size, samples in read.items()]
        hour = _extended({n: cost.samples_per_hour for n, cost in known.items()}, last)
        took = f"{known[last].seconds:.3f}" if last in known else "-"
        rules = str(known[max(known)].rules)
        yield name, rules, *cells, f"{hour:,.0f}{mark}", took, f"x {read[last] / ours.samples:,.1f}"


def _extended(known: Mapping[int, float], size: int) -> float:
    """The figure for a size; if that was not measured, on the straight line through the two largest that were."""
    if size in known:
        return known[size]
    second, first = sorted([0, *known])[-2:]
    low = known.get(second, 0)
    return low + (known[first] - low) / (first - second) * (size - second)


def error_columns(windows: Sequence[str]) -> Row:
    return ("ratios of", *windows)


def error_rows(errors: Mapping[str, Mapping[int, Error]], windows: Sequence[str]) -> Iterator[Row]:
    """Typical and worst error of the ratio whose window is nearest to each column's."""
    for name in filter(errors.__contains__, _ORDER):
        cells = []
        for asked in map(seconds, windows):
            nearest = min(errors[name], key=lambda known: abs(known - asked))
            label = "" if nearest == asked else f" ({Duration.parse(f'{nearest}s')})"
            error = errors[name][nearest]
            cells.append(f"{percent(error.typical)} / {percent(error.worst)}{label}")
        yield name, *cells


def period_row(title: str, period: int, errors: Mapping[str, Mapping[int, Error]]) -> Row:
    """The error over the period, of each contender."""
    every = [errors[name][period] for name in _ORDER if name in errors]
    return title, f"{every[0].truth:.6f}", *(percent(error.worst) for error in every)


def period_columns() -> Row:
    return ("not scraped", "true ratio", *(name for name in _ORDER if name != contenders.RAW))


def told_row(title: str, told: Mapping[str, Told | None]) -> Row:
    """Minutes until somebody is told, by contender, and how many evaluations that is after raw windows."""
    return title, *(_told(told[name], told[contenders.RAW]) for name in _TOLD)


_TOLD = tuple(name for name in _ORDER if name not in {peers.SLOTH_PLAIN, peers.PYRRA_FAST})
TOLD_COLUMNS = ("fault", *_TOLD)


def _told(one: Told | None, raw: Told | None) -> str:
    if one is None:
        return "-"
    later = round((one.after - raw.after) / EVERY) if raw else 0
    return f"{one.after / 60:,.2f} min, {one.tier}" + (f" ({later:+d})" if later else "")


def tally_rows(tallies: Mapping[str, Tally]) -> Iterator[Row]:
    for name in filter(tallies.__contains__, _ORDER):
        yield name, f"{tallies[name].samples:,}", f"{tallies[name].nans:,}"


def percent(share: float) -> str:
    """A share in percent, with digits where it is small."""
    return f"{share:.3%}" if share < 0.01 else f"{share:.1%}"
