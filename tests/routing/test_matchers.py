"""Matchers accept what Alertmanager's do, and are written so that it reads them back."""

import pytest

from generators.routing.matchers import Matcher, one_of, present


@pytest.mark.parametrize(
    ("matcher", "value", "accepted"),
    [
        pytest.param(Matcher("a", "=", "x"), "x", True, id="equal accepts the value"),
        pytest.param(Matcher("a", "=", "x"), "xy", False, id="equal refuses another value"),
        pytest.param(Matcher("a", "=", ""), None, True, id="a missing label is an empty one"),
        pytest.param(Matcher("a", "!=", "x"), None, True, id="a missing label is not that value"),
        pytest.param(Matcher("a", "=~", "x|y"), "y", True, id="a pattern accepts either value"),
        pytest.param(Matcher("a", "=~", "x"), "xy", False, id="a pattern is anchored"),
        pytest.param(Matcher("a", "=~", "x|yz"), "xz", False, id="both ends of an alternation are anchored"),
        pytest.param(Matcher("a", "!~", "x|y"), "y", False, id="a negated pattern refuses what it matches"),
        pytest.param(present("a"), None, False, id="a missing label is not present"),
        pytest.param(present("a"), "x", True, id="a label with a value is present"),
        pytest.param(one_of("a", ["x.y", "z"]), "xay", False, id="values are literal, not patterns"),
        pytest.param(one_of("a", ["x.y", "z"]), "x.y", True, id="a literal with a dot is itself"),
    ],
)
def test_accepts(matcher: Matcher, value: str | None, accepted: bool) -> None:
    labels = {} if value is None else {"a": value}
    assert matcher.accepts(labels) is accepted


@pytest.mark.parametrize(
    ("matcher", "text"),
    [
        pytest.param(one_of("a", ["x"]), 'a="x"', id="one value is an equality"),
        pytest.param(one_of("a", ["x", "y"]), 'a=~"x|y"', id="several values are an alternation"),
        pytest.param(one_of("a", ["x.y", "z"]), 'a=~"x\\\\.y|z"', id="an escaped dot is escaped again in quotes"),
        pytest.param(Matcher("a", "=", 'say "x"\n'), 'a="say \\"x\\"\\n"', id="quotes and line ends are escaped"),
    ],
)
def test_text(matcher: Matcher, text: str) -> None:
    assert str(matcher) == text
