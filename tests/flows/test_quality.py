"""The quality gate: sent back and mended; nobody checks his own; notes and questions."""

from __future__ import annotations

from tests.flows.conftest import Town


async def test_checker_sends_back_and_the_mended_answer_passes(town: Town) -> None:
    number = await town.open_case()
    await town.hub.press(town.ivan, await town.draft(number, "Всё сделаем."), "m1.send")
    await town.hub.press(town.olga, town.hub.last(town.quality, "проверить"), "Вернуть")
    prompt = town.hub.last(town.quality, "что поправить")
    await town.hub.say(town.olga, "Напишите дату", chat=town.quality, reply_to=prompt["message_id"])
    assert "«Напишите дату» — Иван" in town.hub.last(town.hcs, f"Вернули № {number}")["text"]
    assert "вернули на доработку (1 из 3)" in town.card(number)["text"]
    assert not town.hub.world.find(town.maria["id"], "Всё сделаем")
    await town.hub.press(town.ivan, await town.redraft(number), "m1.send")
    await town.hub.press(town.olga, town.hub.last(town.quality, "проверить"), "Пропустить")
    assert "слесарь" in town.hub.last(town.maria, "Ответ по")["text"]


async def test_nobody_checks_his_own_answer(town: Town) -> None:
    """Павел is made a checker too: roles don't help (invariant 2)."""
    hub = town.hub
    await hub.say(hub.admin, "/invite QC")
    link = hub.last(hub.admin, "start=r_")["text"].split("start=")[1].split()[0]
    hub.world.start(town.pavel, link)
    await hub.settle()
    number = await town.open_case()
    await hub.press(town.pavel, town.card(number), "Взять")
    card = town.card(number)
    await hub.say(town.pavel, town.ANSWER, chat=town.hcs, reply_to=card["message_id"])
    await hub.press(town.pavel, hub.last(town.hcs, "ещё не отправлен"), "m1.send")
    check = hub.last(town.quality, "проверить")
    assert await hub.press(town.pavel, check, "Пропустить") == "Свой ответ проверять нельзя"
    assert await hub.press(town.pavel, check, "Вернуть") == "Свой ответ проверять нельзя"
    assert await hub.press(town.ivan, check, "Пропустить") == "У вас нет роли для этого"
    assert not hub.world.find(town.maria["id"], "Ответ по")


async def test_s2_9_with_no_other_checker_the_duty_officer_checks(town: Town) -> None:
    hub = town.hub
    said = await hub.say(town.olga, "Ухожу в отпуск", chat=town.quality)
    await hub.say(hub.admin, "/roles", chat=town.quality, reply_to=said["message_id"])
    await hub.press(hub.admin, hub.last(town.quality, "Что может?"), "☑ Контролёр")
    await hub.say(hub.admin, "/invite QC")
    link = hub.last(hub.admin, "start=r_")["text"].split("start=")[1].split()[0]
    hub.world.start(town.pavel, link)
    await hub.settle()
    number = await town.open_case()
    await hub.press(town.pavel, town.card(number), "Взять")
    above = town.card(number)["message_id"]
    await hub.say(town.pavel, town.ANSWER, chat=town.hcs, reply_to=above)
    await hub.press(town.pavel, hub.last(town.hcs, "ещё не отправлен"), "m1.send")
    own = hub.last(town.quality, "проверить до")
    assert await hub.press(town.pavel, own, "Пропустить") == "Свой ответ проверять нельзя"
    card = hub.last(town.triage, "проверить до")
    assert not card.get("disable_notification")
    await hub.press(town.dut, card, "Вернуть")
    prompt = hub.last(town.triage, "что поправить")
    assert prompt["reply_to_message"]["message_id"] == card["message_id"]
    await hub.say(town.dut, "Короче", chat=town.triage, reply_to=prompt["message_id"])
    for chat in (town.quality, town.triage):
        assert hub.last(chat, f"№ {number} вернули, Дарья: «Короче»")
    await hub.say(town.pavel, town.ANSWER, chat=town.hcs, reply_to=above)
    await hub.press(town.pavel, hub.last(town.hcs, "ещё не отправлен"), "m1.send")
    await hub.press(town.dut, hub.last(town.triage, "проверить до"), "Пропустить")
    assert hub.last(town.maria, "Получилось?")
    for chat in (town.quality, town.triage):
        assert hub.last(chat, f"№ {number} пропущен, Дарья")


async def test_a_note_stays_inside(town: Town) -> None:
    number = await town.open_case()
    preview = await town.draft(number, "Жду ключ от подвала у старшего по дому")
    await town.hub.press(town.ivan, preview, "Не ответ")
    assert town.hub.last(town.hcs, f"Заметка к № {number}")
    assert not town.hub.world.find(town.maria["id"], "ключ от подвала")
    assert "Иван, с" in town.card(number)["text"], "the case is still in work"


