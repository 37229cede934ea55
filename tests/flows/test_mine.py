"""conversations.md §1.13, §1.6 «Забрать», §1.15 «вернулся», §1.16: the citizen's own things."""

from __future__ import annotations

import json
from datetime import timedelta

from services.model import Appeal, AppealId, State
from tests.flows.conftest import Town


async def test_s1_13_the_list_is_turned_and_a_case_opened_in_one_message(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "/my")
    assert hub.last(town.maria, "ещё ничего не присылали")
    numbers = [await town.open_case(f"{town.REPORT}, подъезд {n}") for n in range(1, 7)]
    await hub.say(town.maria, "/my")
    listed = hub.last(town.maria, "Ваши сообщения")
    assert "1–5 из 6" in listed["text"]
    before = len(hub.texts(town.maria))
    await hub.press(town.maria, listed, "›")
    await hub.press(town.maria, hub.last(town.maria, "6–6 из 6"), f"c1.case.{numbers[0]}")
    case = hub.last(town.maria, f"№ {numbers[0]} ·")
    assert "24.11 10:1" in case["text"]
    assert "приняли" in case["text"]
    assert "ответим до пт, 4 декабря" in case["text"]
    await hub.press(town.maria, case, "К списку")
    assert hub.last(town.maria, "1–5 из 6")["message_id"] == listed["message_id"]
    assert len(hub.texts(town.maria)) == before, "one message is turned, none is added"


async def test_s1_13_the_history_says_what_happened(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), f"s1.take.{number}")
    await hub.say(town.maria, "/my")
    listed = hub.last(town.maria, "Ваши сообщения")
    await hub.press(town.maria, listed, f"c1.case.{number}")
    text = hub.last(town.maria, "В работе, № ")["text"]
    assert "взяли: ЖКХ и энергетика" in text
    assert "Иван" not in text


async def test_s1_6_taking_back_and_putting_back_within_a_week(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), f"s1.take.{number}")
    await hub.say(town.maria, "/my")
    listed = hub.last(town.maria, "Ваши сообщения")
    await hub.press(town.maria, listed, f"c1.case.{number}")
    await hub.press(town.maria, listed, "Забрать")
    asked = hub.last(town.maria, "Работать по нему перестанем")
    await hub.press(town.maria, asked, "Оставить")
    assert "ответим до" in hub.last(town.maria, "В работе, № ")["text"]
    await hub.press(town.maria, listed, "Забрать")
    await hub.press(town.maria, listed, f"c1.wdyes.{number}")
    assert "Вернуть можно в течение недели" in hub.last(town.maria, "Закрыто, № ")["text"]
    assert "забрал житель" in town.card(number)["text"]
    assert await hub.press(town.maria, listed, "Вернуть в работу") is None
    assert "ответим до пт, 4 декабря" in hub.last(town.maria, "Принято, № ")["text"]
    assert "никто не взял" in town.card(number)["text"]
    await hub.press(town.maria, listed, "Забрать")
    await hub.press(town.maria, listed, f"c1.wdyes.{number}")
    shown = hub.last(town.maria, "Вернуть можно")
    await hub.go(timedelta(days=8))
    toast = await hub.press(town.maria, shown, "Вернуть в работу")
    assert toast is not None
    assert "больше недели" in toast


