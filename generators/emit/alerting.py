"""The Alertmanager files of an environment: configuration, notification templates, routing tests."""

from __future__ import annotations

from collections.abc import Iterator

from generators.emit.alertmanager import (
    RoutingCase,
    alertmanager_config,
    notification_templates,
    routing_tests,
)
from generators.emit.artifact import Artifact
from generators.emit.header import GENERATED
from generators.emit.yaml_text import yaml_text
from generators.naming import Label
from generators.routing.derive import routing_tree
from generators.routing.policy import alert_labels, policy_of
from generators.rules.bundle import Bundle

FOLDER = "alertmanager"
CONFIG = f"{FOLDER}/alertmanager.yaml"
TESTS = f"{FOLDER}/routing.test.yaml"


def artifacts(bundle: Bundle) -> Iterator[Artifact]:
    """Configuration, templates and routing tests."""
    tree = routing_tree(policy_of(bundle))
    major, minor = bundle.catalog.platform.targets.alertmanager.split(".")
    yield Artifact(CONFIG, yaml_text(alertmanager_config(tree, (int(major), int(minor))), GENERATED))
    for name, text in notification_templates().items():
        yield Artifact(f"{FOLDER}/templates/{name}", text)
    yield Artifact(TESTS, yaml_text(routing_tests(tree, _cases(bundle)), f"{GENERATED}\n{_FORMAT}"))


_FORMAT = "The format is that of prometheus/alertmanager pull request 5175; `tocsin test` runs it with amtool."


def _cases(bundle: Bundle) -> Iterator[RoutingCase]:
    """One case for each alert and severity, alone."""
    for labels in alert_labels(bundle):
        yield RoutingCase(f"{labels[Label.ALERT]} {labels[Label.SEVERITY]}", (labels,))
