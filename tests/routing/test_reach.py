"""Who is told of a severity, and what is said where that can't work."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from generators.model.ownership import Severity, Team
from generators.routing.reach import RoutingProblem, copy, routing_problems, steps
from tests.routing.sample import SEVERITIES, TEAMS, team

EDGE = team("edge")
SEV1, SEV2, SEV3, SEV4 = SEVERITIES


@pytest.mark.parametrize(
    ("severity", "told"),
    [
        pytest.param(SEV1, [("edge/page/sev1", 2, False)], id="always: pager and chat at once"),
        pytest.param(
            SEV3,
            [("edge/page/sev3", 1, True), ("edge/chat", 1, False)],
            id="business hours: pager, and chat at any time",
        ),
        pytest.param(SEV4, [("edge/chat", 1, False)], id="never: chat only"),
        pytest.param(replace(SEV2, chat=False), [("edge/page/sev2", 1, False)], id="always, but not in chat"),
        pytest.param(replace(SEV3, chat=False), [("edge/page/sev3", 1, True)], id="business hours, but not in chat"),
        pytest.param(replace(SEV4, chat=False), [], id="neither pager nor chat"),
    ],
)
def test_steps(severity: Severity, told: list[tuple[str, int, bool]]) -> None:
    found = steps(EDGE, severity)
    assert [(step.receiver.name, len(step.receiver.channels), step.in_hours) for step in found] == told


def test_a_team_that_lacks_what_a_severity_needs_is_not_told() -> None:
    assert steps(replace(EDGE, pagerduty_key_file=None), SEV1) == ()


@pytest.mark.parametrize(
    ("severity", "name"),
    [
        pytest.param(SEV1, "edge/copy/page/sev1", id="a severity that always pages is copied to the pager"),
        pytest.param(SEV3, "edge/copy", id="one that pages in business hours is copied to chat"),
        pytest.param(replace(SEV4, chat=False), None, id="one that is not for chat is not copied"),
    ],
)
def test_copy(severity: Severity, name: str | None) -> None:
    receiver = copy(EDGE, severity)
    assert (receiver and receiver.name) == name


@pytest.mark.parametrize(
    ("broken", "severity", "problem"),
    [
        pytest.param(
            replace(EDGE, pagerduty_key_file=None),
            SEV1,
            ("edge", "sev1", "sev1 pages always, but team edge has no PagerDuty key file"),
            id="no pager for a severity that always pages",
        ),
        pytest.param(
            replace(EDGE, pagerduty_key_file=None),
            SEV3,
            ("edge", "sev3", "sev3 pages in business hours, but team edge has no PagerDuty key file"),
            id="no pager for a severity that pages in business hours",
        ),
        pytest.param(
            replace(EDGE, slack_channel=None),
            SEV4,
            ("edge", "sev4", "sev4 goes to chat, but team edge has no Slack channel"),
            id="no chat channel",
        ),
        pytest.param(
            replace(EDGE, slack_api_url_file=None),
            SEV4,
            ("edge", "sev4", "sev4 goes to chat, but team edge has no Slack URL file"),
            id="a chat channel that can't be posted to",
        ),
        pytest.param(
            EDGE,
            replace(SEV4, chat=False),
            ("", "sev4", "sev4 reaches nobody at any time: it is neither paged then nor sent to chat"),
            id="a severity without any channel",
        ),
        pytest.param(
            EDGE,
            replace(SEV3, chat=False),
            (
                "",
                "sev3",
                "sev3 reaches nobody outside business hours: it is neither paged then nor sent to chat",
            ),
            id="a severity that is lost at night",
        ),
    ],
)
def test_problems(broken: Team, severity: Severity, problem: tuple[str, str, str]) -> None:
    assert routing_problems([broken], [severity], TEAMS[0]) == [RoutingProblem(*problem)]


@pytest.mark.parametrize(
    ("platform", "message"),
    [
        pytest.param(
            replace(TEAMS[0], pagerduty_key_file=None),
            "alerts without an owner page team platform, which has no PagerDuty key file",
            id="a fallback without a pager",
        ),
        pytest.param(
            replace(TEAMS[0], slack_channel=None),
            "alerts without an owner go to the chat of team platform, which has no Slack channel",
            id="a fallback without chat",
        ),
    ],
)
def test_a_quiet_fallback_is_a_problem(platform: Team, message: str) -> None:
    assert routing_problems([], SEVERITIES, platform) == [RoutingProblem("platform", "", message)]


@pytest.mark.parametrize(
    ("teams", "severities"),
    [
        pytest.param(TEAMS, SEVERITIES, id="a sound organisation"),
        pytest.param([EDGE], [replace(SEV1, chat=False)], id="a page that is not for chat"),
        pytest.param(
            [replace(EDGE, slack_channel=None)],
            [replace(SEV1, chat=False)],
            id="no chat, but none is needed",
        ),
        pytest.param([replace(EDGE, pagerduty_key_file=None)], [SEV4], id="no pager, but none is needed"),
    ],
)
def test_what_can_be_told_is_no_problem(teams: Sequence[Team], severities: Sequence[Severity]) -> None:
    assert routing_problems(teams, severities, TEAMS[0]) == []


def test_an_environment_that_never_pages_needs_no_pager_for_its_fallback() -> None:
    assert routing_problems([], [SEV4], replace(TEAMS[0], pagerduty_key_file=None)) == []
