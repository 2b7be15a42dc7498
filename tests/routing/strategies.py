"""Random trees, organisations and alerts."""

from __future__ import annotations

from hypothesis import strategies as st

from generators.model.ownership import Pager, Severity, Team
from generators.routing.matchers import Matcher
from generators.routing.tree import Policy, Receiver, Role, Route, RoutingTree
from tests.routing.sample import HOURS

_LABELS = ("severity", "team", "service")
_VALUES = ("", "x", "y", "x.y", 'q"b\\s', "é")
_PATTERNS = ("x", "x|y", ".+", ".*", "x.*", "", r"x\.y", "[xy]?")

_literals = st.builds(Matcher, st.sampled_from(_LABELS), st.sampled_from(["=", "!="]), st.sampled_from(_VALUES))
_patterns = st.builds(Matcher, st.sampled_from(_LABELS), st.sampled_from(["=~", "!~"]), st.sampled_from(_PATTERNS))
_matchers = st.lists(_literals | _patterns, min_size=1, max_size=2).map(tuple)
_receivers = st.sampled_from([Receiver(f"r{n}", "t", Role.OWNER, ()) for n in range(5)])
_leaves = st.builds(Route, receiver=_receivers, matchers=_matchers, goes_on=st.booleans())


def _branches(children: st.SearchStrategy[Route]) -> st.SearchStrategy[Route]:
    return st.builds(
        Route,
        receiver=st.none() | _receivers,
        matchers=_matchers,
        goes_on=st.booleans(),
        routes=st.lists(children, max_size=4).map(tuple),
    )


_routes = st.recursive(_leaves, _branches, max_leaves=10)
trees = st.builds(
    RoutingTree,
    st.builds(Route, receiver=_receivers, routes=st.lists(_routes, min_size=1, max_size=5).map(tuple)),
)
"""Trees of any shape, with every operator and awkward values."""

label_sets = st.dictionaries(st.sampled_from(_LABELS), st.sampled_from(_VALUES[1:]), min_size=1)

_DOMAINS = ("data", "ingress")
_severities = st.lists(st.tuples(st.sampled_from(Pager), st.booleans()), min_size=1, max_size=4).map(
    lambda kinds: tuple(
        Severity(f"sev{rank}", rank, "", "", None, None, pager, chat) for rank, (pager, chat) in enumerate(kinds, 1)
    )
)


def _team(name: str) -> st.SearchStrategy[Team]:
    """Keys and rooms come from small pools, so that teams share them."""
    return st.builds(
        Team,
        name=st.just(name),
        title=st.just(name),
        pagerduty_key_file=st.sampled_from(["/key1", "/key1", "/key2", None]),
        slack_channel=st.sampled_from(["#a", "#a", "#b", None]),
        slack_api_url_file=st.sampled_from(["/slack", "/slack", None]),
        domains=st.sets(st.sampled_from(_DOMAINS)).map(lambda found: tuple(sorted(found))),
    )


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Organisations of any kind, sound or not."""
    teams = tuple(draw(_team(name)) for name in ("platform", "edge", "dba", "web")[: draw(st.integers(1, 4))])
    return Policy(
        platform=teams[0],
        teams=teams,
        severities=draw(_severities),
        hours=HOURS,
        watchdog_url_file="/watchdog",
        dependencies=(("s1", "s2"), ("s2", "s1")),
        tiers=(("fast", ("slow",)),),
    )


def alerts(policy: Policy) -> st.SearchStrategy[dict[str, str]]:
    """Alerts that this organisation could have, and some that it couldn't."""
    known = {
        "alertname": ["A"],
        "severity": [severity.name for severity in policy.severities],
        "team": [team.name for team in policy.teams] + ["nobody"],
        "service": ["s1", "s2"],
        "environment": ["prod"],
        "category": ["threshold", "down", "no-data", "slo-burn"],
    }
    maybe = {"domain": list(_DOMAINS), "tier": ["fast", "slow"], "slo": ["availability"]}
    return st.fixed_dictionaries(
        {name: st.sampled_from(values) for name, values in known.items()},
        optional={name: st.sampled_from(values) for name, values in maybe.items()},
    )
