"""An expression uses something that the target version of Prometheus does not have.

Why: a server refuses the whole rule file, and with it every alert in it.

Instead: use what the version in the platform's `targets` has, or raise the version once every server has it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.diagnostics import Diagnostic
from generators.promql.functions import unsupported
from generators.rules.bundle import Bundle

CODE = "target-version"


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """Signals whose expressions need a newer or an experimental Prometheus."""
    major, minor = bundle.catalog.platform.targets.prometheus.split(".")
    for service in bundle.catalog.services:
        for signal in service.signals:
            exprs = [e for _, e in signal.kind.shown(signal.scope)]
            exprs += [e for _, _, e in signal.kind.recordings(signal.scope)]
            messages = dict.fromkeys(m for e in exprs for m in unsupported(e, (int(major), int(minor))))
            for message in messages:
                subject = f"{service.name}.{signal.name}"
                yield Diagnostic(
                    CODE,
                    message,
                    signal.origin.at("expr"),
                    "raise `targets.prometheus`, or do without",
                    subject=subject,
                )
