"""What tocsin and sloth both do, as a process: read the SLOs, check every expression, write the rule files."""

from __future__ import annotations

import argparse
import gc
from pathlib import Path

from generators import pipeline
from generators.emit import prometheus
from generators.writer import carry_out, plan


def main(catalog: Path, output: Path) -> None:
    gc.disable()  # as the command does
    bundles = pipeline.bundles(pipeline.read_folder(catalog))
    if found := pipeline.checked(bundles):
        raise ValueError(f"the synthetic catalog is not clean: {found[0]}")
    carry_out(plan([artifact for bundle in bundles for artifact in prometheus.artifacts(bundle)], output))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.rules_only", description=__doc__)
    parser.add_argument("--catalog", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    main(**vars(parser.parse_args()))
