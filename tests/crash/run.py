"""`python -m tests.crash.run`: kill the hub while a town lives on it, then count.

Exit code 1 when anything is lost or doubled.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.crash.ordeal import Ordeal, Plan
from tests.support.databases import KINDS, postgres


def main() -> None:
    """One run; the report goes to the standard output."""
    plan, kind = _asked()
    with (
        tempfile.TemporaryDirectory(prefix="otklik-crash-") as folder,
        _database(kind, Path(folder)) as address,
    ):
        sys.exit(0 if asyncio.run(_run(plan, address, Path(folder))) else 1)


async def _run(plan: Plan, address: str, folder: Path) -> bool:
    ordeal = Ordeal(plan, address, folder)
    async with ordeal.town():
        verdict = await ordeal.run()
    print(ordeal.report(verdict), flush=True)
    return not verdict.violations


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder}/hub.db"
        return
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(postgres())
        yield asyncio.run(server.fresh())


def _asked() -> tuple[Plan, str]:
    parser = argparse.ArgumentParser(prog="python -m tests.crash.run", description=__doc__)
    parser.add_argument("--database", choices=KINDS, default="sqlite")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--citizens", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=400, help="in which the kills happen")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--share", type=float, default=0.1, help="of the cases that staff answer")
    given = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if given.seed is None else given.seed
    plan = Plan(
        kills=given.kills,
        citizens=given.citizens,
        seconds=given.seconds,
        seed=seed,
        share=given.share,
        replicas=1 if given.database == "sqlite" else 2,
    )
    print(f"{given.database}, {plan}", flush=True)
    return plan, given.database


if __name__ == "__main__":
    main()
