"""README and docs say what is true: their commands run, their catalogs compile, what is generated is current."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from generators import pipeline
from generators.commands.schema import schema_text
from generators.reference import reference
from generators.toolchain import judges
from tests.helpers import bundles, run
from tests.shipped import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SLO_PAGE = (ROOT / "docs" / "slo.md").read_text(encoding="utf-8")
LANGUAGE = (ROOT / "docs" / "catalog.md").read_text(encoding="utf-8")


def test_the_schema_is_the_one_that_the_models_make() -> None:
    assert (ROOT / "docs" / "catalog.schema.json").read_text(encoding="utf-8") == schema_text()


def test_the_reference_is_the_one_that_the_models_make() -> None:
    assert (ROOT / "docs" / "reference.md").read_text(encoding="utf-8") == reference()


def test_the_commands_for_a_catalog_of_ones_own_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    section = README.partition("## Start a catalog of your own")[2]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert block is not None
    monkeypatch.chdir(tmp_path)
    for line in block[1].splitlines():
        program, *arguments = shlex.split(line)
        assert program == ".venv/bin/tocsin"
        assert run(*arguments).exit_code == 0, line


def test_the_readme_names_every_command() -> None:
    listed = re.findall(r"^  (\w+)  ", run("--help").stdout.partition("Commands:")[2], re.MULTILINE)
    assert listed
    assert [name for name in listed if f"`tocsin {name}" not in README] == []


def test_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make (\w+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("name", ["explain gateway.slow", "route team=edge severity=sev2", "check"])
def test_the_commands_of_the_readme_run_on_the_shipped_catalog(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert run(*name.split()).exit_code == 0


@pytest.mark.parametrize("page", ["catalog.md", "slo.md"])
def test_every_key_of_the_examples_is_known(page: str) -> None:
    """The examples are parts of documents: each first key has to be one that the reference lists."""
    known = set(re.findall(r"^\| `(\w+)`", reference(), re.MULTILINE)) | {"environments"}
    for block in re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL):
        keys = set(re.findall(r"^([a-z_]+):", block, re.MULTILINE))
        assert keys <= known


def test_the_examples_of_the_slo_page_compile() -> None:
    """They are laid into the bakery: its SLO, with tiers of its own, and announced work."""
    first, tiers, work = re.findall(r"```yaml\n(.*?)```", SLO_PAGE, re.DOTALL)
    slo = first.removeprefix("slos:\n").replace("requests ", "orders ").replace("error-budget-burn", "burnt-bread")
    inside = "".join(f"+    {line}\n" for line in tiers.splitlines()).replace("sev4", "crumbs")
    added = "".join(f"+{line}\n" for line in slo.splitlines())
    announced = "".join(f"+{line}\n" for line in work.replace("control", "oven").splitlines())
    change = f"-retention: 30d\n+retention: 90d\n-    period: 28d\n+    period: 28d\n{inside}{added}+---\n{announced}"
    service = next(s for s in bundles(change)["shop"].catalog.services if s.name == "oven")
    assert [one.title for one in service.slos[0].maintenance] == ["Upgrade of PostgreSQL"]
    assert [str(slo.period) for slo in service.slos] == ["28d", "month"]
    assert [tier.name for tier in service.slos[0].tiers] == ["fast", "week"]


def test_promtool_knows_the_flags_that_fill_in_the_past() -> None:
    command = re.search(r"promtool (tsdb create-blocks-from rules) (.*?)```", SLO_PAGE, re.DOTALL)
    assert command is not None
    flags = re.findall(r"(--[a-z-]+)=", command[2])
    for tool in judges("promtool"):
        done = subprocess.run([tool.path, *command[1].split(), "--help"], capture_output=True, text=True, check=False)
        assert [flag for flag in flags if flag not in done.stdout + done.stderr] == [], tool


def test_the_links_between_pages_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_example_service_compiles(tmp_path: Path) -> None:
    example = re.search(r"```yaml\n(service: gateway.*?)```", LANGUAGE, re.DOTALL)
    assert example is not None
    assert run("new", "catalog", "docs", "--catalog", str(tmp_path)).exit_code == 0
    edited = example[1].replace("owner: edge ", "owner: sre ").replace("dashboard: gateway", "dashboard: services")
    (tmp_path / "services" / "gateway.yaml").write_text(edited.replace("depends_on: [redis]", "depends_on: [web]"))
    assert pipeline.bundles(pipeline.read_folder(tmp_path))
