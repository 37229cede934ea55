"""Where it is: asked once after the receipt, answered in words or by a choice (§1.3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.flows.conftest import Town
from tests.flows.where import ASKED, HERE, NOWHERE, asked, where


async def test_s1_3_a_missing_place_is_asked_once_and_answered_in_words(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(NOWHERE)
    assert where(town) == "Где: пока не знаем"
    question = hub.last(town.maria)
    assert question["text"] == (
        "Где это? Напишите улицу и дом или ориентир: «напротив школы № 3».\n"
        "Вы сейчас там — нажмите кнопку. Другая точка — скрепка, «Геопозиция».\n"
        "Нет — тоже не страшно, сообщение уже у нас."
    )
    assert hub.world.keyboard(town.maria["id"]) == [[HERE], ["Без места"]]
    await hub.say(town.maria, "На Островского, дом 12")
    assert hub.last(town.maria, "Записали")["text"] == "Записали: ул. Островского, 12."
    assert hub.world.keyboard(town.maria["id"]) == []
    assert where(town) == "Где: ул. Островского, 12"
    assert "ул. Островского, 12" in town.card(number)["text"]
    assert not hub.world.find(town.hcs["id"], "Житель добавил"), "a bare address needs no reply"
    await hub.say(town.maria, "Спасибо")
    assert (town.number(town.maria), asked(town)) == (number, 1)


async def test_s1_3_any_landmark_is_a_place_and_masked(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(NOWHERE)
    await hub.say(town.maria, "возле мусорных контейнеров, телефон 8 918 123-45-67")
    assert where(town) == "Где: возле мусорных контейнеров, телефон [телефон]"
    assert "возле мусорных контейнеров" in town.card(number)["text"]
    assert town.number(town.maria) == number, "all about waste, but it names a spot"
    petr = await hub.citizen("Пётр")
    second = await town.open_case(NOWHERE, petr)
    await hub.say(petr, "Горького 5, второй подъезд от арки, вход со двора")
    assert hub.last(petr, "Записали")["text"] == "Записали: ул. Горького, 5."
    under = hub.last(town.hcs, "вход со двора")
    assert under["reply_to_message"]["message_id"] == town.card(second)["message_id"]


async def test_s1_3_another_problem_is_a_report_and_more_words_an_addition(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(NOWHERE)
    await hub.say(town.maria, "Воды нет уже весь день")
    assert hub.last(town.maria, f"Добавили к № {number}")
    await hub.say(town.maria, "Уже третий день так")
    assert "Уже третий день так" in hub.last(town.hcs, "Житель добавил")["text"]
    assert where(town) == "Где: пока не знаем"
    await hub.say(town.maria, "У дома на дороге яма, машины бьются")
    assert town.number(town.maria) != number
    assert not hub.world.find(town.maria["id"], "Записали")


async def test_s1_3_the_question_is_open_for_half_an_hour_a_reply_to_it_always(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(NOWHERE)
    question = hub.last(town.maria, ASKED)
    await hub.go(timedelta(hours=5))
    await hub.say(town.maria, "напротив школы № 3", reply_to=question["message_id"])
    assert where(town) == "Где: напротив школы № 3"
    assert town.number(town.maria) == number


async def test_s1_3_two_streets_of_one_name(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(NOWHERE)
    await hub.say(town.maria, "Горная 5")
    choice = hub.last(town.maria, "Таких улиц")
    assert choice["text"] == "Таких улиц две. Какая ваша?"
    keys = [b["text"] for row in choice["reply_markup"]["inline_keyboard"] for b in row]
    assert keys == ["Геленджик", "Дивноморское", "Другое место"]
    assert not await hub.press(town.maria, choice, "Дивноморское")
    assert where(town) == "Где: Дивноморское, ул. Горная, 5"
    assert "Дивноморское, ул. Горная, 5" in town.card(number)["text"]
    settled = hub.last(town.maria, "Записали: Дивноморское, ул. Горная, 5.")
    assert settled["message_id"] == choice["message_id"]
    hub.world.town.rooms[town.maria["id"]].messages[choice["message_id"]].markup = choice[
        "reply_markup"
    ]
    assert await hub.press(town.maria, choice, "Геленджик") == "Это уже неактуально"
    assert where(town) == "Где: Дивноморское, ул. Горная, 5"


async def test_s1_3_two_streets_seen_in_the_report_itself(town: Town) -> None:
    hub = town.hub
    number = await town.open_case("На Горной 5 слабый напор воды, кран еле течёт")
    assert asked(town) == 0
    await hub.press(town.maria, hub.last(town.maria, "Таких улиц две"), "Геленджик")
    assert where(town) == "Где: ул. Горная, 5"
    petr = await hub.citizen("Пётр")
    await town.open_case("На Горной 7 слабый напор воды, кран еле течёт", petr)
    other = hub.last(petr, "Таких улиц две")
    assert await hub.press(petr, other, "Другое место") is None
    assert asked(town, petr) == 1
    assert town.number(town.maria) == number


async def test_s1_3_nothing_is_asked_where_a_place_makes_no_sense(town: Town) -> None:
    for words in ("Какая плата за вывоз мусора с квартиры?", "Мошенники звонят, выманивают деньги"):
        await town.hub.say(town.maria, words)
        assert town.number(town.maria)
    await town.hub.say(town.maria, photo=b"\x89PNG")
    assert asked(town) == 0


async def test_s1_3_the_receipts_button_corrects_the_place(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    receipt = hub.last(town.maria, "Поняли так")
    await hub.press(town.maria, receipt, "Место")
    await hub.say(town.maria, "ул. Кирова 3, Кабардинка")
    assert "Кабардинка" in where(town)
    assert "Островского, 12" not in town.card(number)["text"].split("\n")[2]
    petr = await hub.citizen("Пётр")
    await town.open_case(citizen=petr)
    assert await _forged(town, petr, number) == "Эта кнопка не от этого сообщения"
    await town.answered(number)
    assert await _forged(town, town.maria, number) == f"На № {number} уже ответили"


async def _forged(town: Town, who: dict[str, Any], number: int) -> str | None:
    """Press «Место» of a case from the person's own newest receipt (a forged or old button)."""
    hub = town.hub
    receipt = hub.last(who, "Поняли так")
    room = hub.world.town.rooms[who["id"]]
    markup = {"inline_keyboard": [[{"text": "Место", "callback_data": f"c1.place.{number}"}]]}
    room.messages[receipt["message_id"]].markup = markup
    return await hub.press(who, receipt, "Место")


