"""A message shown twice, as after a crash: what is done to the copy nobody wrote down counts."""

from __future__ import annotations

from typing import Any

from tests.flows.conftest import Person, Town


def _shown_twice(town: Town, times: int = 1) -> None:
    """The next answers are dropped after the messenger acted: the hub sends again."""
    town.hub.world.trouble.drop("sendMessage", after_acting=True, times=times)


async def _cards(town: Town, times: int = 1) -> tuple[int, list[Person]]:
    """A case whose card stands in the chat more than once, the oldest copy first."""
    await town.hub.say(town.maria, town.REPORT, wait=False)
    # His receipt and the card go at once.
    _shown_twice(town, 2 * times)
    await town.hub.spoken()
    number = town.number(town.maria)
    cards = [m for m in town.hub.texts(town.hcs) if f"№ {number} ·" in m["text"]]
    assert len(cards) == times + 1
    return number, cards


def _previews(town: Town) -> list[dict[str, Any]]:
    return [m for m in town.hub.texts(town.hcs) if "ещё не отправлен" in m.get("text", "")]


async def test_a_press_on_either_copy_acts_once(town: Town) -> None:
    hub = town.hub
    number, (copy, card) = await _cards(town)
    assert await hub.press(town.ivan, copy, "Взять") == "Взято. Ответить до пт 4.12 17:00"
    assert "Иван, с" in town.card(number)["text"]
    assert "Взято" not in (await hub.press(town.pavel, copy, "Взять") or "")
    assert "Иван, с" in town.card(number)["text"]
    assert card["message_id"] == town.card(number)["message_id"]


async def test_a_reply_to_a_copy_of_the_card_is_a_draft(town: Town) -> None:
    hub = town.hub
    number, (first, second, card) = await _cards(town, times=2)
    await hub.press(town.ivan, card, "Взять")
    await hub.say(town.ivan, town.ANSWER, chat=town.hcs, reply_to=first["message_id"])
    assert f"Ответ на № {number}" in _previews(town)[-1]["text"]
    await hub.say(town.pavel, "Мастер уже там", chat=town.hcs, reply_to=second["message_id"])
    assert len(_previews(town)) == 1, "another's words are a note"


async def test_a_copy_of_the_preview_is_its_author_s_alone(town: Town) -> None:
    hub = town.hub
    number, (_copy, card) = await _cards(town)
    await hub.press(town.ivan, card, "Взять")
    _shown_twice(town)
    await hub.say(town.ivan, town.ANSWER, chat=town.hcs, reply_to=card["message_id"])
    copy, _preview = _previews(town)
    assert await hub.press(town.pavel, copy, "m1.send") == "Меню открыл(а) Иван"
    assert await hub.press(town.ivan, copy, "m1.send") == "Отправлено на проверку"
    assert "ответ на проверке" in town.card(number)["text"]


async def test_words_without_a_number_are_known_by_themselves(town: Town) -> None:
    """«Житель добавил» carries neither a number nor a button."""
    hub = town.hub
    number, (_copy, card) = await _cards(town)
    other = await hub.citizen("Пётр")
    await hub.say(other, "На Горького 7 слабый напор воды, кран еле течёт")
    await hub.press(town.ivan, card, "Взять")
    _shown_twice(town, 2)
    await hub.say(town.maria, "Сегодня <стало> ещё хуже & темнее")
    copies = [m for m in hub.texts(town.hcs) if "Житель добавил" in m.get("text", "")]
    assert len(copies) == 2
    await hub.say(town.ivan, town.ANSWER, chat=town.hcs, reply_to=copies[0]["message_id"])
    assert f"Ответ на № {number}" in _previews(town)[-1]["text"]


async def test_a_copy_of_a_prompt_is_answered(town: Town) -> None:
    hub = town.hub
    number, (_copy, card) = await _cards(town)
    await hub.press(town.ivan, card, "Взять")
    await hub.press(town.ivan, town.card(number), "Уточнить")
    _shown_twice(town)
    await hub.press(town.ivan, hub.last(town.hcs, "что уточнить?"), "Свой вопрос")
    copies = [m for m in hub.texts(town.hcs) if "ваш вопрос жителю" in m.get("text", "")]
    assert len(copies) == 2
    await hub.say(town.ivan, "Какой этаж?", chat=town.hcs, reply_to=copies[0]["message_id"])
    assert "Какой этаж?" in hub.last(town.maria, "Какой этаж")["text"]


async def test_a_citizen_replies_to_a_copy_of_his_receipt(town: Town) -> None:
    """His words join the case of the receipt, although he has a newer one."""
    hub = town.hub
    await hub.say(town.maria, town.REPORT, wait=False)
    _shown_twice(town, 2)
    await hub.spoken()
    number = town.number(town.maria)
    receipts = [m for m in hub.texts(town.maria) if f"Принято, № {number}" in m.get("text", "")]
    assert len(receipts) == 2
    await hub.say(town.maria, "На Островского огромная яма на дороге посреди асфальта")
    newer = town.number(town.maria)
    assert newer != number
    await hub.say(town.maria, "Воды уже нет совсем", reply_to=receipts[0]["message_id"])
    assert f"Добавили к № {number}" in hub.last(town.maria, "Добавили")["text"]


async def test_a_stranger_s_words_and_an_unknown_message_are_left_alone(town: Town) -> None:
    """A copy is known by its twin in the same chat; another chat's is nobody's."""
    hub = town.hub
    number, (copy, _card) = await _cards(town)
    foreign = dict(copy, chat=dict(town.rod))
    hub.world.add_update(
        {
            "message": {
                "message_id": 900,
                "date": copy["date"],
                "chat": dict(town.rod),
                "from": town.road,
                "text": "Это мы",
                "reply_to_message": foreign,
            }
        }
    )
    await hub.settle()
    assert not _previews(town)
    assert "никто не взял" in town.card(number)["text"]


async def test_what_follows_a_press_on_a_copy_happens_in_its_twin(town: Town) -> None:
    """Again and again: the copy was written down by the first press."""
    hub = town.hub
    await town.open_case()
    await town.open_case("На Островского огромная яма на дороге посреди асфальта")
    _shown_twice(town)
    await hub.say(town.maria, "/my")
    copy, twin = [m for m in hub.texts(town.maria) if "reply_markup" in m][-2:]
    assert copy["text"] == twin["text"]
    buttons = [b for row in copy["reply_markup"]["inline_keyboard"] for b in row]
    seen = []
    for button in buttons[:2]:
        count = len(hub.texts(town.maria))
        await hub.press(town.maria, copy, button["callback_data"])
        assert len(hub.texts(town.maria)) == count, "nothing new stands in the chat"
        seen.append(hub.last(town.maria)["text"])
    assert len({twin["text"], *seen}) == 3
