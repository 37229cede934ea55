"""«Уточнить» and what the citizen does with it (conversations.md §1.8, §2.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from services.model import Appeal
from services.policies import Regime
from tests.flows.conftest import Person, Town
from tests.flows.test_hand_over import give
from tests.support.hub import TUESDAY

MINUTE = timedelta(seconds=61)


async def _asked(town: Town, button: str = "Точный адрес") -> int:
    number = await town.open_case()
    await town.hub.press(town.ivan, town.card(number), "Взять")
    await town.hub.press(town.ivan, town.card(number), "Уточнить")
    await town.hub.press(town.ivan, town.hub.last(town.hcs, "что уточнить?"), button)
    return number


def _question(town: Town) -> Person | None:
    return town.hub.world.find(town.maria["id"], "Вопрос по №")


async def test_s2_5_a_quick_question_leaves_in_a_minute_and_not_known_is_an_answer(
    town: Town,
) -> None:
    hub = town.hub
    number = await _asked(town)
    assert _question(town) is None
    card = town.card(number)["text"]
    assert f"💬 № {number} · ждём жителя с 24.11 10:12, Иван" in card
    assert "Какой точный адрес?" in card
    assert "Срок стоит" in card
    await hub.go(timedelta(seconds=50))
    await hub.press(town.ivan, town.card(number), "Снять вопрос")
    assert "ответить до пт 4.12 17:00" in town.card(number)["text"].lower(), "no day won by it"
    await hub.go(MINUTE)
    assert _question(town) is None, "withdrawn in time: never sent"

    await hub.press(town.ivan, town.card(number), "Уточнить")
    toast = await hub.press(town.ivan, hub.last(town.hcs, "что уточнить?"), "Фото места")
    assert toast == "Спросим через минуту. Передумали — «Снять вопрос»"
    await hub.go(MINUTE)
    question = hub.last(town.maria, "Вопрос по №")
    assert "Пришлите, пожалуйста, фото места" in question["text"]
    assert "срок стоит" in question["text"]
    await hub.press(town.maria, question, "Отвечу позже")
    assert hub.last(town.maria, "Хорошо, не спешите")
    await hub.press(town.maria, question, "Не знаю")
    assert "Житель ответил: не знает" in hub.last(town.hcs, "Житель ответил")["text"]
    assert "Срок: пн 7.12 18:00" in hub.last(town.hcs, "Житель ответил")["text"]
    assert hub.last(town.maria, "Передали. Новый срок")
    assert "Иван, с" in town.card(number)["text"]
    closed = hub.last(town.maria, "Вопрос по №")
    assert closed["message_id"] == question["message_id"]
    assert "reply_markup" not in closed
    assert closed["text"].endswith("Вы ответили.")


async def test_s2_5_ones_own_question(town: Town) -> None:
    hub = town.hub
    number = await _asked(town, "Свой вопрос")
    prompt = hub.last(town.hcs, "ваш вопрос жителю")
    reply = {"chat": town.hcs, "reply_to": prompt["message_id"]}
    await hub.say(town.pavel, "А я спрошу", **reply)
    assert _question(town) is None
    await hub.say(town.ivan, "Из крана или из-под мойки?", **reply)
    assert "Из крана или из-под мойки?" in hub.last(town.maria, "Вопрос по №")["text"]
    assert "Из крана или из-под мойки?" in town.card(number)["text"]
    # A colleague gets the case with its open question; an answer needs no withdrawing first.
    await hub.press(town.ivan, town.card(number), "Передать")
    await hub.press(town.ivan, hub.last(town.hcs, "кому?"), "Коллеге в блоке")
    await give(town, town.ivan, "Павел")
    assert "ждём жителя с 24.11 10:12, Павел" in town.card(number)["text"]
    await hub.say(town.pavel, town.ANSWER, chat=town.hcs, reply_to=town.card(number)["message_id"])
    await hub.press(town.pavel, hub.last(town.hcs, "ещё не отправлен"), "m1.send")
    assert "на проверке" in town.card(number)["text"]
    assert "Отвечать уже не нужно" in hub.last(town.maria, "Вопрос по №")["text"]


async def test_s1_8_silence_of_two_and_five_days(town: Town) -> None:
    hub = town.hub
    number = await _asked(town)
    await hub.go(TUESDAY + timedelta(days=2, hours=1))
    soft = hub.last(town.maria, "всё ещё ждём вашего ответа")
    assert soft["disable_notification"]
    for day in range(3, 8):
        await hub.go(TUESDAY + timedelta(days=day, hours=1))
    over = [m for m in hub.texts(town.maria) if "Дежурный решит" in m["text"]]
    assert len(over) == 1
    assert len([m for m in hub.texts(town.maria) if "всё ещё ждём" in m["text"]]) == 1
    for chat in (town.hcs, town.triage):
        told = [m for m in hub.texts(chat) if "пять дней нет ответа" in m.get("text", "")]
        assert len(told) == 1
    await hub.press(town.maria, soft, "Не знаю")
    assert "Иван, с" in town.card(number)["text"]
    assert await hub.press(town.maria, soft, "Не знаю") == "Это уже неактуально"


async def test_s1_8_an_official_appeal_never_hears_of_a_stopped_clock(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    async with hub.app.store.unit() as uow:
        appeal = await uow.need(Appeal, number)
        uow.put(replace(appeal, regime=Regime.LAW59))
    await hub.press(town.ivan, town.card(number), "Взять")
    await hub.press(town.ivan, town.card(number), "Уточнить")
    await hub.press(town.ivan, hub.last(town.hcs, "что уточнить?"), "Когда было")
    assert "Срок идёт · ответить до пт 4.12 17:00" in town.card(number)["text"]
    await hub.go(MINUTE)
    question = hub.last(town.maria, "Вопрос по №")
    assert "срок" not in question["text"]
    await hub.say(town.maria, "Вчера вечером")
    assert hub.last(town.maria, "Передали.")["text"] == "Передали."
    assert "Вчера вечером" in hub.last(town.hcs, "Житель ответил")["text"]


async def test_s1_8_a_greeting_is_no_answer(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await town.ask(number, "Какой этаж?")
    for words in ("Здравствуйте", "Спасибо"):
        await hub.say(town.maria, words)
        assert hub.last(town.maria)["text"] == (
            f"Ждём ваш ответ по № {number}. Напишите его здесь своими словами."
        )
    assert "ждём жителя" in town.card(number)["text"]
    await hub.say(town.maria, "Третий")
    assert "Третий" in hub.last(town.hcs, "Житель ответил")["text"]


async def test_s2_5_an_edit_of_a_question_that_has_left_is_answered(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await town.ask(number, "Какой этаж?")
    own = next(m for m in hub.texts(town.hcs) if m.get("text") == "Какой этаж?")
    hub.world.edit(town.ivan, town.hcs["id"], own["message_id"], "Какой подъезд?")
    await hub.settle()
    told = hub.last(town.hcs, "Вопрос уже ушёл, правку житель не увидит")
    assert told["reply_to_message"]["message_id"] == own["message_id"]
    assert "Какой этаж?" in hub.last(town.maria, "Вопрос по №")["text"]


async def test_s5_an_english_reader_sees_that_the_words_are_in_russian(town: Town) -> None:
    hub = town.hub
    john = await hub.citizen("John", language_code="en")
    await hub.say(john, town.REPORT)
    await town.ask(1, "Какой этаж?")
    asked = hub.last(john, "A question about No.")["text"].split("\n")
    assert asked[1:3] == ["Question in Russian:", "Какой этаж?"]
