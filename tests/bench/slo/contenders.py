"""Who is compared: tocsin as it compiles a small catalog, the same alerts on raw windows, sloth, and pyrra."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generators import naming, pipeline
from generators.emit.prometheus import rule_file
from generators.emit.yaml_text import yaml_text
from generators.model.slo import Slo, Tier
from generators.period import Period
from generators.promql import Expr, layout, positive
from generators.rules.bundle import Bundle
from generators.units import Duration
from tests.bench.slo import peers
from tests.bench.slo.rules import Contender, Rule, read, seconds
from tests.bench.slo.traffic import METRIC

RAW = "raw windows"
TOCSIN = "tocsin"
MONTH = "month"
_PLATFORM = f"""\
platform: bench
title: Bench
owner: operators
timezone: Etc/UTC
retention: 90d
urls:
  grafana: https://grafana.example.org
  runbooks: https://git.example.org/{{environment}}/{{page}}.md
defaults: {{no_data_severity: low, slo_page_severity: high, slo_ticket_severity: low}}
environments: {{prod: {{}}}}
---
severities:
  high: {{title: High, meaning: Somebody is woken., ack: 5m, pager: always}}
  low: {{title: Low, meaning: Work to be planned., pager: never}}
---
team: operators
title: Operators
pagerduty_key_file: /etc/alertmanager/key
slack_channel: "#operators"
slack_api_url_file: /etc/alertmanager/slack
---
dashboard: all
title: All
folder: Services
description: All services.
---
exporter: app
version: "1.0"
metrics:
  {METRIC}: {{type: counter, unit: requests, labels: [code, pod]}}
"""
_SERVICE = f"""\
---
service: {{name}}
title: Service {{name}}
owner: operators
dashboard: all
exporters: [app]
select: {{{{job: {{name}}}}}}
signals:
  requests: {{{{kind: ratio, counter: {METRIC}, bad: {{{{code: =~5..}}}}}}}}
slos:
  availability: {{{{signal: requests, objective: 99.9%, period: {{period}}}}}}
"""


def bundle(periods: Mapping[str, str]) -> Bundle:
    """A catalog with a service for each job, all with one SLO of 99.9 % over the period of the job."""
    text = _PLATFORM + "".join(_SERVICE.format(name=job, period=period) for job, period in periods.items())
    return pipeline.bundles({"bench.yaml": text.encode()})[0]


def contenders(compiled: Bundle, job: str) -> list[Contender]:
    """All that know how to judge that service."""
    return [tocsin(compiled, job), *peers.contenders(job)]


def tocsin(compiled: Bundle, job: str) -> Contender:
    """What a render writes for the service's SLO."""
    groups = next(file.groups for file in compiled.files if file.name == job)
    written = yaml_text(rule_file(groups, str(compiled.catalog.platform.evaluation_interval)))
    rules = read(written, prefix=f"{job}.slo.availability")
    prefix = naming.error_ratio(Duration.parse("1h")).removesuffix("1h")
    ratios = {seconds(rule.name.removeprefix(prefix)): rule.expr for rule in rules if rule.name.startswith(prefix)}
    return Contender(TOCSIN, rules, ratios)


def to_date(contender: Contender) -> str:
    """The expression of the error ratio of the month so far."""
    name = naming.period_ratio(Period.parse(MONTH))
    return next(rule.expr for rule in contender.rules if rule.name == name)


def raw_windows(compiled: Bundle, job: str) -> Contender:
    """tocsin's burn-rate alerts with every window read from the raw series: as prompt as windows can be."""
    slo = next(slo for service in compiled.catalog.services if service.name == job for slo in service.slos)
    return Contender(RAW, tuple(_raw_alerts(slo)), {})


def _raw_alerts(slo: Slo) -> Iterator[Rule]:
    def over(window: Duration, tier: Tier) -> Expr:
        events = slo.sli.events(window)
        return events.bad / positive(events.total) > slo.limit(tier)

    name = naming.burn_alert(slo.service, slo.name)
    for tier in slo.tiers:
        yield Rule(name, layout(over(tier.long, tier) & over(tier.short, tier)), {"tier": tier.name}, is_alert=True)
