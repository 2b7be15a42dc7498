"""Specs of sloth, imported and compiled, against the rules that sloth makes of them: the same SLOs, windows, factors
and, judged by promtool on the same series, the same decisions to page and to make a ticket."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generators.emit.yaml_text import yaml_text
from generators.model.catalog import Catalog
from generators.toolchain import Tool, judges, require
from tests.helpers import rendered, run
from tests.interchange.catalogs import catalog, files
from tests.interchange.conformance import Burn, burns, folder, objectives, rules

SPECS = ("getting-started", "home-wifi", "kubernetes-apiserver", "multifile", "no-alerts")
EVERY = pytest.mark.parametrize("name", SPECS)
LENGTH = "x440"  # minutes; as nothing changes, windows that reach further back read the same
WHEN = "7h"
REQUESTS = "http_request_duration_seconds_count"
APISERVER = "apiserver_request_duration_seconds"


def counters(good: str, bad: str) -> Mapping[str, Mapping[str, str]]:
    """Good and bad events of a thousand a minute, by scenario."""
    return {
        "healthy": {good: "0+1000", bad: "0+0"},
        "full outage": {good: "0+0", bad: "0+1000"},
        "5% errors": {good: "0+950", bad: "0+50"},
    }


def wifi(*satisfied: str) -> dict[str, str]:
    """Twenty clients, each as satisfied as the next of these."""
    name = "unifipoller_client_satisfaction_ratio"
    values = [*satisfied, *["0.9"] * (20 - len(satisfied))]
    return {f'{name}{{client="{i}"}}': f"{value}+0" for i, value in enumerate(values)}


def latency() -> Mapping[str, Mapping[str, str]]:
    """A thousand requests a minute, of which some are slow."""
    fast, every = f'{APISERVER}_bucket{{le="0.4",verb="GET"}}', f'{APISERVER}_count{{verb="GET"}}'
    return {
        "healthy": {every: "0+1000", fast: "0+1000"},
        "full outage": {every: "0+1000", fast: "0+0"},
        "5% errors": {every: "0+1000", fast: "0+950"},
    }


def both(one: Mapping[str, Mapping[str, str]], other: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    return {scenario: {**one[scenario], **other[scenario]} for scenario in one}


def http(job: str) -> Mapping[str, Mapping[str, str]]:
    return counters(f'{REQUESTS}{{job="{job}",code="200"}}', f'{REQUESTS}{{job="{job}",code="500"}}')


SERIES: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "getting-started": http("myservice"),
    "home-wifi": {
        "healthy": wifi(),
        "full outage": wifi(*["0.1"] * 20),
        "5% errors": wifi("0.7", "0.7"),  # a tenth of the clients, none of them below a half
    },
    "kubernetes-apiserver": both(
        counters('apiserver_request_total{code="200"}', 'apiserver_request_total{code="503"}'), latency()
    ),
    "multifile": http("myservice"),
    "no-alerts": http("myapp"),
}
# Which of the alerts each scenario leads to, by SLO: pages (P) and tickets (T).
DECISIONS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("getting-started", "requests-availability"): {"full outage": "PT", "5% errors": "PT"},
    ("home-wifi", "good-wifi-client-satisfaction"): {"full outage": "PT", "5% errors": "T"},
    ("home-wifi", "risk-wifi-client-satisfaction"): {"full outage": "PT"},
    ("kubernetes-apiserver", "requests-availability"): {"full outage": "PT", "5% errors": "PT"},
    ("kubernetes-apiserver", "requests-latency"): {"full outage": "PT", "5% errors": "T"},
    ("multifile", "requests-availability"): {"full outage": "PT", "5% errors": "PT"},
    ("no-alerts", "http-availability"): {},
}


def imported(name: str) -> str:
    result = run("import", "sloth", str(folder("sloth") / "in" / f"{name}.yml"), "--owner", "sre")
    assert result.exit_code == 0, result.stderr
    return result.stdout


def made(name: str) -> list[dict[str, Any]]:
    """The rules that sloth makes."""
    return rules(folder("sloth") / "out" / f"{name}.yml")


def slos(found: Catalog) -> dict[tuple[str, str], Any]:
    return {(slo.service, slo.name): slo for service in found.services for slo in service.slos}


@EVERY
def test_the_slos_and_their_objectives_are_those_of_sloth(name: str) -> None:
    found = slos(catalog(imported(name)))
    assert {key: slo.objective for key, slo in found.items()} == objectives(made(name))


@EVERY
def test_the_windows_and_factors_are_those_of_sloth(name: str) -> None:
    for (service, slo), one in slos(catalog(imported(name))).items():
        ours = {Burn(str(t.short), str(t.long), t.factor(one.period), t.pages) for t in one.tiers}
        assert ours == burns(made(name), service, slo)


def decided(labels: Mapping[str, str]) -> str:
    """1 if an alert with these labels fires, 0 otherwise."""
    chosen = ",".join(f'{label}="{value}"' for label, value in labels.items())
    return f'(count(ALERTS{{alertstate="firing",{chosen}}}) or vector(0)) > bool 0'


def checks(key: tuple[str, str], expected: str) -> list[dict[str, Any]]:
    """For each kind of alert, that both sets of rules decide as expected."""
    service, slo = key
    found = []
    for letter, sloth, severity in (("P", "page", "high"), ("T", "ticket", "low")):
        theirs = {"sloth_service": service, "sloth_slo": slo, "sloth_severity": sloth}
        ours = {"service": service, "slo": slo, "severity": severity, "category": "slo-burn"}
        for labels in (theirs, ours):
            samples = [{"labels": "{}", "value": int(letter in expected)}]
            found.append({"expr": decided(labels), "eval_time": WHEN, "exp_samples": samples})
    return found


@EVERY
@pytest.mark.parametrize("tool", judges("promtool") or [require("promtool")], ids=str)
def test_the_decisions_are_those_of_sloth(name: str, tool: Tool, tmp_path: Path) -> None:
    texts = rendered(files(imported(name)))
    written = [tmp_path / "sloth.yaml"]
    written[0].write_text(yaml_text({"groups": [{"name": "sloth", "rules": made(name)}]}))
    for path, text in texts.items():
        if path.startswith("prod/prometheus/rules/"):
            written.append(tmp_path / Path(path).name)
            written[-1].write_text(text)
    keys = list(slos(catalog(imported(name))))
    tests = [
        {
            "name": scenario,
            "interval": "1m",
            "input_series": [{"series": s, "values": f"{v}{LENGTH}"} for s, v in series.items()],
            "promql_expr_test": [c for k in keys for c in checks(k, DECISIONS[name, k[1]].get(scenario, ""))],
        }
        for scenario, series in SERIES[name].items()
    ]
    document = {"rule_files": [p.name for p in written], "evaluation_interval": "5m", "tests": tests}
    (tmp_path / "test.yaml").write_text(yaml_text(document))
    done = subprocess.run(
        [tool.path, "test", "rules", "test.yaml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
