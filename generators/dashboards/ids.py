"""Panel ids that stay: an id depends on the dashboard's uid and the panel's key, never on its place.

An alert's link (`viewPanel=`) computes the id with the same function as the dashboard, so a collision can't
be resolved by probing, which would depend on the neighbours; it is refused, and a new key is the way out.
"""

from collections import defaultdict
from collections.abc import Iterator
from hashlib import blake2b

from generators.dashboards.model import Dashboard, Row

_LARGEST = 2**31 - 1  # Grafana's panel ids are signed 32-bit integers


class PanelIdError(ValueError):
    """Two panels of one dashboard would get the same id."""


def panel_id(dashboard_uid: str, panel_key: str) -> int:
    """The id of a panel in a dashboard: 1 to 2**31 - 1."""
    digest = blake2b(f"{dashboard_uid}\0{panel_key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % _LARGEST + 1


def row_key(row: Row) -> str:
    """The key under which a row's header has its id."""
    return f"row/{row.key}"


def check_panel_ids(dashboard: Dashboard) -> None:
    """Raise PanelIdError unless all panels and row headers of the dashboard have ids of their own."""
    holders = defaultdict(list)
    for key in _keys(dashboard):
        holders[panel_id(dashboard.uid, key)].append(key)
    clashes = [" and ".join(map(repr, keys)) for keys in holders.values() if len(keys) > 1]
    if clashes:
        raise PanelIdError(f"dashboard {dashboard.uid!r}: {'; '.join(clashes)} share a panel id; rename one key")


def _keys(dashboard: Dashboard) -> Iterator[str]:
    for row in dashboard.rows:
        if row.title:
            yield row_key(row)
        yield from (panel.key for panel in row.panels)
