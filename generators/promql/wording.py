"""The parsing library's refusals, reworded: what is wrong, and where it helps, what to write instead."""

from __future__ import annotations

import re
from difflib import get_close_matches

from generators.promql.functions import FUNCTIONS

# The library's words, then ours. {0} is a group as it stands; {a0} is the type that it names.
_WORDING = r"""
no expression found in input
    there is no expression
unclosed left \w+|unexpected end of input inside \w+
    this bracket is never closed
unterminated quoted string .*|invalid syntax|escape sequence not terminated
    this string is never closed
unexpected right \w+.*
    this bracket was never opened
illegal regex for (.*)
    "{0}" is not a regular expression
(?:bad number or duration syntax|not a valid duration string): (.*)
    "{0}" is neither a number nor a duration
ParseFloatError. (.*) can't be parsed into \w+
    "{0}" is not a number
duration must be greater than 0
    a duration has to be over 0 and under 292 years
unexpected character(?: inside \w+| after '.*?')?: '(.*)'
    the character "{0}" can't stand here
unexpected '(.*)' in label matching, .*
    "{0}" can't stand here between labels
unknown escape sequence '(.*)'
    there is no escape "\{0}"
expected type (\w+) in call to function '(\w+)', got (\w+)
    {1}() needs {a0}, but got {a2}
expected type (\w+) in aggregation expression, got (\w+)
    an aggregation needs {a0}, but got {a1}
expected type (\w+) in aggregation parameter, got (\w+)
    the parameter of this aggregation has to be {a0}, not {a1}
expected (\d+) argument\(s\) in call to '(\w+)', got (\d+)
    the number of arguments that {1}() takes is {0}, not {2}
expected (at \w+) (\d+) argument\(s\) in call to '(\w+)', got (\d+)
    the number of arguments that {2}() takes is {0} {1}, not {3}
wrong number of arguments for aggregate expression provided, expected (\d+), got (\d+)
    the number of arguments that this aggregation takes is {0}, not {1}
no arguments for aggregate expression.*
    there is nothing to aggregate
vector selector must contain at least one non-empty matcher
    this would select every series; name a metric
metric name must not be set twice: .*
    the metric is named twice
comparisons between scalars must use BOOL modifier
    a comparison of two numbers needs "bool", as in 2 > bool 1
bool modifier can only be used on comparison operators
    "bool" belongs to comparisons only
set operator '(\w+)' not allowed in binary scalar expression
    "{0}" needs an instant vector on both sides
binary expression must contain only scalar and instant vector types
    an operator needs numbers or instant vectors on both sides
vector matching only allowed between vectors
    "on" and "ignoring" need an instant vector on both sides
label '(.*)' must not occur in ON and GROUP clause at once
    the label "{0}" is matched on, so it can't be taken over as well
no grouping allowed for '(\w+)' operation
    "{0}" takes no group_left or group_right
unary expression only allowed on expressions of type scalar or vector, got:? (\w+)
    a sign needs a number or an instant vector, not {a0}
no (offset|@) modifiers allowed before range
    the range stands before "{0}", not after it
ranges only allowed for vector selectors
    a range such as [5m] can only follow a metric; after anything else write [5m:]
subquery is only allowed on vector, got (\w+) instead
    a subquery needs an instant vector, but got {a0}
offset may not be set multiple times
    there is more than one offset
@ <timestamp> may not be set multiple times
    there is more than one @
unexpected end of input in offset, expected duration
    a duration has to follow "offset"
'(.)' can not be at the end
    the expression can't end with "{0}"
expect duration before first colon.*
    a subquery needs its range first, as in [1h:5m]
unexpected second colon.*
    there is one ":" too many in the brackets
missing unit character in duration
    a range needs a duration, as in [5m]
trailing commas not allowed in function call args
    there is one comma too many
unexpected left \w+ '(.)' inside \w+
    the bracket "{0}" can't stand here
invalid label matcher, expected label matching operator after '(.*)'
    the label "{0}" needs an operator and a value
unexpected identifier '(.*)' in label matching, expected string
    the label value {0} needs quotes
(.*) is not valid label in grouping opts
    "{0}" is not a label name
unexpected <(group_\w+)>
    "{0}" needs "on" or "ignoring" in front of it
(offset|@) modifier must be preceded by .*
    "{0}" can only follow a metric, a range or a subquery
unexpected end of input in @, expected timestamp
    a time has to follow "@"
timestamp out of bounds for @ modifier: .*
    no such time can follow @
"""
_TABLE = [
    (re.compile(theirs, re.DOTALL), ours) for theirs, ours in re.findall(r"^(\S.*)\n +(.*)", _WORDING, re.MULTILINE)
]
_NOUNS = {
    "matrix": "a range such as metric[5m]",
    "vector": "an instant vector",
    "scalar": "a number",
    "string": "a string",
}


def reworded(raw: str) -> str:
    """A refusal in plain English; one that is not in the table stays as it is."""
    if unknown := re.fullmatch(r"unknown function with name '(.*)'", raw):
        near = get_close_matches(unknown[1], FUNCTIONS, n=1, cutoff=0.7)
        hint = f"; did you mean {near[0]}()?" if near else ""
        return f"PromQL has no function {unknown[1]}(){hint}"
    found = ((theirs.fullmatch(raw), ours) for theirs, ours in _TABLE)
    return next((_said(ours, match.groups()) for match, ours in found if match), raw)


def _said(ours: str, groups: tuple[str, ...]) -> str:
    return ours.format(*groups, **{f"a{n}": _NOUNS.get(group, group) for n, group in enumerate(groups)})
