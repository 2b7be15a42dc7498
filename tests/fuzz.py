"""`python -m tests.fuzz --cases 10000`: damages good catalogs at random, and counts how tocsin takes it."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections import Counter
from random import Random

from tests.properties.catalogs import KINDS, NASTY, WORD, Damage, damaged, good, outcome


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    ends: Counter[str] = Counter()
    for case in range(options.cases):
        seed = f"{options.seed}.{case}"
        ends[_end(seed)] += 1
    counts = ", ".join(f"{count} {end}" for end, count in ends.items())
    print(f"{options.cases} damaged catalogs (seed {options.seed}): {counts}")
    return 1 if ends["crashed"] else 0


def _end(seed: str) -> str:
    random = Random(seed)
    catalog = random.choice(sorted(good()))
    changes = [_damage(random) for _ in range(random.choice((1, 1, 2, 4)))]
    file = random.randrange(100)
    try:
        return outcome(damaged(catalog, file, changes))
    except Exception:  # noqa: BLE001  whatever it is, it is what this looks for
        traceback.print_exc()
        print(f"case {seed}: {catalog}, file {file}, {changes}", file=sys.stderr)
        return "crashed"


def _damage(random: Random) -> Damage:
    kind = random.choice((WORD, random.choice(sorted(KINDS))))
    return Damage(kind, random.randrange(10_000), random.randrange(10_000), random.choice(NASTY))


if __name__ == "__main__":
    sys.exit(main())