async def test_words_of_another_are_kept_as_a_note(town: Town) -> None:
    number = await town.open_case()
    await town.hub.press(town.ivan, town.card(number), "Взять")
    card = town.card(number)
    await town.hub.say(town.pavel, "Я там был", chat=town.hcs, reply_to=card["message_id"])
    assert town.hub.last(town.hcs, "Держит Иван, сохранили как заметку.")
    assert not town.hub.world.find(town.hcs["id"], "ещё не отправлен")


async def test_s2_6_words_under_a_card_that_is_over_are_a_note(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.say(town.maria, "/my")
    shown = hub.last(town.maria, "Ваши сообщения")
    for button in ("case", "wd", "wdyes"):
        await hub.press(town.maria, shown, f"c1.{button}.{number}")
    card = town.card(number)
    await hub.say(town.ivan, "Съездил, всё сделал", chat=town.hcs, reply_to=card["message_id"])
    assert hub.last(town.hcs, "Сохранили как заметку: отвечать здесь сейчас нечего.")


async def test_s0_5_a_second_press_takes_the_prompt_back(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    assert await hub.press(town.ivan, town.card(number), "Ответить") is None
    assert hub.last(town.hcs, "ответ жителю по")
    toast = await hub.press(town.ivan, town.card(number), "Ответить")
    assert toast == "Отменили, ничего не спрашиваем"
    assert not hub.world.find(town.hcs["id"], "ответ жителю по")
    await hub.press(town.ivan, town.card(number), "Ответить")
    prompt = hub.last(town.hcs, "ответ жителю по")
    await hub.say(town.ivan, town.ANSWER, chat=town.hcs, reply_to=prompt["message_id"])
    preview = hub.last(town.hcs, "ещё не отправлен")
    assert await hub.press(town.ivan, preview, "☑ Решено") == "Это уже отмечено"
    await hub.press(town.ivan, town.card(number), "Ответить")
    prompts = [m for m in hub.texts(town.hcs) if "ответ жителю по" in m.get("text", "")]
    assert len(prompts) == 2, "what was answered stays, the next is asked anew"


async def test_question_to_the_citizen_stops_the_clock(town: Town) -> None:
    number = await town.open_case()
    await town.ask(number, "В каком подъезде течёт?")
    question = town.hub.last(town.maria, "Вопрос по")
    assert "В каком подъезде" in question["text"]
    assert "ждём жителя" in town.card(number)["text"]
    assert "Срок стоит" in town.card(number)["text"]
    await town.hub.say(town.maria, "Во втором", reply_to=question["message_id"])
    passed = town.hub.last(town.maria, "Передали")["text"]
    assert passed == "Передали. Срок прежний: пт, 4 декабря, 17:00.", "no time has passed"
    assert "Во втором" in town.hub.last(town.hcs, "Житель ответил")["text"]
    assert "Иван, с" in town.card(number)["text"]


async def test_solved_needs_the_photo_that_the_topic_demands(town: Town) -> None:
    """Invariant 5: without evidence «solved» is refused, «explained» is the default."""
    await town.hub.say(town.maria, "На Островского огромная яма на дороге посреди асфальта")
    number = town.number(town.maria)
    card = town.card(number, town.rod)
    await town.hub.press(town.road, card, "Взять")
    await town.hub.say(
        town.road, "Яму засыпали щебнем.", chat=town.rod, reply_to=card["message_id"]
    )
    preview = town.hub.last(town.rod, "ещё не отправлен")
    assert "Нет фото «после»" in preview["text"]
    toast = await town.hub.press(town.road, preview, "☐ Решено")
    assert toast == "Для «решено» по этой теме нужно фото «после»"
    await town.hub.press(town.road, preview, "☐ Частично")
    keys = town.hub.last(town.rod, "ещё не отправлен")["reply_markup"]["inline_keyboard"][0]
    assert [k["text"] for k in keys] == ["☐ Решено", "☑ Частично", "☐ Разъяснено"]


async def test_too_long_and_empty_answers_are_said_so(town: Town) -> None:
    number = await town.open_case()
    await town.hub.press(town.ivan, town.card(number), "Взять")
    card = town.card(number)
    await town.hub.say(town.ivan, "я" * 3001, chat=town.hcs, reply_to=card["message_id"])
    assert "Длинно: знаков 3001, поместится 3000" in town.hub.last(town.hcs, "Длинно")["text"]
    await town.hub.say(town.ivan, photo=b"png", chat=town.hcs, reply_to=card["message_id"])
    assert town.hub.last(town.hcs, "Напишите ответ словами")
    await town.hub.say(town.ivan, "😀" * 1500, chat=town.hcs, reply_to=card["message_id"])
    assert town.hub.last(town.hcs, "ещё не отправлен"), "1,500 emoji are 3,000 units"
