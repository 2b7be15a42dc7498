"""The command line of imports: who owns what, what can't be read, and files that others wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import run
from tests.interchange.catalogs import catalog
from tests.interchange.conformance import folder

SLOTH = """
version: prometheus/v1
service: bakery
slos:
  - name: edible
    objective: 99
    sli: {events: {error_query: "sum(rate(a[{{.window}}]))", total_query: "sum(rate(b[{{.window}}]))"}}
    alerting: {}
"""


@pytest.fixture
def spec(tmp_path: Path) -> str:
    (tmp_path / "slos.yml").write_text(SLOTH)
    return str(tmp_path / "slos.yml")


def test_the_owner_is_said_on_the_command_line(spec: str) -> None:
    result = run("import", "sloth", spec, "--owner", "bakers")
    assert result.exit_code == 0
    assert "owner: bakers\n" in result.stdout


def test_the_file_has_the_last_word_on_the_owner(spec: str) -> None:
    Path(spec).write_text(SLOTH + "labels: {owner: millers}\n")
    assert "owner: millers\n" in run("import", "sloth", spec, "--owner", "bakers").stdout


def test_an_owner_that_can_be_no_team(spec: str) -> None:
    result = run("import", "sloth", spec, "--owner", "The Bakers")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "`--owner the-bakers`" in result.stderr


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = run("import", "sloth", str(tmp_path / "nowhere.yml"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot read" in result.stderr


def test_a_file_of_another_format(spec: str) -> None:
    result = run("import", "pyrra", spec)
    assert (result.exit_code, result.stdout) == (2, "")
    assert 'the key "kind" is missing' in result.stderr


def test_notes_go_to_standard_error(spec: str) -> None:
    Path(spec).write_text(SLOTH + "labels: {owner: millers, shop: main}\n")
    result = run("import", "sloth", spec)
    assert f'{spec}:9 labels.shop "main"' in result.stderr


OPENSLO = {
    "the SLO of a web service": (["slos.yaml"], 0),
    "a source of any kind": (["occurences-slo.yaml"], 1),
    "indicators that no SLO uses": (["slis.yaml"], 0),
    "policies that no SLO uses": (["alert_policies.yaml", "alert_conditions.yaml"], 0),
    "a service twice": (["services.yaml"], 2),
    "all of them that go together": (
        ["slos.yaml", "slis.yaml", "alert_policies.yaml", "alert_conditions.yaml", "alert_notification_targets.yaml"],
        0,
    ),
}


@pytest.mark.parametrize(("names", "status"), OPENSLO.values(), ids=OPENSLO)
def test_documents_of_openslo_itself(names: list[str], status: int) -> None:
    files = [str(folder("openslo") / name) for name in names]
    result = run("import", "openslo", *files, "--owner", "sre")
    assert result.exit_code == status, result.stderr
    if "service: " in result.stdout:
        assert catalog(result.stdout).services
