"""«Не наше»: a block gives a case back once; the second time the head of МЦУ decides for good."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.flows.conftest import Person, Town
from tests.flows.test_presses import _forge as forge

ROADS = "Дороги"


async def _give_back(
    town: Town, who: Person, number: int, chat: Person, block: str, why: str
) -> Any:
    """«Не наше» → «Не наш вопрос» → a block → a phrase; returns the toast of the block."""
    hub = town.hub
    await hub.press(who, town.card(number, chat), "Не наше")
    await hub.press(who, hub.last(chat, "что случилось?"), "Не наш вопрос")
    await hub.press(who, hub.last(chat, "чьё это?"), "Все блоки")
    toast = await hub.press(who, hub.last(chat, "чьё это?"), block)
    prompt = hub.last(chat, "коротко почему")
    await hub.say(who, why, chat=chat, reply_to=prompt["message_id"])
    return toast


def _keys(message: dict[str, Any]) -> list[str]:
    return [b["text"] for row in message["reply_markup"]["inline_keyboard"] for b in row]


async def test_s2_4_not_ours_goes_to_the_duty_officer_with_the_reason(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    await hub.press(town.ivan, town.card(number), "Не наше")
    menu = hub.last(town.hcs, "что случилось?")
    assert menu["disable_notification"]
    assert await hub.press(town.pavel, menu, "Не наш вопрос") == "Меню открыл(а) Иван"
    await hub.press(town.ivan, menu, "Отмена")
    assert not hub.world.find(town.hcs["id"], "что случилось?")
    await _give_back(town, town.ivan, number, town.hcs, ROADS, "Это ливнёвка, тел. 89181234567")
    assert not hub.world.find(town.hcs["id"], "чьё это?"), "the menu is gone"
    head = town.card(number)["text"].split("\n")[0]
    assert "блок отказался: не наш вопрос → Дороги" in head
    card = hub.last(town.triage, "куда?")
    assert not card.get("disable_notification")
    assert "ЖКХ и энергетика: «Это ливнёвка" in card["text"]
    assert "89181234567" not in card["text"]
    assert _keys(card)[0] == f"1. {ROADS}"
    await hub.press(town.dut, card, f"1. {ROADS}")
    assert "никто не взял" in town.card(number, town.rod)["text"]
    assert f"№ {number} → Дороги" in hub.last(town.hcs, "→ Дороги")["text"]


async def test_s2_4_an_unjustified_return_comes_back_and_there_is_no_second(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    due = town.card(number)["text"].lower().split("ответить до ")[1].split("\n")[0]
    await _give_back(town, town.ivan, number, town.hcs, ROADS, "Не наша труба")
    stale = town.card(number)
    await hub.press(town.dut, hub.last(town.triage, "куда?"), f"t1.to.{number}.HCS")
    assert "остаётся у вас" in hub.last(town.hcs, "не согласился")["text"]
    assert due in town.card(number)["text"].lower(), "clocks are never reset"
    await hub.press(town.pavel, town.card(number), "Не наше")
    menu = hub.last(town.hcs, "что случилось?")
    toast = await hub.press(town.pavel, menu, "Не наша территория")
    assert toast == "Ваш отдел уже отказывался, второй раз нельзя"
    assert await forge(town, town.road, stale, f"s1.return.{number}") == (
        "Это карточка блока «ЖКХ и энергетика», у вас нет в нём роли"
    )


async def test_s2_4_four_working_hours_and_a_holder_of_his_own(town: Town) -> None:
    """Assigned at 10:12 with the lunch between: until 15:02."""
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    toast = await hub.press(town.pavel, town.card(number), "Не наше")
    assert toast == "Держит Иван. Попросите передать"
    await hub.press(town.ivan, town.card(number), "Не наше")
    await hub.press(town.ivan, hub.last(town.hcs, "что случилось?"), "Не наш вопрос")
    where = hub.last(town.hcs, "чьё это?")
    assert "до 24.11 15:02 (4 рабочих часа)" in where["text"]
    await hub.press(town.ivan, where, "Все блоки")
    await hub.press(town.ivan, hub.last(town.hcs, "чьё это?"), ROADS)
    prompt = hub.last(town.hcs, "коротко почему")
    await hub.say(town.pavel, "Не наше", chat=town.hcs, reply_to=prompt["message_id"])
    assert "Иван" in hub.texts(town.hcs)[-1]["text"]
    await hub.go(timedelta(hours=5))
    await hub.say(town.ivan, "Не наше", chat=town.hcs, reply_to=prompt["message_id"])
    assert hub.last(town.hcs, "Вернуть можно было до 15:02: 4 рабочих часа прошли")
    assert "Иван, с" in town.card(number)["text"]


async def test_s2_4_too_little_data_and_a_repeat_are_no_returns(town: Town) -> None:
    hub = town.hub
    first, second = await town.open_case(), await town.open_case()
    await hub.press(town.ivan, town.card(second), "Не наше")
    toast = await hub.press(town.ivan, hub.last(town.hcs, "что случилось?"), "Мало данных")
    assert toast == "Возьмите и нажмите «Уточнить»: спросим жителя"
    assert not hub.world.find(town.hcs["id"], "что случилось?")
    await hub.press(town.ivan, town.card(second), "Не наше")
    await hub.press(town.ivan, hub.last(town.hcs, "что случилось?"), "Повтор другого")
    prompt = hub.last(town.hcs, "номер того сообщения")
    for words, said in (
        ("вон тот", "цифрами"),
        (str(second), f"нет сообщения № {second}"),
        ("999999", "нет сообщения № 999999"),
    ):
        await hub.say(town.ivan, words, chat=town.hcs, reply_to=prompt["message_id"])
        assert said in hub.texts(town.hcs)[-1]["text"]
    await hub.say(town.ivan, f"№ {first}", chat=town.hcs, reply_to=prompt["message_id"])
    said = hub.last(town.triage, "повторяет")["text"]
    assert f"№ {second} повторяет № {first}, говорит Иван" in said
    assert "никто не взял" in town.card(second)["text"]
    await hub.press(town.ivan, town.card(second), "Взять")
    await hub.press(town.ivan, town.card(second), "Передать")
    await hub.press(town.ivan, hub.last(town.hcs, "кому?"), "В другой блок")
    await hub.press(town.ivan, hub.last(town.hcs, "что случилось?"), "Мало данных")
    assert "m1.q." in str(hub.texts(town.hcs)[-1]["reply_markup"]), "«Уточнить» is open"


async def test_s2_4_cannot_be_done_is_an_answer_that_refuses(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Не наше")
    toast = await hub.press(town.ivan, hub.last(town.hcs, "что случилось?"), "Сделать нельзя")
    assert toast == "Сначала возьмите: отказ — это ответ жителю"
    await hub.press(town.ivan, town.card(number), "Взять")
    await hub.press(town.ivan, town.card(number), "Не наше")
    await hub.press(town.ivan, hub.last(town.hcs, "что случилось?"), "Сделать нельзя")
    prompt = hub.last(town.hcs, "объясните жителю")
    await hub.say(
        town.ivan,
        "Проезд частный, тратить на него деньги города закон не разрешает.",
        chat=town.hcs,
        reply_to=prompt["message_id"],
    )
    assert hub.last(town.hcs, "почему сделать нельзя")
    assert "Иван, с" in town.card(number)["text"], "no return"


async def _twice(town: Town) -> int:
    await town.answered(await town.open_case())
    number = await town.open_case()
    await _give_back(town, town.ivan, number, town.hcs, ROADS, "Асфальт не наш")
    await town.hub.press(town.dut, town.hub.last(town.triage, "куда?"), f"1. {ROADS}")
    await town.hub.go(timedelta(hours=1))
    await _give_back(town, town.road, number, town.rod, "ЖКХ и энергетика", "Двор не дорога")
    return number


async def test_s3_2_ping_pong_is_decided_once_and_finally(town: Town) -> None:
    hub = town.hub
    number = await _twice(town)
    assert hub.last(town.rod, f"Второй отказ по № {number} решает руководитель МЦУ, передали.")
    card = hub.last(town.triage, "Второй отказ: решает руководитель МЦУ")
    assert "reply_markup" not in card or not _keys(card)
    asked = hub.last(town.head, f"№ {number}: два отказа, решаете вы")
    for part in (
        "ЖКХ и энергетика: «Асфальт не наш»",
        "Дороги: «Двор не дорога»",
        "1 ч из 8",
        "Похожие раньше делало: ЖКХ",
    ):
        assert part in asked["text"]
    await hub.press(town.head, asked, "Другой блок")
    await hub.press(town.head, hub.last(town.head, "два отказа"), "Назад")
    await hub.press(town.head, hub.last(town.head, "два отказа"), "Дороги")
    asked = hub.last(town.head, "Чей отказ обоснован?")
    await hub.press(town.head, asked, "ЖКХ и энергетика")
    assert hub.last(town.head, "почему так?")
    await hub.say(town.head, "Двор у проезжей части, его чистят дороги")
    assert f"№ {number} → Дороги, окончательно, вы, 11:12" in hub.last(town.head, "оконч")["text"]
    assert "никто не взял" in town.card(number, town.rod)["text"]
    assert "его чистят дороги" in hub.last(town.rod, "окончательно")["text"]
    await hub.press(town.road, town.card(number, town.rod), "Не наше")
    menu = hub.last(town.rod, "что случилось?")
    toast = await hub.press(town.road, menu, "Не наш вопрос")
    assert toast == "Так решил руководитель МЦУ, вернуть уже нельзя"
    data = asked["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert await forge(town, town.head, asked, data) == "Уже решено: Марина, 11:12"


async def test_s3_2_the_wrong_people_decide_nothing(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await _give_back(town, town.ivan, number, town.hcs, ROADS, "Асфальт не наш")
    old = hub.last(town.triage, "куда?")
    await hub.press(town.dut, old, f"1. {ROADS}")
    await _give_back(town, town.road, number, town.rod, "ЖКХ и энергетика", "Двор не дорога")
    toast = await forge(town, town.dut, old, f"t1.to.{number}.ROD")
    assert toast == "Второй отказ: решает руководитель МЦУ"
    asked = hub.last(town.head, "два отказа")
    data = asked["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert data.startswith("d1.pp.")
    started = hub.texts(town.deputy)[0]
    assert await forge(town, town.deputy, started, data) == "У вас нет роли для этого"
    assert await forge(town, town.head, asked, "d1.pp.999.HCS") == "Такого вопроса больше нет"
    assert await forge(town, town.head, asked, data.replace("HCS", "XXX")) == "Это уже неактуально"
    judge = data.replace(".pp.", ".just.")
    assert await forge(town, town.head, asked, judge) == "Это уже неактуально"
    assert "блок отказался" in town.card(number, town.rod)["text"]


async def test_s3_2_without_a_head_the_duty_chat_is_asked_and_answers_there(town: Town) -> None:
    """The head stopped the bot: the question stands in the duty chat, where he may still decide."""
    hub = town.hub
    hub.world.block(town.head)
    await hub.settle()
    number = await _twice(town)
    asked = hub.last(town.triage, "два отказа, решаете вы")
    assert await hub.press(town.dut, asked, ROADS) == "У вас нет роли для этого"
    hub.world.add_member(town.triage["id"], town.head)
    await hub.press(town.head, asked, ROADS)
    await hub.press(town.head, hub.last(town.triage, "Чей отказ обоснован?"), "Ни один")
    prompt = hub.last(town.triage, "почему так, одной фразой?")
    await hub.say(town.dut, "Дороги", chat=town.triage, reply_to=prompt["message_id"])
    assert "Марина" in hub.texts(town.triage)[-1]["text"]
    await hub.say(town.head, "Их двор", chat=town.triage, reply_to=prompt["message_id"])
    assert f"№ {number} → Дороги, окончательно, Марина" in hub.last(town.triage, "оконч")["text"]
