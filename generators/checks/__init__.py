"""What has to hold for a catalog beyond being readable. A new check is a module beside these and a name in `CHECKS`.

Each module has a CODE, a docstring that says why and what to do instead (it is the answer of `tocsin explain CODE`),
and `check(bundle)`, which yields what breaks the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from types import ModuleType

from generators.checks import (
    alert_names,
    calendar_zone,
    calm_time,
    hold_time,
    panel_ids,
    policies,
    reachable,
    reserved_labels,
    retention,
    silent_tier,
    target_version,
    thin_budget,
    window_length,
)
from generators.checks.waivers import waive
from generators.diagnostics import Diagnostic
from generators.rules.bundle import Bundle

CHECKS: tuple[ModuleType, ...] = (
    alert_names,
    calendar_zone,
    calm_time,
    hold_time,
    panel_ids,
    policies,
    reachable,
    reserved_labels,
    retention,
    silent_tier,
    target_version,
    thin_budget,
    window_length,
)
Check = Callable[[Bundle], Iterator[Diagnostic]]


def complaints(bundle: Bundle, today: date | None = None) -> Iterator[Diagnostic]:
    """What the checks have to say of an environment; exceptions lapse only where `today` is given."""
    found = (complaint for module in CHECKS for complaint in _run(module, bundle))
    yield from waive(bundle.catalog, [module.CODE for module in CHECKS], found, today)


def _run(module: ModuleType, bundle: Bundle) -> Iterator[Diagnostic]:
    check: Check = module.check
    return check(bundle)
