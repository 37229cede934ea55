"""A topic that has grown is told to the duty officer, once a week."""

from __future__ import annotations

from datetime import date, timedelta

from services.intake import topic_measure
from tests.flows.conftest import Town

TODAY = date(2026, 11, 24)


async def received(town: Town, topic: str, days_ago: int, n: int) -> None:
    async with town.hub.app.store.unit() as uow:
        day = TODAY - timedelta(days=days_ago)
        for measure in ("received", topic_measure(topic)):
            uow.statistics.bump(day, "HCS", measure, n)


async def test_more_than_chance_is_told_once(town: Town) -> None:
    hub = town.hub
    for days_ago in (33, 25, 18, 11):
        await received(town, "weak_water", days_ago, 2)
    await received(town, "weak_water", 1, 7)
    await hub.go(timedelta(hours=1))
    text = hub.last(town.triage, "Больше обычного")["text"]
    assert "слабый напор воды: 7 сообщений за 7 дней, обычно 2 в неделю" in text
    await received(town, "weak_water", 0, 1)
    before = len(hub.texts(town.triage))
    await hub.go(timedelta(hours=3))
    assert len(hub.texts(town.triage)) == before, "once a week"


async def test_what_chance_does_is_told_to_nobody(town: Town) -> None:
    for days_ago in (33, 25, 18, 11):
        await received(town, "weak_water", days_ago, 2)
    await received(town, "weak_water", 1, 6)
    await town.hub.go(timedelta(hours=1))
    assert not town.hub.world.find(town.triage["id"], "Больше обычного")


async def test_a_young_hub_does_not_know_what_is_usual(town: Town) -> None:
    await received(town, "weak_water", 18, 1)
    await received(town, "weak_water", 1, 30)
    await town.hub.go(timedelta(hours=1))
    assert not town.hub.world.find(town.triage["id"], "Больше обычного")