async def test_s1_5_the_advice_has_a_button_for_the_place(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "Сильный запах газа в подъезде, дышать нечем")
    advice = hub.last(town.maria, "Сначала позвоните 112")
    assert (
        "\nГаз — 104. Дежурная служба города — 8 (86141) 0-00-00, круглосуточно.\n"
        in (advice["text"])
    )
    assert asked(town) == 1
    await hub.press(town.maria, advice, "Место")
    await hub.say(town.maria, "Островского 12")
    assert where(town) == "Где: ул. Островского, 12"
    assert "Островского, 12" in town.card(town.number(town.maria), town.triage)["text"]


async def test_s1_3_no_place_is_no_answer_to_the_executor(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(NOWHERE)
    await town.ask(number, "Какой этаж и какая квартира у вас?")
    hub.world.tap(town.maria, "Без места")
    await hub.settle()
    await hub.spoken()
    assert hub.last(town.maria)["text"] == "Хорошо. Если понадобится, исполнитель спросит."
    assert "ждём жителя" in town.card(number)["text"]
    await hub.say(town.maria, "Третий этаж")
    assert "Третий этаж" in hub.last(town.hcs, "Житель ответил")["text"]


async def test_s1_3_an_address_of_the_internet_is_no_place(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(NOWHERE)
    await hub.say(town.maria, "https://example.com/photo")
    assert where(town) == "Где: пока не знаем"
    assert hub.last(town.maria, f"Добавили к № {number}.")
    assert "example.com" in hub.last(town.hcs, "Житель добавил")["text"]
