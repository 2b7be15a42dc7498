"""SLOs on native histograms, by a promtool that has a notation for them (since 2.49)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from generators import pipeline
from generators.emit.prometheus import rule_file
from generators.emit.yaml_text import yaml_text
from generators.toolchain import Tool, judges
from tests.helpers import bakery
from tests.promtool import run_rules

ABLE = [tool for tool in judges("promtool") if tool.version >= (2, 49, 0)]
SERVICE = b"""
service: x
title: X
owner: bakers
metrics: {x_seconds: {type: native_histogram, unit: seconds}}
signals: {x: {kind: latency, histogram: x_seconds}}
slos: {x: {signal: x, under: 1s, objective: 99%}}
"""
# In schema 0, bucket 0 ends at 1 and bucket 1 at 2: of 100 events a minute, 75 take no longer than a second.
GROWING = "{{schema:0 count:0 sum:0 buckets:[0 0]}}+{{schema:0 count:100 sum:110 buckets:[75 25]}}x70"


@pytest.mark.parametrize("promtool", ABLE, ids=str)
def test_every_window_has_the_share_of_slow_events(promtool: Tool, tmp_path: Path) -> None:
    bundle = pipeline.bundles({**bakery(), "x.yaml": SERVICE}, ["shop"])[0]
    groups = [group for file in bundle.files if file.name == "x" for group in file.groups if group.part]
    ids = '{environment="shop",service="x",slo="x"}'
    windows = ("5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d")
    expected = {f"slo:error_ratio:rate{window}{ids}": Decimal("0.25") for window in windows}
    expected[f"slo:events_bad:rate5m{ids}"] = Decimal(25) / 60
    run_rules(promtool, tmp_path, yaml_text(rule_file(groups, "1m")), {"x_seconds": GROWING}, expected)


@pytest.mark.parametrize("promtool", ABLE, ids=str)
def test_a_quiet_half_hour_leaves_no_nan_in_any_window(promtool: Tool, tmp_path: Path) -> None:
    bundle = pipeline.bundles({**bakery(), "x.yaml": SERVICE}, ["shop"])[0]
    groups = [group for file in bundle.files if file.name == "x" for group in file.groups if group.part]
    idle = "{{schema:0 count:0 sum:0 buckets:[0 0]}}x30 " + GROWING.replace("x70", "x40")
    ids = '{environment="shop",service="x",slo="x"}'
    expected = {f"slo:error_ratio:rate{window}{ids}": Decimal("0.25") for window in ("2h", "6h", "30d")}
    run_rules(promtool, tmp_path, yaml_text(rule_file(groups, "1m")), {"x_seconds": idle}, expected)
