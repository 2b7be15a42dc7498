"""A runbook page for each alert, one for each SOP, and an index. The only module that imports jinja2."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

import jinja2

from generators import naming
from generators.emit.artifact import Artifact
from generators.emit.header import GENERATED
from generators.model.catalog import Catalog, Service, Threshold
from generators.model.ownership import EscalationStep, Pager, Severity, Team
from generators.model.page import Page
from generators.model.slo import Slo, Tier
from generators.model.wording import in_words
from generators.promql import layout
from generators.rules.bundle import Bundle, RuleFile
from generators.rules.group import Alert
from generators.rules.slo_series import BASE

FOLDER = "runbooks"
_NO_DATA_STEPS = (
    "Open the targets of the job in Prometheus: is it there, and is it up?",
    "If it is up, look for the metric on the target's own page; an update may have renamed it or a label.",
    "Until data are back, watch the service by other means: its alerts can't fire.",
)
_TOLD = {
    Pager.ALWAYS: "pager at any hour, chat",
    Pager.BUSINESS_HOURS: "pager in business hours, chat",
    Pager.NEVER: "chat",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One condition of an alert."""

    severity: Severity
    condition: str
    hold: str
    told: str
    expr: str


@dataclass(frozen=True, slots=True)
class AlertPage:
    """All that the page of one alert says."""

    alert: str
    title: str
    service: Service
    owner: Team
    description: str
    steps: tuple[Step, ...]
    counted: tuple[tuple[str, str], ...]
    actions: tuple[str, ...]
    dashboard: str
    source: str
    playbook: Page | None
    escalation: tuple[EscalationStep, ...]


def artifacts(bundle: Bundle) -> Iterator[Artifact]:
    """The pages."""
    catalog = bundle.catalog
    found = [(file.service.title, list(_pages(catalog, file))) for file in bundle.files if file.service]
    for _service, pages in found:
        for page in pages:
            yield _artifact(page.alert, "runbook.md.j2", page=page)
    for kind, texts in (("SOP", catalog.sops), ("Playbook", catalog.playbooks)):
        for text in texts:
            yield _artifact(f"{kind.lower()}-{text.name}", "page.md.j2", kind=kind, page=text)
    yield _artifact("README", "index.md.j2", catalog=catalog, services=found, sops=catalog.sops)


def _artifact(name: str, template: str, **values: object) -> Artifact:
    text = _templates().get_template(template).render(generated=GENERATED, **values)
    return Artifact(f"{FOLDER}/{name}.md", text.rstrip() + "\n")


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("generators.emit", "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Markdown, not HTML
    )


def _pages(catalog: Catalog, file: RuleFile) -> Iterator[AlertPage]:
    """The pages of a service, one for each alert name; the steps of a ladder share theirs."""
    assert file.service is not None
    for name, alerts in groupby(file.alerts, key=lambda alert: alert.name):
        yield _page(catalog, file.service, name, list(alerts))


def _page(catalog: Catalog, service: Service, name: str, alerts: Sequence[Alert]) -> AlertPage:
    thresholds = [t for t in service.thresholds if t.alert == name]
    slos = [s for s in service.slos if naming.burn_alert(service.name, s.name) == name]
    first = thresholds[0] if thresholds else None
    tiers = {tier.name: tier for s in slos for tier in s.tiers}
    playbooks = [t.playbook for t in thresholds] + [s.playbook for s in slos]
    origin = (thresholds or slos or [service])[0].origin
    said = alerts[0].annotations
    return AlertPage(
        alert=name,
        title=_plain(said["summary"]).removesuffix(f" ({alerts[0].labels.get(naming.Label.TIER)})"),
        service=service,
        owner=service.owner,
        description=_meaning(first, slos[0].description if slos else "", alerts[0]),
        steps=tuple(_step(catalog, alert, thresholds, tiers) for alert in alerts),
        counted=tuple(line for slo in _slos(service, name) for line in _counted(slo)),
        actions=first.actions if first else _NO_DATA_STEPS if _is_no_data(alerts[0]) else (),
        dashboard=said.get("dashboard_url", "").partition("&var-")[0],
        source=origin.at().path,
        playbook=_about_service(next((p for p in playbooks if p), None) or _no_data(catalog, alerts[0]), service),
        escalation=service.owner.escalation,
    )


def _step(catalog: Catalog, alert: Alert, thresholds: Sequence[Threshold], tiers: Mapping[str, Tier]) -> Step:
    severity = catalog.severity(alert.labels[naming.Label.SEVERITY])
    mine = [t for t in thresholds if t.severity == severity]
    condition = in_words(mine[0]) if mine else _plain(alert.annotations["summary"]).partition(": ")[2]
    if tier := tiers.get(alert.labels.get(naming.Label.TIER, "")):
        condition = f"tier {tier.name}: error ratio of {tier.long} and of {tier.short} above {_limit(alert)}"
    return Step(severity, condition, str(alert.hold or "at once"), _TOLD[severity.pager], layout(alert.expr))


def _slos(service: Service, alert: str) -> list[Slo]:
    """The SLOs that an alert is about, be it that their budget burns or that nothing is counted."""
    names = naming.burn_alert, naming.slo_no_data_alert
    return [slo for slo in service.slos if alert in [name(service.name, slo.name) for name in names]]


def _counted(slo: Slo) -> Iterator[tuple[str, str]]:
    """What is recorded of raw series, for whoever has to look behind the recorded names."""
    events = slo.sli.events(BASE)
    yield f"bad {slo.sli.noun} a second", layout(events.bad)
    yield f"all {slo.sli.noun} a second", layout(events.total)


def _limit(alert: Alert) -> str:
    """The error ratio above which a burn-rate alert fires, as its description says it."""
    return alert.annotations["description"].partition("more than ")[2].partition(". At that")[0]


def _is_no_data(alert: Alert) -> bool:
    return alert.labels[naming.Label.CATEGORY] == naming.Category.NO_DATA


def _no_data(catalog: Catalog, alert: Alert) -> Page | None:
    """The playbook of alerts on missing data, which no threshold names."""
    wanted = catalog.platform.defaults.no_data_playbook if _is_no_data(alert) else None
    return next((page for page in catalog.playbooks if page.name == wanted), None)


def _about_service(playbook: Page | None, service: Service) -> Page | None:
    """The playbook as it reads for a service: the word SERVICE in it stands for its name."""
    if playbook is None:
        return None
    return replace(playbook, body=re.sub(r"\bSERVICE\b", service.name, playbook.body))


def _meaning(threshold: Threshold | None, slo: str, alert: Alert) -> str:
    if threshold:
        return threshold.description
    return slo or ("" if "{{" in alert.annotations["description"] else alert.annotations["description"])


def _plain(text: str) -> str:
    """The text without the part that names a series."""
    return text.rpartition(" (")[0] if text.endswith("}})") else text
