"""A real server on a free port of this machine, for as long as a `with` lasts."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

_PATIENCE = 60.0  # seconds until it has to be ready: thousands of blocks take a while to open


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def serving(command: Sequence[str | Path], url: str, log: Path, cwd: Path | None = None) -> Iterator[str]:
    """The server that `command` starts, once `url` says that it is ready; stopped whatever happens."""
    with log.open("w") as out:
        server = subprocess.Popen(list(map(str, command)), stdout=out, stderr=out, cwd=cwd)
        try:
            _wait_until_ready(url, server, log)
            yield url
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_until_ready(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text()
        try:
            with urlopen(f"{url}/-/ready", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise AssertionError(f"{url} is not ready:\n{log.read_text()}")
