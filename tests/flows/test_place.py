"""Where it is: asked once after the receipt, answered in words, by a point, by a choice (§1.3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.model import Appeal, AppealId
from tests.flows.conftest import Town

NOWHERE = "Слабый напор воды, кран еле течёт третий день"
ASKED = "Где это?"
HERE = "📍 Я на этом месте"
IN_TOWN, FAR = (44.5611, 38.0764), (55.7558, 37.6173)


def _asked(town: Town, citizen: dict[str, Any] | None = None) -> int:
    chat = citizen or town.maria
    return len([m for m in town.hub.texts(chat) if ASKED in m.get("text", "")])


def _where(town: Town) -> str:
    text = town.hub.last(town.maria, "Поняли так")["text"]
    return next(line for line in text.split("\n") if line.startswith("Где: "))


async def test_s1_3_a_missing_place_is_asked_once_and_answered_in_words(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(NOWHERE)
    assert _where(town) == "Где: пока не знаем"
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
    assert _where(town) == "Где: ул. Островского, 12"
    assert "ул. Островского, 12" in town.card(number)["text"]
    assert not hub.world.find(town.hcs["id"], "Житель добавил"), "a bare address needs no reply"
    await hub.say(town.maria, "Спасибо")
    assert (town.number(town.maria), _asked(town)) == (number, 1)


async def test_s1_3_any_landmark_is_a_place_and_masked(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(NOWHERE)
    await hub.say(town.maria, "возле мусорных контейнеров, телефон 8 918 123-45-67")
    assert _where(town) == "Где: возле мусорных контейнеров, телефон [телефон]"
    assert "возле мусорных контейнеров" in town.card(number)["text"]
    assert town.number(town.maria) == number, "all about waste, but it names a spot"
    petr = await hub.citizen("Пётр")
    second = await town.open_case(NOWHERE, petr)
    await hub.say(petr, "Горького 5, второй подъезд от арки, вход со двора")
    assert hub.last(petr, "Записали")["text"] == "Записали: ул. Горького, 5."
    under = hub.last(town.hcs, "вход со двора")
    assert under["reply_to_message"]["message_id"] == town.card(second)["message_id"]


async def test_s1_3_a_point_or_no_place_at_all(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(NOWHERE)
    hub.world.tap(town.maria, HERE, location=IN_TOWN)
    await hub.settle()
    assert hub.last(town.maria, "Записали")["text"] == "Записали: точка на карте, Геленджик."
    assert _where(town) == "Где: точка на карте, Геленджик"
    assert "44.56110, 38.07640 (Геленджик, 0 км от центра)" in town.card(number)["text"]
    john = await hub.citizen("John", language_code="en")
    await hub.say(john, NOWHERE)
    assert hub.last(john)["text"].startswith("Where is it? A street and house, or a landmark.\n")
    assert hub.world.keyboard(john["id"]) == [["📍 I'm here"], ["Skip"]]
    hub.world.tap(john, "Skip")
    await hub.settle()
    assert hub.last(john)["text"] == "All right. If it is needed, the executor will ask."
    assert hub.world.keyboard(john["id"]) == []


async def test_s1_3_a_point_far_away_is_asked_about(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(NOWHERE)
    hub.world.tap(town.maria, HERE, location=FAR)
    await hub.settle()
    far = hub.last(town.maria, "Точка за пределами")
    assert far["text"] == "Точка за пределами Геленджика. Всё равно записать?"
    assert _where(town) == "Где: пока не знаем"
    await hub.press(town.maria, far, "Другая точка")
    assert _asked(town) == 2
    hub.world.tap(town.maria, HERE, location=FAR)
    await hub.settle()
    far = hub.last(town.maria, "Точка за пределами")
    await hub.press(town.maria, far, "Записать")
    assert "55.75580, 37.61730" in town.card(number)["text"]
    assert hub.last(town.maria)["text"] == "Записали: точка на карте."
    assert "reply_markup" not in hub.last(town.maria, "Точка за пределами Геленджика, записали.")
    assert hub.world.keyboard(town.maria["id"]) == []


async def test_s1_3_another_problem_is_a_report_and_more_words_an_addition(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(NOWHERE)
    await hub.say(town.maria, "Воды нет уже весь день")
    assert hub.last(town.maria, f"Добавили к № {number}")
    await hub.say(town.maria, "Уже третий день так")
    assert "Уже третий день так" in hub.last(town.hcs, "Житель добавил")["text"]
    assert _where(town) == "Где: пока не знаем"
    await hub.say(town.maria, "У дома на дороге яма, машины бьются")
    assert town.number(town.maria) != number
    assert not hub.world.find(town.maria["id"], "Записали")


async def test_s1_3_the_question_is_open_for_half_an_hour_a_reply_to_it_always(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(NOWHERE)
    question = hub.last(town.maria, ASKED)
    await hub.go(timedelta(hours=5))
    await hub.say(town.maria, "напротив школы № 3", reply_to=question["message_id"])
    assert _where(town) == "Где: напротив школы № 3"
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
    assert _where(town) == "Где: Дивноморское, ул. Горная, 5"
    assert "Дивноморское, ул. Горная, 5" in town.card(number)["text"]
    settled = hub.last(town.maria, "Записали: Дивноморское, ул. Горная, 5.")
    assert settled["message_id"] == choice["message_id"]
    hub.world.town.rooms[town.maria["id"]].messages[choice["message_id"]].markup = choice[
        "reply_markup"
    ]
    assert await hub.press(town.maria, choice, "Геленджик") == "Это уже неактуально"
    assert _where(town) == "Где: Дивноморское, ул. Горная, 5"


async def test_s1_3_two_streets_seen_in_the_report_itself(town: Town) -> None:
    hub = town.hub
    number = await town.open_case("На Горной 5 слабый напор воды, кран еле течёт")
    assert _asked(town) == 0
    await hub.press(town.maria, hub.last(town.maria, "Таких улиц две"), "Геленджик")
    assert _where(town) == "Где: ул. Горная, 5"
    petr = await hub.citizen("Пётр")
    await town.open_case("На Горной 7 слабый напор воды, кран еле течёт", petr)
    other = hub.last(petr, "Таких улиц две")
    assert await hub.press(petr, other, "Другое место") is None
    assert _asked(town, petr) == 1
    assert town.number(town.maria) == number


async def test_s1_3_nothing_is_asked_where_a_place_makes_no_sense(town: Town) -> None:
    for words in ("Какая плата за вывоз мусора с квартиры?", "Мошенники звонят, выманивают деньги"):
        await town.hub.say(town.maria, words)
        assert town.number(town.maria)
    await town.hub.say(town.maria, photo=b"\x89PNG")
    assert _asked(town) == 0


async def test_s1_3_the_receipts_button_corrects_the_place(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    receipt = hub.last(town.maria, "Поняли так")
    await hub.press(town.maria, receipt, "Место")
    await hub.say(town.maria, "ул. Кирова 3, Кабардинка")
    assert "Кабардинка" in _where(town)
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
    assert _asked(town) == 1
    await hub.press(town.maria, advice, "Место")
    await hub.say(town.maria, "Островского 12")
    assert _where(town) == "Где: ул. Островского, 12"
    assert "Островского, 12" in town.card(town.number(town.maria), town.triage)["text"]


async def test_s1_3_the_keys_outlive_the_question(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(NOWHERE)
    await hub.go(timedelta(minutes=31))
    hub.world.tap(town.maria, HERE, location=IN_TOWN)
    await hub.settle()
    assert hub.last(town.maria)["text"] == "Записали: точка на карте, Геленджик."
    assert "44.56110, 38.07640" in town.card(number)["text"]
    petr = await hub.citizen("Пётр")
    second = await town.open_case(NOWHERE, petr)
    await hub.go(timedelta(minutes=31))
    hub.world.tap(petr, "Без места")
    await hub.settle()
    await hub.spoken()
    assert hub.last(petr)["text"] == "Хорошо. Если понадобится, исполнитель спросит."
    assert town.number(petr) == second


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
    assert _where(town) == "Где: пока не знаем"
    assert hub.last(town.maria, f"Добавили к № {number}.")
    assert "example.com" in hub.last(town.hcs, "Житель добавил")["text"]


HORNAYA = "На Горной 5 слабый напор воды, кран еле течёт"
IN_VILLAGE, IN_HILLS = (44.5012, 38.1391), (44.55, 38.39)


async def _territory(town: Town, number: int) -> str | None:
    async with town.hub.app.store.reading() as uow:
        return (await uow.need(Appeal, AppealId(number))).territory


async def _says_with_point(town: Town, text: str, point: tuple[float, float]) -> int:
    """A report and a point right after it: one message to the hub."""
    await town.hub.say(town.maria, text, wait=False)
    await town.hub.say(town.maria, location=point)
    return town.number(town.maria)


async def test_a_point_gives_the_territory_and_the_nearest_settlement(town: Town) -> None:
    number = await _says_with_point(town, NOWHERE, IN_VILLAGE)
    assert await _territory(town, number) == "divnomorskoe"
    assert _where(town) == "Где: точка на карте, Дивноморское"
    assert "44.50120, 38.13910 (Дивноморское, 0,2 км от центра)" in town.card(number)["text"]
    assert _asked(town) == 0


async def test_a_point_in_the_hills_is_called_after_no_village(town: Town) -> None:
    number = await _says_with_point(town, NOWHERE, IN_HILLS)
    assert await _territory(town, number) == "pshada"
    assert _where(town) == "Где: точка на карте"
    assert "км от центра" in town.card(number)["text"], "staff see how far it is"


async def test_a_point_says_which_of_two_streets_is_meant(town: Town) -> None:
    hub = town.hub
    number = await _says_with_point(town, HORNAYA, IN_VILLAGE)
    assert _where(town) == "Где: Дивноморское, ул. Горная, 5"
    assert await _territory(town, number) == "divnomorskoe"
    assert not hub.world.find(town.maria["id"], "Таких улиц"), "nothing is left to ask"


async def test_a_point_of_neither_street_leaves_the_question(town: Town) -> None:
    hub = town.hub
    number = await _says_with_point(town, HORNAYA, (44.652, 37.94))
    assert await _territory(town, number) is None
    await hub.press(town.maria, hub.last(town.maria, "Таких улиц две"), "Дивноморское")
    assert _where(town) == "Где: Дивноморское, ул. Горная, 5"


async def test_a_point_after_the_question_of_two_streets_answers_it(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(HORNAYA)
    await hub.say(town.maria, location=IN_VILLAGE)
    assert town.number(town.maria) == number
    assert _where(town) == "Где: Дивноморское, ул. Горная, 5"


async def test_a_point_outside_in_the_report_itself_is_asked_about(town: Town) -> None:
    hub = town.hub
    number = await _says_with_point(town, NOWHERE, FAR)
    far = hub.last(town.maria, "Точка за пределами")
    assert far["text"] == "Точка за пределами Геленджика. Всё равно записать?"
    assert _asked(town) == 0, "one question at a time"
    assert "55.75" not in town.card(number)["text"]
    await hub.press(town.maria, far, "Записать")
    assert "55.75580, 37.61730" in town.card(number)["text"]
    assert await _territory(town, number) is None


async def test_a_point_outside_among_further_words_is_asked_about(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.say(town.maria, location=FAR)
    assert hub.last(town.maria, "Точка за пределами")
    assert "55.75" not in town.card(number)["text"]


async def test_in_danger_any_point_is_written_down_at_once(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "Пахнет газом в подъезде")
    number = town.number(town.maria)
    await hub.say(town.maria, location=FAR)
    assert not hub.world.find(town.maria["id"], "Точка за пределами")
    assert "55.75580" in town.card(number)["text"]
