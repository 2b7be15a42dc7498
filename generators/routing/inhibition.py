"""Which alerts need not be sent while another one is: derived, and never at the price of a page.

Every pair obeys `_covers`: what hides is at least as severe as what is hidden, pages whenever that would
page, and is heard in chat or by pager if that would be. Labels of `equal` that are missing on both sides
count as equal, so a source always has the labels that tell one service or SLO from another: an alert of
somebody else's rules, without them, hides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generators.model.ownership import Pager, Severity
from generators.naming import Category, Label
from generators.routing.matchers import Labels, Matcher, all_accept, one_of, present
from generators.routing.tree import InhibitRule, Policy

_PLACE = (Label.SERVICE, Label.ENVIRONMENT)
_SAME_SERVICE = (*_PLACE, Label.TEAM)
_ANYWHERE = tuple(present(label) for label in _PLACE)
_HOURS_PAGED = {Pager.NEVER: 0, Pager.BUSINESS_HOURS: 1, Pager.ALWAYS: 2}

Hides = Callable[[Severity, Severity], bool]


def inhibit_rules(policy: Policy) -> Iterator[InhibitRule]:
    """The rules that some alert can be the source of, and some alert the target."""
    distinct = {tuple(sorted(_read_by_rules(a).items())): a for a in policy.alerts}.values()
    for rule in _derived(policy):
        possible = all(any(all_accept(side, labels) for labels in distinct) for side in (rule.source, rule.target))
        if possible or not policy.alerts:
            yield rule


def _read_by_rules(labels: Labels) -> dict[str, str]:
    read = (Label.SEVERITY, Label.SERVICE, Label.CATEGORY, Label.TIER, Label.SLO, Label.ENVIRONMENT)
    return {label: labels.get(label, "") for label in read}


def _derived(policy: Policy) -> Iterator[InhibitRule]:
    yield from _worse_hides_milder(policy)
    yield from _down_hides_no_data(policy)
    yield from _dependency_hides_dependants(policy)
    yield from _fast_burn_hides_slow(policy)


def _worse_hides_milder(policy: Policy) -> Iterator[InhibitRule]:
    equal = tuple(dict.fromkeys((Label.ALERT, *_SAME_SERVICE, Label.SLO, *policy.identity)))
    for name, source, target in _pairs(policy, _milder):
        yield InhibitRule(f"same-alert/{name}", (source, *_ANYWHERE), (target,), equal)


def _down_hides_no_data(policy: Policy) -> Iterator[InhibitRule]:
    down = one_of(Label.CATEGORY, [Category.DOWN])
    silent = one_of(Label.CATEGORY, [Category.NO_DATA, Category.PARTLY_DOWN])
    for name, source, target in _pairs(policy, _covers):
        yield InhibitRule(f"no-data/{name}", (down, source, *_ANYWHERE), (silent, target), _SAME_SERVICE)


def _dependency_hides_dependants(policy: Policy) -> Iterator[InhibitRule]:
    """What is down stays visible on both sides, so that two services that need each other can't hide both."""
    down = one_of(Label.CATEGORY, [Category.DOWN])
    up = Matcher(Label.CATEGORY, "!=", Category.DOWN)
    dependants_of: dict[str, list[str]] = {}
    for service, needed in policy.dependencies:
        if service != needed:
            dependants_of.setdefault(needed, []).append(service)
    for needed, dependants in dependants_of.items():
        for name, severity, target in _pairs(policy, _covers_quietly):
            source = (down, one_of(Label.SERVICE, [needed]), severity, present(Label.ENVIRONMENT))
            hidden = (one_of(Label.SERVICE, dependants), up, target)
            yield InhibitRule(f"dependency/{needed}/{name}", source, hidden, (Label.ENVIRONMENT,))


def _fast_burn_hides_slow(policy: Policy) -> Iterator[InhibitRule]:
    burn = one_of(Label.CATEGORY, [Category.SLO_BURN])
    for tier, slower in policy.tiers:
        fast, slow = one_of(Label.TIER, [tier]), one_of(Label.TIER, slower)
        for name, source, target in _pairs(policy, _covers):
            sources = (burn, fast, source, present(Label.SLO), *_ANYWHERE)
            equal = tuple(dict.fromkeys((Label.SLO, *_SAME_SERVICE, *policy.identity)))
            yield InhibitRule(f"burn/{tier}/{name}", sources, (burn, slow, target), equal)


def _pairs(policy: Policy, hides: Hides) -> Iterator[tuple[str, Matcher, Matcher]]:
    """Severities that hide the same ones share a rule: its name, who hides, who is hidden."""
    sources: dict[tuple[str, ...], list[str]] = {}
    for severity in policy.severities:
        hidden = tuple(other.name for other in policy.severities if hides(severity, other))
        if hidden:
            sources.setdefault(hidden, []).append(severity.name)
    for hidden, names in sources.items():
        yield "+".join(names), one_of(Label.SEVERITY, names), one_of(Label.SEVERITY, hidden)


def _covers(source: Severity, target: Severity) -> bool:
    heard = source.chat or source.pager is Pager.ALWAYS or not target.chat
    return heard and source.rank <= target.rank and _HOURS_PAGED[source.pager] >= _HOURS_PAGED[target.pager]


def _milder(source: Severity, target: Severity) -> bool:
    return source.rank < target.rank and _covers(source, target)


def _covers_quietly(source: Severity, target: Severity) -> bool:
    """Only what is paged is known to be down: an exporter that can't be scraped says nothing of its service."""
    return source.pager is Pager.ALWAYS and target.pager is not Pager.ALWAYS and _covers(source, target)
