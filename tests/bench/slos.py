"""Catalogs of nothing but SLOs, and the same SLOs as sloth writes them: ten to a service, a file for each service."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench import sloth, synthetic
from tests.bench.timing import Took, timed

PER_SERVICE = 10
COLUMNS = ("SLOs", "what", "tocsin", "sloth generate", "tocsin to sloth")
_RUNS = 3
_LONG = 60  # seconds
_HEAD = """\
service: {name}
title: Service {name}
owner: team-{team}
dashboard: group-{group}
select: {{job: {name}}}
metrics:
  http_requests_total: {{type: counter, unit: requests, labels: [code, route]}}
signals:
"""
_SIGNAL = "  r{n}: {{kind: ratio, counter: http_requests_total, select: {{route: /r{n}}}, bad: {{code: =~5..}}}}\n"
_SLO = "  r{n}: {{signal: r{n}, objective: 99.9%, period: 30d}}\n"
_SLOTH_HEAD = """\
version: prometheus/v1
service: {name}
slos:
"""
_SLOTH_SLO = """\
  - name: r{n}
    objective: 99.9
    description: Requests of /r{n} of {name}.
    sli:
      events:
        error_query: sum(rate(http_requests_total{{job="{name}",route="/r{n}",code=~"5.."}}[{{{{.window}}}}]))
        total_query: sum(rate(http_requests_total{{job="{name}",route="/r{n}"}}[{{{{.window}}}}]))
    alerting:
      name: Service{number}R{n}
      page_alert: {{labels: {{severity: sev2}}}}
      ticket_alert: {{labels: {{severity: sev3}}}}
"""


def write(folder: Path, slos: int) -> None:
    """A catalog of so many SLOs."""
    services = slos // PER_SERVICE
    for path, text in synthetic.around(services).items():
        _put(folder / path, text)
    for number in range(services):
        _put(folder / "services" / f"service-{number}.yaml", _service(number))


def write_for_sloth(folder: Path, slos: int) -> None:
    """The same SLOs for sloth."""
    for number in range(slos // PER_SERVICE):
        name = f"service-{number}"
        each = (_SLOTH_SLO.format(name=name, number=number, n=n) for n in range(PER_SERVICE))
        _put(folder / f"{name}.yaml", _SLOTH_HEAD.format(name=name) + "".join(each))


def _service(number: int) -> str:
    team, group = number // synthetic.SERVICES_PER_TEAM, number // synthetic.SERVICES_PER_DASHBOARD
    numbers = range(PER_SERVICE)
    signals, slos = (("".join(line.format(n=n) for n in numbers)) for line in (_SIGNAL, _SLO))
    return f"{_HEAD.format(name=f'service-{number}', team=team, group=group)}{signals}slos:\n{slos}"


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def rows(folder: Path, sizes: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Processor and wall seconds of whole processes, beside sloth's on the same SLOs; the best of three runs."""
    binary = sloth.ensure()
    for size in sizes:
        catalog, specs, made = (folder / f"{what}-{size}" for what in ("slos", "sloth", "made"))
        write(catalog, size)
        write_for_sloth(specs, size)
        theirs = _best(_sloth(str(binary), specs, made), made) if binary else None
        for what, module in _COMMANDS.items():
            ours = _best((sys.executable, "-m", *module, "--catalog", str(catalog), "--output", str(made)), made)
            ratio = f"x {ours.processor / theirs.processor:.1f}" if theirs else "-"
            yield f"{size:,}", what, _said(ours), _said(theirs), ratio


_COMMANDS = {
    "the rule files": ("tests.bench.rules_only",),
    "everything: `tocsin render`": ("generators", "render"),
}


def _sloth(binary: str, specs: Path, made: Path) -> Sequence[str]:
    return binary, "generate", f"--input={specs}", f"--out={made}"


def _best(command: Sequence[str], made: Path) -> Took:
    """The least of each; a first run that takes more than a minute is the only one."""
    runs: list[Took] = []
    while len(runs) < _RUNS and (not runs or runs[0].wall < _LONG):
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()  # sloth writes into a folder that is there
        runs.append(timed(command))
    return Took(*(min(figures) for figures in zip(*runs, strict=True)))


def _said(took: Took | None) -> str:
    return f"{took.processor:.2f} / {took.wall:.2f}" if took else "-"
