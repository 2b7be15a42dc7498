"""Catalogs of nothing but SLOs, and the same SLOs as sloth writes them: ten to a service, a file for each service."""

from __future__ import annotations

from pathlib import Path

from tests.bench import synthetic

PER_SERVICE = 10
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
