"""`make bench`: measure, print the table, and with --write keep it in docs/performance.md."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from datetime import date
from pathlib import Path

from tests.bench.figures import Figure, plain
from tests.bench.machine import described
from tests.bench.page import write
from tests.bench.registry import Bench, all_rows

QUICK = 0.2


def _asked() -> argparse.Namespace:
    names = [row.name for row in all_rows()]
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", action="append", metavar="ROW", choices=names, help=str(names))
    parser.add_argument("--quick", action="store_true", help="a fifth of the work, one round")
    parser.add_argument("--write", action="store_true", help="keep what was seen in docs/")
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


async def _measured(asked: argparse.Namespace, folder: Path) -> dict[str, list[Figure]]:
    bench = Bench(folder, QUICK, 1) if asked.quick else Bench(folder, rounds=asked.rounds)
    found: dict[str, list[Figure]] = {}
    for row in all_rows():
        if asked.only is None or row.name in asked.only:
            found[row.name] = list(await row.measure(bench))
            print(plain(found[row.name]), flush=True)
    return found


def main() -> None:
    """Measure what was asked for."""
    asked = _asked()
    print(described(), flush=True)
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as folder:
        found = asyncio.run(_measured(asked, Path(folder)))
    print("\n" + plain([figure for figures in found.values() for figure in figures]))
    if asked.write:
        write(found, date.today())  # noqa: DTZ011 - the day on the machine's wall
    if any(figure.met is False for figures in found.values() for figure in figures):
        print("\nNot every target is met.", file=sys.stderr)


if __name__ == "__main__":
    main()