async def test_s1_13_nobody_opens_the_case_of_another(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    petr = await hub.citizen("Пётр")
    await town.open_case(citizen=petr)
    await hub.say(petr, "/my")
    listed = hub.last(petr, "Ваши сообщения")
    forged = {
        "id": "forged",
        "from": petr,
        "chat_instance": "1",
        "message": listed,
        "data": f"c1.case.{number}",
    }
    hub.world.add_update({"callback_query": forged})
    await hub.settle()
    assert not hub.world.find(petr["id"], f"№ {number} ")


async def test_s1_6_taken_back_while_it_is_checked_leaves_no_card_to_decide(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, await town.draft(number), "m1.send")
    card = hub.last(town.quality, "проверить до")
    await hub.say(town.maria, "/my")
    listed = hub.last(town.maria, "Ваши сообщения")
    await hub.press(town.maria, listed, f"c1.case.{number}")
    await hub.press(town.maria, listed, "Забрать")
    await hub.press(town.maria, listed, "Забрать")
    card = next(m for m in hub.texts(town.quality) if m["message_id"] == card["message_id"])
    assert card["text"] == f"▫️ № {number} закрыто, проверять больше нечего"
    assert "reply_markup" not in card
    assert not hub.world.find(town.hcs["id"], "на проверке")
    assert hub.last(town.hcs, f"Заметка к № {number}")
    await hub.go(timedelta(hours=4))
    assert not hub.world.find(town.quality["id"], "время проверки вышло")
    await hub.press(town.maria, listed, "Вернуть в работу")
    await hub.press(town.ivan, await town.draft(number), "m1.send")
    await hub.press(town.olga, hub.last(town.quality, "проверить до"), "Пропустить")
    assert hub.last(town.maria, "Получилось?")


async def test_s1_15_who_comes_back_is_sent_the_answer_he_missed(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    preview = await town.draft(number, photo=b"a new gasket")
    await hub.press(town.ivan, preview, "m1.send")
    hub.world.block(town.maria)
    await hub.settle()
    await hub.press(town.olga, hub.last(town.quality, "проверить"), "Пропустить")
    assert not hub.world.find(town.maria["id"], "Получилось?")
    await hub.go(timedelta(days=9))
    async with hub.app.store.reading() as uow:
        appeal = await uow.need(Appeal, number)
        assert appeal.state is State.ANSWERED, "silence of the unreachable closes nothing"
    hub.world.unblock(town.maria)
    hub.world.start(town.maria)
    await hub.settle()
    texts = [m.get("text", "") for m in hub.texts(town.maria)]
    missed = next(i for i, t in enumerate(texts) if "Пока вас не было, пришёл ответ" in t)
    assert any("Получилось?" in t for t in texts[missed:])
    assert sum("photo" in m for m in hub.texts(town.maria)) == 1, "with the photo «after»"
    await hub.press(town.maria, hub.last(town.maria, "Получилось?"), "Решено")
    assert hub.last(town.maria, "Как мы сработали?")
    await hub.say(town.maria, "/my")
    shown = hub.last(town.maria, "Ваши сообщения")
    await hub.press(town.maria, shown, f"c1.case.{number}")
    assert await hub.press(town.maria, shown, f"c1.reopen.{number}") is None, "the week is anew"
    await hub.say(town.maria, "/start")
    assert sum("Пока вас не было" in m.get("text", "") for m in hub.texts(town.maria)) == 1


async def test_s1_16_privacy_export_and_language(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.say(town.maria, "/privacy")
    shown = hub.last(town.maria, "Что мы храним")
    assert "Согласие: версия 1, 24.11.2026." in shown["text"]
    await hub.press(town.maria, shown, "Мои данные файлом")
    file = next(m for m in reversed(hub.texts(town.maria)) if "document" in m)
    stored = hub.world.town.files.get(file["document"]["file_id"])
    kept = json.loads(stored.data)
    assert kept["appeals"][0]["number"] == number
    assert kept["appeals"][0]["messages"][0]["text"] == town.REPORT
    await hub.press(town.maria, shown, "Удалить данные")
    assert hub.last(town.maria, "Удалить ваши данные?")
    await hub.say(town.maria, "/language")
    await hub.press(town.maria, hub.last(town.maria, "Язык · Language"), "English")
    assert hub.last(town.maria, "We write in English.")
    await hub.say(town.maria, "/help")
    assert hub.last(town.maria, "Just write what happened")


async def test_s1_16_forget_me_after_the_answer(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.say(town.maria, "/forgetme")
    await hub.press(town.maria, hub.last(town.maria, "Удалить ваши данные?"), "Сначала ответ")
    assert f"когда закроем № {number}" in hub.last(town.maria, "Хорошо. Удалим")["text"]
    answer = await town.answered(number)
    await hub.press(town.maria, answer, "Решено")
    await hub.go(timedelta(hours=1))
    assert "Удалили. Запись об этом:" in hub.last(town.maria, "Захотите написать снова")["text"]
    async with hub.app.store.reading() as uow:
        said = await uow.appeals.utterances_of(AppealId(number))
        assert not any(town.REPORT in u.text for u in said)


async def test_s1_16_the_messenger_suggests_the_commands_in_both_languages(town: Town) -> None:
    suggested = town.hub.world.town.commands
    names = {c["command"] for commands in suggested.values() for c in commands}
    assert names == {"my", "language", "privacy", "forgetme", "help"}
    assert len(suggested) == 2
