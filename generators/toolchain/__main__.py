"""`python -m generators.toolchain ensure|list`: tools on stdout, everything else on stderr."""

import argparse
import sys

from generators.toolchain.at_hand import Tool, ToolError, judges
from generators.toolchain.fetch import JUDGES, SERVERS, ensure, say


def main() -> int:
    asked = _arguments()
    names = JUDGES + (SERVERS if asked.servers else ())
    try:
        tools = ensure(names, every_line=asked.every_line) if asked.action == "ensure" else _list(names)
    except ToolError as problem:
        say(str(problem))
        return 1
    print(*tools, sep="\n")
    return 0


def _list(names: tuple[str, ...]) -> list[Tool]:
    return [tool for name in names for tool in judges(name)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m generators.toolchain", description=__doc__)
    parser.add_argument("action", choices=("ensure", "list"))
    parser.add_argument("--servers", action="store_true", help="prometheus and alertmanager as well")
    parser.add_argument("--every-line", action="store_true", help="fail if the newest releases can't be had")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
