"""A window holds fewer than four scrapes.

Why: a rate needs two samples. With a window of less than four scrape intervals, one failed scrape leaves a gap, and
an alert on it resolves and fires again.

Instead: let `window` be at least four times the platform's `scrape_interval`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.diagnostics import Diagnostic, Location
from generators.model.signal import Signal
from generators.model.slo import Slo
from generators.promql import Selector, walk
from generators.rules.bundle import Bundle
from generators.rules.slo_series import BASE
from generators.units import Duration

CODE = "window-too-short"
_SCRAPES = 4


def check(bundle: Bundle) -> Iterator[Diagnostic]:
    """Signals that read a short window."""
    platform = bundle.catalog.platform
    least = platform.scrape_interval * _SCRAPES
    for service in bundle.catalog.services:
        for signal in service.signals:
            for window in sorted(w for w in _windows(signal) if w < least):
                message = f"the window of {window} holds fewer than {_SCRAPES} scrapes of {platform.scrape_interval}"
                subject = f"{service.name}.{signal.name}"
                yield Diagnostic(CODE, message, _place(signal, window), f"make it {least} or more", subject=subject)
        for slo in (slo for slo in service.slos if slo.sli.slice and slo.sli.slice < least and _reads_ranges(slo)):
            message = f"a slice of {slo.sli.slice} holds fewer than {_SCRAPES} scrapes of {platform.scrape_interval}"
            place, subject = slo.origin.at("slices", "of"), f"{service.name}.{slo.name}"
            longer = Duration(BASE.seconds / (BASE.seconds // least.seconds or 1))  # a slice divides 5m
            yield Diagnostic(CODE, message, place, f"make it {longer} or more", subject=subject)


def _reads_ranges(slo: Slo) -> bool:
    """Whether a slice is a range of samples, rather than a look at a gauge."""
    return any(slo.sli.slice in _windows(signal) for signal in slo.sli.signals)


def _windows(signal: Signal) -> set[Duration]:
    """Every range of series that the signal reads, in a person's own PromQL too."""
    kind, scope = signal.kind, signal.scope
    exprs = [expr for _, expr in kind.shown(scope)] + [expr for *_, expr in kind.recordings(scope)]
    nodes = (node for expr in exprs for node in walk(expr))
    return {node.window for node in nodes if isinstance(node, Selector) and node.window}


def _place(signal: Signal, window: Duration) -> Location:
    said = signal.kind.window == window or not signal.origin.says("expr")
    return signal.origin.at("window" if said else "expr")
