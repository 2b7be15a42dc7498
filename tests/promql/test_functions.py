"""What an expression results in, and what a server of some version lacks for it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from generators.promql import Aggregate, Call, Expr, Matcher, MatchOp, Selector, render
from generators.promql.functions import AGGREGATIONS, FUNCTIONS, OLDEST, Version, result_type, unsupported
from generators.promql.parse import PromqlError, parse
from generators.toolchain import Tool, judges, require

TYPES = {
    "1": "scalar",
    "-1": "scalar",
    "time() - 1": "scalar",
    "scalar(up)": "scalar",
    "1 > bool 2": "scalar",
    "-time()": "scalar",
    '"text"': "string",
    "up": "vector",
    "-up": "vector",
    "up * 2": "vector",
    "2 * up": "vector",
    "vector(1)": "vector",
    "rate(x[5m])": "vector",
    "count(up)": "vector",
    "up[5m]": "matrix",
    "up[5m:]": "matrix",
}


@pytest.mark.parametrize(("text", "kind"), TYPES.items(), ids=TYPES)
def test_result_type(text: str, kind: str) -> None:
    assert result_type(parse(text)) == kind


NEW: Version = (3, 16)
REFUSED: dict[str, tuple[str, Version, list[str]]] = {
    "nothing is wrong": ("sum by (job) (rate(x_total[5m])) > 1", OLDEST, []),
    "a function that is too new": (
        "histogram_avg(x)",
        (2, 50),
        ["histogram_avg() needs Prometheus 2.51, but the target is 2.50"],
    ),
    "the first version that has it": ("histogram_avg(x)", (2, 51), []),
    "an experimental function": (
        "1 + mad_over_time(x[5m])",
        NEW,
        ["mad_over_time() is experimental: Prometheus refuses it unless a feature flag is set"],
    ),
    "an experimental aggregation": (
        "limitk(3, x)",
        NEW,
        ["limitk is experimental: Prometheus refuses it unless a feature flag is set"],
    ),
    "another experimental aggregation": (
        "limit_ratio(0.5, x)",
        NEW,
        ["limit_ratio is experimental: Prometheus refuses it unless a feature flag is set"],
    ),
    "the same thing is said once": (
        "info(x) + info(y)",
        NEW,
        ["info() is experimental: Prometheus refuses it unless a feature flag is set"],
    ),
    "a bare string": (
        '"text"',
        NEW,
        ["the expression is a bare string; a rule or panel needs a number or an instant vector"],
    ),
    "a bare range": (
        "x[5m]",
        NEW,
        ["the expression is a range of samples; a rule or panel needs a number or an instant vector"],
    ),
    "a selected label with a dot": (
        'x{"k8s.pod"="y"}',
        (2, 55),
        ['the label name "k8s.pod" needs Prometheus 3.0, but the target is 2.55'],
    ),
    "a grouped label with a dot": (
        'sum by ("k8s.pod") (x)',
        (2, 55),
        ['the label name "k8s.pod" needs Prometheus 3.0, but the target is 2.55'],
    ),
    "a matched label with a dot": (
        'x * on ("k8s.pod") group_left ("k8s.node") y',
        (2, 55),
        [
            'the label name "k8s.pod" needs Prometheus 3.0, but the target is 2.55',
            'the label name "k8s.node" needs Prometheus 3.0, but the target is 2.55',
        ],
    ),
    "a label with a dot where it may be": ('x{"k8s.pod"="y"}', (3, 0), []),
    "a regular expression of another language": (
        'x{y=~"(?x)a"}',
        NEW,
        ['the regular expression "(?x)a" is not one of Prometheus: there are no flags x and R'],
    ),
    "the same text as a plain value": ('x{y="(?x)a"}', NEW, []),
}


@pytest.mark.parametrize(("text", "version", "said"), REFUSED.values(), ids=REFUSED)
def test_unsupported(text: str, version: Version, said: list[str]) -> None:
    assert unsupported(parse(text), version) == said


def test_a_function_that_nothing_has() -> None:
    assert unsupported(Call("rated", (Selector("x"),)), NEW) == ["PromQL has no rated()"]


def test_an_aggregation_that_nothing_has() -> None:
    assert unsupported(Aggregate("median", Selector("x")), NEW) == ["PromQL has no median"]


def test_every_check_looks_into_the_depth() -> None:
    deep = parse('abs(sum(x{y!~"a++"}) / on () info(z))')
    assert len(unsupported(deep, NEW)) == 2


_SHAPES = (
    *(
        "x",
        "x[5m]",
        "",
        "1",
        "x, 1",
        "1, x",
        "x[5m], 1",
        "1, x[5m]",
        "1, 1",
        "x, 1, 1",
        "1, 1, x",
        "x[5m], 1, 1",
    ),
    *('x, "a"', 'x, "a", 1', 'x, "a", "b", "c"', 'x, "a", "b", "c", "d"', '"a", x'),
)


def _use(name: str) -> Expr:
    """The function with the first arguments that suit it."""
    for arguments in _SHAPES:
        try:
            return parse(f"{name}({arguments})")
        except PromqlError:
            continue
    raise AssertionError(f"no arguments suit {name}")


EVERY_PROMTOOL = pytest.mark.parametrize("tool", judges("promtool") or [require("promtool")], ids=str)


@EVERY_PROMTOOL
def test_promtool_agrees_about_every_function_and_aggregation(tool: Tool, tmp_path: Path) -> None:
    known = [_use(name) for name in (*FUNCTIONS, *AGGREGATIONS)]
    taken = {render(expr) for expr in known if _takes(tool, expr, tmp_path / "rule.yaml")}
    assert taken == {render(expr) for expr in known if not unsupported(expr, tool.version[:2])}


def _takes(tool: Tool, expr: Expr, path: Path) -> bool:
    rule = {"record": "x", "expr": render(expr)}
    path.write_text(yaml.safe_dump({"groups": [{"name": "x", "rules": [rule]}]}), "utf-8")
    command = [str(tool.path), "check", "rules", "--lint=none", str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


REGEXES = {
    "5..": True,
    "(?i)a*(?:b)": True,
    "(?P<name>a)": True,
    "a*?": True,
    r"a+\*+": True,
    "[*+]+": True,
    "[]*+]+": True,
    r"\\u": True,
    "a{1000}": True,
    "a{01000}": True,
    "a{,1001}": True,
    "(?x)a": False,
    "(?R)a": False,
    r"\u{61}": False,
    "a**": False,
    "a*??": False,
    "a++": False,
    "a{2}{3}": False,
    "a{1001}": False,
    "a{2,1001}": False,
    "a{1001,}": False,
}


@EVERY_PROMTOOL
@pytest.mark.parametrize("regex", REGEXES)
def test_promtool_agrees_about_regular_expressions(tool: Tool, regex: str, tmp_path: Path) -> None:
    expr = Selector("x", (Matcher("y", MatchOp.REGEX, regex),))
    assert parse(render(expr)) == expr
    assert _takes(tool, expr, tmp_path / "rule.yaml") is REGEXES[regex]
    assert (unsupported(expr, OLDEST) == []) is REGEXES[regex]
