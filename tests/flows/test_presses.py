"""Forged, borrowed, old and garbage presses: a clear toast, nothing changed, never silence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.flows.conftest import Person, Town


async def _forge(town: Town, who: Person, message: dict[str, Any], data: str) -> str | None:
    """A press with data of the attacker's choice on a message that exists."""
    world = town.hub.world
    query = f"forged-{data}"
    room = world.town.room(message["chat"]["id"])
    assert room is not None
    world.add_update(
        {
            "callback_query": {
                "id": query,
                "from": who,
                "chat_instance": "1",
                "message": message,
                "data": data,
            }
        }
    )
    await town.hub.settle()
    answers = [
        e
        for e in town.hub.sandbox.journal.of("answerCallbackQuery")
        if e.params.get("callback_query_id") == query
    ]
    await world.wait(
        lambda: [
            e
            for e in town.hub.sandbox.journal.of("answerCallbackQuery")
            if e.params.get("callback_query_id") == query
        ]
    )
    answers = [
        e
        for e in town.hub.sandbox.journal.of("answerCallbackQuery")
        if e.params.get("callback_query_id") == query
    ]
    return answers[-1].params.get("text")


@pytest.mark.parametrize(
    "data", ["", "x", "s1.take", "s9.take.1", "s1.take.notanumber", "s1.nosuch.1", "q1.ok.1"]
)
async def test_garbage_is_answered(town: Town, data: str) -> None:
    number = await town.open_case()
    card = town.card(number)
    assert await _forge(town, town.ivan, card, data), "never a dead button"
    assert "никто не взял" in town.card(number)["text"]


async def test_a_card_of_another_case_or_chat(town: Town) -> None:
    hub = town.hub
    first = await town.open_case()
    await hub.say(town.maria, "На Островского огромная яма на дороге посреди асфальта")
    second = town.number(town.maria)
    foreign = "Эта кнопка не от этого сообщения"
    assert await _forge(town, town.ivan, town.card(first), f"s1.take.{second}") == foreign
    road_card = town.card(second, town.rod)
    assert await _forge(town, town.road, road_card, f"s1.take.{first}") == foreign
    assert "никто не взял" in town.card(first)["text"]
    assert "никто не взял" in town.card(second, town.rod)["text"]


async def test_a_citizen_cannot_rate_another_ones_case(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    answer = await town.answered(number)
    petr = await hub.citizen("Пётр")
    data = answer["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    mine = hub.last(petr, "Согласие получено")
    assert await _forge(town, petr, mine, data) == "Эта кнопка не от этого сообщения"
    assert "ждём оценку" in town.card(number)["text"]


async def test_an_old_card_shows_the_present_state(town: Town) -> None:
    number = await town.open_case()
    old = town.card(number)
    await town.answered(number)
    toast = await _forge(town, town.pavel, old, f"s1.take.{number}")
    assert toast == "Карточка изменилась, показываю свежую"
    assert "ответ дан" in town.card(number)["text"]


async def test_only_the_author_sends_his_draft(town: Town) -> None:
    number = await town.open_case()
    preview = await town.draft(number)
    toast = await town.hub.press(town.pavel, preview, "m1.send")
    assert toast == "Меню открыл(а) Иван"


async def test_arguments_that_are_no_ids(town: Town) -> None:
    """Data that parses but lacks its arguments is out of date, not a crash."""
    number = await town.open_case()
    answer = await town.answered(number)
    toast = await _forge(town, town.maria, answer, f"c1.out.{number}")
    assert toast == "Это уже неактуально"
    toast = await _forge(town, town.maria, answer, f"c1.out.{number}.zzz.y")
    assert toast == "Это уже неактуально"
