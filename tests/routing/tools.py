"""The real tools that the routing tests ask for a second opinion."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import Request, urlopen

import pytest

from generators.emit.alertmanager import alertmanager_config, notification_templates
from generators.emit.yaml_text import yaml_text
from generators.routing.matchers import Matcher
from generators.routing.tree import RoutingTree
from generators.toolchain import Tool, judges, require
from tests.serving import free_port, serving

BASELINE = (0, 25)


def every(name: str) -> pytest.MarkDecorator:
    """Runs a test with each version of a tool at hand; it is an error if there is none."""
    return pytest.mark.parametrize("tool", judges(name) or [require(name)], ids=str)


def run(tool: Tool, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([tool.path, *arguments], capture_output=True, text=True, timeout=30, check=False)


def write(tree: RoutingTree, folder: Path, version: tuple[int, ...] = BASELINE) -> Path:
    """The configuration and its templates as they are deployed."""
    (folder / "templates").mkdir(parents=True, exist_ok=True)
    for name, text in notification_templates().items():
        (folder / "templates" / name).write_text(text)
    config = folder / "alertmanager.yaml"
    config.write_text(yaml_text(alertmanager_config(tree, version)))
    return config


def amtool_receivers(tool: Tool, config: Path, labels: Mapping[str, str]) -> list[str]:
    """Whom amtool says the alert goes to, whatever the time."""
    words = [str(Matcher(name, "=", value)) for name, value in labels.items()]
    answer = run(tool, "config", "routes", "test", f"--config.file={config}", *words)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip().split(",")


@contextmanager
def alertmanager(tool: Tool, config: Path) -> Iterator[str]:
    """A server with that configuration on a free port of this machine; stopped whatever happens."""
    url = f"http://127.0.0.1:{free_port()}"
    command = [
        str(tool.path),
        f"--config.file={config}",
        f"--storage.path={config.parent / 'data'}",
        f"--web.listen-address={url[7:]}",
        "--cluster.listen-address=",
    ]
    # Debian's finds its templates from the folder that its package was unpacked to
    with serving(command, url, config.parent / "log", cwd=tool.path.parents[2]):
        yield url


def post_alerts(url: str, alerts: Sequence[Mapping[str, str]]) -> None:
    body = json.dumps([{"labels": labels} for labels in alerts]).encode()
    request = Request(f"{url}/api/v2/alerts", body, {"Content-Type": "application/json"})
    with urlopen(request, timeout=5):
        return


def get_alerts(url: str) -> list[dict[str, Any]]:
    with urlopen(f"{url}/api/v2/alerts", timeout=5) as answer:
        alerts: list[dict[str, Any]] = json.load(answer)
    return alerts


@contextmanager
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """An address on this machine, and what was posted to it."""
    heard: list[bytes] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed for a request."""

    server = HTTPServer(("127.0.0.1", 0), Listener)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
