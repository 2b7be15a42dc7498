"""Whether what is written down of sloth's rules is what its binary writes."""

from __future__ import annotations

from pathlib import Path

from tests.bench import sloth
from tests.bench.slo import peers
from tests.bench.slo.rules import Rule, read
from tests.bench.slo.traffic import METRIC

_PLAIN = '--slo-plugins={"id": "sloth.dev/core/sli_rules/v1", "priority": 0, "config": {"disableOptimized": true}}'
_JOB = "some-job"
_SPEC = """\
version: prometheus/v1
service: JOB
slos:
  - name: availability
    objective: 99.9
    sli:
      events:
        error_query: sum(rate(METRIC{job="JOB",code=~"5.."}[{{.window}}]))
        total_query: sum(rate(METRIC{job="JOB"}[{{.window}}]))
    alerting:
      name: Availability
      page_alert: {}
      ticket_alert: {}
"""


def compare(folder: Path) -> str:
    """How sloth's rules are known, as a sentence; it is an error if they are not what its binary writes."""
    binary = sloth.ensure()
    if binary is None:
        return f"sloth {sloth.version()}: as written down (its binary is not at hand)."
    for optimised, options in ((True, ()), (False, (_PLAIN,))):
        real = set(map(_comparable, _generated(binary, folder, *options)))
        written = set(map(_comparable, peers.sloth(_JOB, optimised)))
        if real != written:
            raise ValueError(f"sloth writes other rules than tests/bench/slo/peers.py says: {real ^ written}")
    return f"sloth {sloth.version()}: as its binary writes them."


def _generated(binary: Path, folder: Path, *options: str) -> tuple[Rule, ...]:
    spec, made = folder / "sloth.yaml", folder / "sloth-rules.yaml"
    spec.write_text(_SPEC.replace("JOB", _JOB).replace("METRIC", METRIC), encoding="utf-8")
    sloth.generate(binary, spec, made, *options)
    return read(made.read_text(encoding="utf-8"))


def _comparable(rule: Rule) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    return rule.name, "".join(rule.expr.split()), tuple(sorted(rule.labels.items()))
