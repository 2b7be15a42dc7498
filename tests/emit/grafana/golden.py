"""The sample as JSON, whole. `python -m tests.emit.grafana.golden` writes it anew: then read the diff."""

import json
from pathlib import Path

from generators.emit.grafana import dashboard_json
from tests.emit.grafana.sample import dashboard

GOLDEN = Path(__file__).with_name("golden.json")


def written() -> str:
    return json.dumps(dashboard_json(dashboard()), indent=2) + "\n"


if __name__ == "__main__":
    GOLDEN.write_text(written())
