"""Two unrelated problems in one text: one tap makes two appeals, each with its own clock (§1.6)."""

from __future__ import annotations

import pytest

from services.model import Appeal, AppealId
from tests.flows.conftest import Town

TWO = "На Островского 12 яма на дороге. А ещё во дворе не вывозят мусор третий день."
OFFER = "Похоже, здесь два вопроса"


def _offers(town: Town) -> list[str]:
    return [m["text"] for m in town.hub.texts(town.maria) if OFFER in m.get("text", "")]


async def test_one_tap_makes_two_appeals(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(TWO)
    offer = hub.last(town.maria, OFFER)
    assert offer["text"] == (
        "Похоже, здесь два вопроса: ямы на дороге и не вывозят мусор. "
        "Завести второй отдельно, со своим сроком?"
    )
    await hub.press(town.maria, offer, "Да, отдельно")
    other = town.number(town.maria)
    assert other != number
    assert hub.last(town.maria, "завели отдельно")["text"] == (
        f"Второй вопрос завели отдельно: № {other}."
    )
    assert not _offers(town), "the offer has become its answer"
    async with hub.app.store.reading() as uow:
        first = await uow.need(Appeal, AppealId(number))
        second = await uow.need(Appeal, AppealId(other))
    assert (first.topic, second.topic) == ("pothole", "garbage_pickup")
    assert (first.block, second.block) == ("ROD", "WST")
    assert second.received_at == first.received_at
    assert second.place == "ул. Островского, 12", "where the first is, as it says nothing else"


async def test_a_double_tap_makes_no_third(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(TWO)
    offer = hub.last(town.maria, OFFER)
    for _ in range(2):
        hub.world.press(town.maria, town.maria["id"], offer["message_id"], "Да, отдельно")
    await hub.settle()
    async with hub.app.store.reading() as uow:
        events = [e.action for e in await uow.appeals.events_of(AppealId(number))]
        assert events.count("split_off") == 1
        third = await uow.get(Appeal, AppealId(town.number(town.maria) + 1))
    assert third is None


@pytest.mark.parametrize(
    "text",
    [
        "На Островского 12 яма на дороге. Очень глубокая, машины бьются.",
        "На Островского 12 яма и мусор",
        "На Островского 12 пахнет газом. А ещё не вывозят мусор третий день.",
        "Не вывозят мусор третий день. А ещё контейнеры переполнены.",
    ],
)
async def test_nothing_is_offered_where_it_would_be_in_the_way(town: Town, text: str) -> None:
    await town.hub.say(town.maria, text)
    await town.hub.settle()
    assert not _offers(town)
