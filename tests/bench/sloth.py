"""sloth, which the benchmarks run beside: the one on PATH, or built with Go from tools/peers/go.mod."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_PINS = _ROOT / "tools" / "peers"
_BUILT = _ROOT / ".tools" / "peers" / "sloth"
_MODULE = "github.com/slok/sloth"
_SECONDS = 1200  # a build from nothing takes some three minutes on two cores


def version() -> str:
    """The pinned release, as in `v0.16.0`."""
    pin = re.search(rf"{re.escape(_MODULE)} (v[\d.]+)", (_PINS / "go.mod").read_text(encoding="utf-8"))
    if pin is None:
        raise ValueError(f"{_PINS / 'go.mod'} does not pin {_MODULE}")
    return pin[1]


def ensure() -> Path | None:
    """Its binary; None, with a line on stderr that says why, where it can't be had."""
    if found := shutil.which("sloth"):
        return Path(found)
    if not _BUILT.exists():
        print(f"building sloth {version()} with Go, which takes minutes the first time", file=sys.stderr, flush=True)
        try:
            _build()
        except (OSError, subprocess.SubprocessError) as problem:
            print(f"no sloth: {getattr(problem, 'stderr', None) or problem}", file=sys.stderr)
            return None
    return _BUILT


def generate(binary: Path, source: Path, target: Path, *options: str) -> None:
    """What `sloth generate` makes of a file, or of each file in a folder."""
    command = (str(binary), "generate", f"--input={source}", f"--out={target}", *options)
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=_SECONDS)


def _build() -> None:
    symbol = f"{_MODULE}/internal/info.Version"
    how = ("-trimpath", "-buildvcs=false", f"-ldflags=-s -w -X {symbol}={version()}", f"-o={_BUILT}")
    env = os.environ | {"CGO_ENABLED": "0", "GOWORK": "off"}
    command = ("go", "build", *how, f"{_MODULE}/cmd/sloth")
    subprocess.run(command, cwd=_PINS, env=env, check=True, capture_output=True, text=True, timeout=_SECONDS)
