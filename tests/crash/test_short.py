"""A short ordeal for CI: few deaths, few people, the same count."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.crash.ordeal import Ordeal, Plan
from tests.support.databases import postgres

PLANS = {
    "sqlite": Plan(kills=6, citizens=16, seconds=7, seed=7, share=0.4, replicas=1, haste=4),
    "postgresql": Plan(kills=3, citizens=10, seconds=5, seed=8, share=0.3, replicas=2, haste=4),
}


@pytest.fixture(params=PLANS)
async def ordeal(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Ordeal]:
    plan = PLANS[request.param]
    if request.param == "sqlite":
        yield Ordeal(plan, f"sqlite:///{tmp_path}/hub.db", tmp_path)
        return
    with postgres() as server:
        yield Ordeal(plan, await server.fresh(), tmp_path)


async def test_nothing_is_lost_and_nothing_doubled(ordeal: Ordeal) -> None:
    async with ordeal.town():
        verdict = await ordeal.run()
    assert not verdict.violations, ordeal.report(verdict)
