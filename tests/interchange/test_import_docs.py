"""The page about importing says what is true: its commands run, one after the other, on its example."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.helpers import run
from tests.shipped import ROOT

PAGE = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
TEAM = """
team: payments
title: Payments
pagerduty_key_file: /etc/alertmanager/pagerduty
slack_channel: "#payments"
slack_api_url_file: /etc/alertmanager/slack
"""


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_commands_run_on_the_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "catalog", "shop", "--catalog", "shop").exit_code == 0
    Path("shop/payments.yaml").write_text(TEAM)
    Path("slos.yml").write_text(blocks("yaml")[0])
    for line in "".join(blocks("sh")).splitlines():
        command, _, target = line.partition(" > ")
        program, *arguments = shlex.split(command)
        result = run(*arguments)
        assert (program, result.exit_code) == ("tocsin", 0), result.output
        if target:
            Path(target).write_text(result.stdout)
    assert "service: checkout" in Path("shop/services/checkout.yaml").read_text()
    assert "name: checkout-availability" in Path("slos.openslo.yaml").read_text()


@pytest.mark.parametrize("format", ["sloth", "openslo", "pyrra"])
def test_every_format_is_told(format: str) -> None:
    assert f"tocsin import {format}" in PAGE
