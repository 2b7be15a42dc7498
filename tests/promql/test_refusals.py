"""What is said about a text that is not PromQL, and where it points."""

from __future__ import annotations

import pytest

from generators.promql.parse import PromqlError, parse

# A text, what is said about it, and the part of the text that this points at the beginning of.
SAID: dict[str, tuple[str, str, str]] = {
    "nothing": ("", "there is no expression", ""),
    "a comment only": ("# a", "there is no expression", "# a"),
    "an open bracket": ("sum(rate(a[5m])", "this bracket is never closed", "(rate(a[5m])"),
    "an open brace": ('a{b="c"', "this bracket is never closed", '{b="c"'),
    "a bracket closed by another": ("sum(a]", "this bracket was never opened", "]"),
    "an open string": ('a{b="c}', "this string is never closed", '"c}'),
    "a closed bracket": ("a)", "this bracket was never opened", ")"),
    "two metrics": ("sum(a b)", "b is not expected here", "b)"),
    "an operator too many": ("a + * b", "* is not expected here", "* b"),
    "an operator at the end": ("a + ", "the expression is not complete", " "),
    "a character of no language": ("a + $x", 'the character "$" can\'t stand here', "$x"),
    "an unknown function": (
        "1 + rat(a[5m])",
        "PromQL has no function rat(); did you mean rate()?",
        "rat(a[5m])",
    ),
    "a function like no other": (
        "holt_winters(a[5m])",
        "PromQL has no function holt_winters()",
        "holt_winters(a[5m])",
    ),
    "a vector for a range": (
        "rate(b[5m]) + rate(a)",
        "rate() needs a range such as metric[5m], but got an instant vector",
        "rate(a)",
    ),
    "a number for a vector": ("abs(1)", "abs() needs an instant vector, but got a number", "abs(1)"),
    "a function named as a type": ('vector("a")', "vector() needs a number, but got a string", 'vector("a")'),
    "an argument too many": (
        "rate(a[5m], 2)",
        "the number of arguments that rate() takes is 1, not 2",
        "rate(a[5m], 2)",
    ),
    "an argument too few": (
        "round()",
        "the number of arguments that round() takes is at least 1, not 0",
        "round()",
    ),
    "a comma too many": ("abs(a,)", "there is one comma too many", "abs(a,)"),
    "a parameter too few": (
        "topk(a)",
        "the number of arguments that this aggregation takes is 2, not 1",
        "topk(a)",
    ),
    "nothing to aggregate": ("sum()", "there is nothing to aggregate", "sum()"),
    "a number to aggregate": (
        "1 + sum(1)",
        "an aggregation needs an instant vector, but got a number",
        "sum(1)",
    ),
    "a regular expression with an open bracket": (
        'a + b{c=~"("}',
        '"(" is not a regular expression',
        'b{c=~"("}',
    ),
    "an unknown escape": (r'a{b="\d"}', r'there is no escape "\d"', r'"\d"}'),
    "no matcher": ("sum({})", "this would select every series; name a metric", "{})"),
    "two names": ('a{__name__="b"}', "the metric is named twice", 'a{__name__="b"}'),
    "a label without a value": ("a{b}", 'the label "b" needs an operator and a value', "a{b}"),
    "a value without quotes": ("a{b=c}", "the label value c needs quotes", "a{b=c}"),
    "a grouping label with a colon": ("sum by (a:b) (c)", '"a:b" is not a label name', "sum by (a:b) (c)"),
    "two numbers compared": (
        "a > (1 > 2)",
        'a comparison of two numbers needs "bool", as in 2 > bool 1',
        "1 > 2)",
    ),
    "bool with a sum": ("a + bool b", '"bool" belongs to comparisons only', "a + bool b"),
    "and with a number": ("a and 1", '"and" needs an instant vector on both sides', "a and 1"),
    "a sum of ranges": (
        "a[5m] + 1",
        "an operator needs numbers or instant vectors on both sides",
        "a[5m] + 1",
    ),
    "a number matched": (
        "a + on (b) 1",
        '"on" and "ignoring" need an instant vector on both sides',
        "a + on (b) 1",
    ),
    "a label matched and taken": (
        "a * on (b) group_left (b) c",
        'the label "b" is matched on, so it can\'t be taken over as well',
        "a * on (b) group_left (b) c",
    ),
    "a group for and": (
        "a and on (b) group_left c",
        '"and" takes no group_left or group_right',
        "a and on (b) group_left c",
    ),
    "a group without on": ("a * group_left b", "group_left is not expected here", "group_left b"),
    "the minus of a range": (
        "-a[5m]",
        "a sign needs a number or an instant vector, not a range such as metric[5m]",
        "-a[5m]",
    ),
    "the range of a sum": (
        "(a)[5m]",
        "a range such as [5m] can only follow a metric; after anything else write [5m:]",
        "(a)[5m]",
    ),
    "the subquery of a number": ("1[5m:]", "a subquery needs an instant vector, but got a number", "1[5m:]"),
    "the offset before the range": (
        "a offset 5m[5m]",
        'the range stands before "offset", not after it',
        "a offset 5m[5m]",
    ),
    "two offsets": ("a offset 5m offset 5m", "there is more than one offset", "a offset 5m offset 5m"),
    "an offset of nothing": ("a offset", 'a duration has to follow "offset"', "a offset"),
    "the offset of a sum": (
        "(a + b) offset 5m",
        '"offset" can only follow a metric, a range or a subquery',
        "(a + b) offset 5m",
    ),
    "two instants": ("a @ 1 @ 2", "there is more than one @", "a @ 1 @ 2"),
    "an empty range": ("rate(a[])", "a range needs a duration, as in [5m]", "a[])"),
    "a range of nothing": ("a[0s]", "a duration has to be over 0 and under 292 years", "0s]"),
    "a range without a unit": ("a[300]", '"300" is not a duration such as 5m or 1h30m', "300]"),
    "a step without a unit": ("a[5m:30]", '"30" is not a duration such as 5m or 1h30m', "30]"),
    "an offset without a unit": ("a offset -5", '"5" is not a duration such as 5m or 1h30m', "5"),
    "an endless offset": ("a offset +Inf", '"Inf" is not a duration such as 5m or 1h30m', "Inf"),
    "an unknown unit": ("a[5x]", '"5x" is not a duration such as 5m or 1h30m', "5x]"),
    "a time before time": ("a @ -1", "no time before 1970 can follow @", "-1"),
    "a time after time": ("a @ 99999999999999", "a time or duration is too large", "a @ 99999999999999"),
    "no time at all": ("a @ NaN", "no such time can follow @", "a @ NaN"),
    "or between matchers": (
        'a{b="c" or d="e"}',
        "`or` between matchers is not PromQL; write two selectors with `or` between them",
        'a{b="c" or d="e"}',
    ),
    "a fill modifier": (
        "a + fill(0) b",
        "fill is experimental in Prometheus; write `or` and a zero instead",
        "a + fill(0) b",
    ),
    "half a character": ('a{b="\ud800"}', "the text has a character that no text can have", '"\ud800"}'),
}


@pytest.mark.parametrize(("text", "message", "rest"), SAID.values(), ids=SAID)
def test_said(text: str, message: str, rest: str) -> None:
    with pytest.raises(PromqlError) as caught:
        parse(text)
    assert (caught.value.message, text[caught.value.offset :]) == (message, rest)
    assert str(caught.value) == message
