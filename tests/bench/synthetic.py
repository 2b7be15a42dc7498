"""A catalog of any size that looks like a real one: packs, an SLO for each service, teams, dashboards, dependencies."""

from __future__ import annotations

from pathlib import Path

SERVICES_PER_DASHBOARD = 20
SERVICES_PER_TEAM = 50
_DOMAINS = ("data", "network", "storage")
_PLATFORM = """\
platform: bench
title: Bench
owner: team-0
timezone: Europe/Berlin
retention: 90d
urls:
  grafana: https://grafana.example.org
  runbooks: https://git.example.org/{environment}/runbooks/{page}.md
defaults: {no_data_severity: sev3, slo_page_severity: sev2, slo_ticket_severity: sev3}
watchdog: {url_file: /etc/alertmanager/secrets/watchdog-url}
environments:
  prod: {}
"""
_SEVERITIES = """\
severities:
  sev1: {title: Critical, meaning: An outage., ack: 5m, updates: 30m, pager: always}
  sev2: {title: High, meaning: A core path is degraded., ack: 10m, updates: 1h, pager: always}
  sev3: {title: Medium, meaning: Something will break., ack: 30m, updates: 1d, pager: business-hours}
  sev4: {title: Low, meaning: Work to be planned., pager: never}
"""
_POLICY = """\
policy: described
title: Every alert says what it means
where: {severity: [sev1, sev2, sev3]}
require: [description]
"""
_PLAYBOOK = """\
---
playbook: service-down
title: A service is down
owner: team-0
severity: sev2
---
Look at its dashboard, at its last deploy, and at what it depends on.
"""
_TEAM = """\
team: {name}
title: Team {number}
slack_channel: "#{name}"
slack_api_url_file: /etc/alertmanager/secrets/slack-url
pagerduty_key_file: /etc/alertmanager/secrets/{name}-pagerduty-key
{domains}escalation:
  - {{to: {name} on-call}}
  - {{to: {name} manager, after: 15m}}
"""
_DASHBOARD = """\
dashboard: group-{number}
title: Group {number}
folder: Services
description: The services of group {number}.
"""
_SERVICE = """\
service: {name}
title: Service {number}
owner: team-{team}
description: The service number {number} of the benchmark.
tier: {tier}
dashboard: group-{group}
{depends}{uses}"""
_WATCHED = (
    """\
use: {{http: {{job: {name}}}}}
thresholds:
  errors: {{above: 2%, playbook: service-down}}
  slow: {{playbook: service-down}}
  client-errors: null
slos:
  availability: {{signal: errors, objective: 99.9%, playbook: service-down}}
""",
    """\
use: {{http-native: {{job: {name}}}}}
thresholds:
  errors: {{playbook: service-down}}
  slow: {{above: 1s, playbook: service-down}}
  client-errors: null
slos:
  fast: {{signal: latency, under: 500ms, objective: 99%, playbook: service-down}}
""",
    """\
use: {{probe: {{job: blackbox, instance: "https://{name}.example.org"}}}}
thresholds:
  down: {{severity: sev1, playbook: service-down, domain: network}}
slos:
  uptime: {{signal: uptime, objective: 99.95%, playbook: service-down}}
""",
    """\
use: {{opa: {{job: {name}}}}}
signals:
  restarts:
    kind: promql
    description: How often the process was started anew.
    expr: sum by (instance) (changes(process_start_time_seconds[15m]))
    unit: restarts
    by: [instance]
metrics:
  process_start_time_seconds: {{type: gauge, unit: timestamp, help: When the process began.}}
thresholds:
  restarting: {{signal: restarts, above: 3, severity: sev3}}
  errors: {{playbook: service-down, domain: data}}
slos:
  decisions: {{signal: errors, objective: 99.5%}}
""",
)


def files(services: int) -> dict[str, str]:
    """The catalog: path to text."""
    return around(services) | {f"services/service-{number}.yaml": _service(number) for number in range(services)}


def around(services: int) -> dict[str, str]:
    """All that a catalog has besides its services."""
    found = {
        "platform.yaml": _PLATFORM,
        "severities.yaml": _SEVERITIES,
        "policies.yaml": _POLICY,
        "playbooks/service-down.md": _PLAYBOOK,
    }
    for team in range(-(-services // SERVICES_PER_TEAM)):
        domains = f"domains: [{_DOMAINS[team]}]\n" if team < len(_DOMAINS) else ""
        found[f"teams/team-{team}.yaml"] = _TEAM.format(name=f"team-{team}", number=team, domains=domains)
    for group in range(-(-services // SERVICES_PER_DASHBOARD)):
        found[f"dashboards/group-{group}.yaml"] = _DASHBOARD.format(number=group)
    return found


def write(folder: Path, services: int) -> None:
    """The catalog in a folder."""
    for path, text in files(services).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def _service(number: int) -> str:
    """All services of a group need its first one."""
    first = number - number % SERVICES_PER_DASHBOARD
    name = f"service-{number}"
    return _SERVICE.format(
        name=name,
        number=number,
        team=number // SERVICES_PER_TEAM,
        tier=1 + number % 4,
        group=number // SERVICES_PER_DASHBOARD,
        depends=f"depends_on: [service-{first}]\n" if first != number else "",
        uses=_WATCHED[number % len(_WATCHED)].format(name=name),
    )
