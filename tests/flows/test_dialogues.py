"""What a citizen says while something is open: nothing swallowed, nothing cut, nothing unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.flows.conftest import Town

FIRE = "Пожар в подъезде на Островского 12, горит щиток, дым"
PICTURE = b"\x89PNG not looked into"


async def _asked(town: Town) -> int:
    number = await town.open_case()
    await town.ask(number, "В каком подъезде течёт?")
    return number


@pytest.mark.parametrize("opened", ["question", "add", "rest", "comment", "reply"])
async def test_danger_is_never_an_answer_to_a_question_of_ours(town: Town, opened: str) -> None:
    hub, reply = town.hub, None
    if opened == "question":
        number = await _asked(town)
    else:
        number = await town.open_case()
    if opened == "add":
        await hub.press(town.maria, hub.last(town.maria, "Поняли так"), "Дополнить")
    elif opened in ("rest", "comment"):
        answer = await town.answered(number)
        await hub.press(town.maria, answer, "Частично" if opened == "rest" else "Решено")
        if opened == "comment":
            await hub.press(town.maria, hub.last(town.maria, "Как мы"), "5")
    elif opened == "reply":
        reply = hub.last(town.maria, "Поняли так")["message_id"]
    await hub.say(town.maria, FIRE, reply_to=reply)
    assert hub.last(town.maria, "Сначала позвоните 112")
    assert town.number(town.maria) != number
    assert "🚨" in town.card(town.number(town.maria), town.triage)["text"]


async def test_danger_after_an_answered_emergency_is_a_new_one(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "Сильный запах газа в подъезде, Островского 12")
    first = town.number(town.maria)
    await town.answered(first)
    await hub.say(
        town.maria,
        "Опять сильный запах газа",
        reply_to=hub.last(town.maria, "Получилось?")["message_id"],
    )
    assert town.number(town.maria) != first


@pytest.mark.parametrize("items", [2, 9, 10])
async def test_an_album_of_any_size_is_one_case(town: Town, items: int) -> None:
    await town.hub.say(town.maria, media_group=[PICTURE] * items, caption=town.REPORT)
    receipts = [m for m in town.hub.texts(town.maria) if "Поняли так" in m.get("text", "")]
    assert len(receipts) == 1
    assert len([m for m in town.hub.texts(town.hcs) if m.get("photo")]) == items


async def test_a_late_item_of_an_album_joins_its_case(town: Town) -> None:
    hub = town.hub
    said = await hub.say(town.maria, media_group=[PICTURE] * 2, caption=town.REPORT)
    late = {**said[0], "message_id": 9_000_001}
    late.pop("caption", None)
    hub.world.add_update({"message": late})
    await hub.settle()
    receipts = [m for m in hub.texts(town.maria) if "Поняли так" in m.get("text", "")]
    assert len(receipts) == 1
    assert "Вложения: 3 фото" in receipts[0]["text"]


async def test_the_question_can_be_withdrawn(town: Town) -> None:
    hub = town.hub
    number = await _asked(town)
    card = town.card(number)
    assert await hub.press(town.pavel, card, "Снять вопрос") == "Держит Иван. Попросите передать"
    await hub.press(town.ivan, card, "Снять вопрос")
    assert "Иван, с" in town.card(number)["text"]
    await town.redraft(number)


async def test_five_days_without_an_answer_are_said_once(town: Town) -> None:
    hub = town.hub
    await _asked(town)
    for _day in range(8):
        await hub.go(timedelta(days=1))
    said = [m for m in hub.texts(town.hcs) if "пять дней нет ответа" in m.get("text", "")]
    assert len(said) == 1


async def test_a_photo_in_answer_to_a_question_reaches_the_staff(town: Town) -> None:
    await _asked(town)
    await town.hub.say(town.maria, photo=PICTURE, caption="Вот здесь")
    photos = [m for m in town.hub.texts(town.hcs) if m.get("photo")]
    assert len(photos) == 1


async def test_another_blocks_report_is_no_answer_to_a_question(town: Town) -> None:
    number = await _asked(town)
    await town.hub.say(town.maria, "На Морской огромная яма на дороге посреди асфальта")
    assert town.number(town.maria) != number
    assert "ждём жителя" in town.card(number)["text"]


async def test_the_checker_sees_the_photo_he_vouches_for(town: Town) -> None:
    number = await town.open_case()
    await town.hub.press(town.ivan, await town.draft(number, photo=PICTURE), "m1.send")
    photos = [m for m in town.hub.texts(town.quality) if m.get("photo")]
    check = town.hub.last(town.quality, "проверить")
    assert [p["reply_to_message"]["message_id"] for p in photos] == [check["message_id"]]


async def test_an_edit_of_the_citizen_changes_card_and_receipt(town: Town) -> None:
    hub = town.hub
    said = await hub.say(town.maria, town.REPORT)
    number = town.number(town.maria)
    corrected = "На Ленина у дома 7 слабый напор воды, кран еле течёт"
    hub.world.edit(town.maria, town.maria["id"], said["message_id"], corrected)
    await hub.settle()
    assert "Ленина, 7" in town.card(number)["text"]
    assert "Ленина, 7" in hub.last(town.maria, "Поняли так")["text"]
    await town.answered(number)
    hub.world.edit(town.maria, town.maria["id"], said["message_id"], town.REPORT)
    await hub.settle()
    assert hub.last(town.maria, "Правку видим, но ответ уже дан.")


async def test_an_edit_of_a_draft_is_what_the_checker_reads(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    card = town.card(number)
    said = await hub.say(town.ivan, "Всё сделали.", chat=town.hcs, reply_to=card["message_id"])
    hub.world.edit(town.ivan, town.hcs["id"], said["message_id"], town.ANSWER)
    await hub.settle()
    preview = hub.last(town.hcs, "ещё не отправлен")
    assert "слесарь заменил" in preview["text"]
    await hub.press(town.ivan, preview, "m1.send")
    assert "слесарь заменил" in hub.last(town.quality, "проверить")["text"]
    hub.world.edit(town.ivan, town.hcs["id"], said["message_id"], "Поздно")
    await hub.settle()
    assert hub.last(town.hcs, "Правка опоздала")


async def test_writing_again_after_declining_asks_again(town: Town) -> None:
    hub = town.hub
    petr = hub.world.add_user("Пётр")
    for _time in range(2):
        await hub.say(petr, town.REPORT)
        await hub.press(petr, hub.last(petr, "Нужно ваше согласие"), "Пока нет")
    asked = [m for m in hub.texts(petr) if "Нужно ваше согласие" in m["text"]]
    assert len(asked) == 2


async def test_a_point_on_the_map_reaches_the_staff(town: Town) -> None:
    number = await town.open_case("У дома слабый напор воды, кран еле течёт")
    receipt = town.hub.last(town.maria, "Поняли так")
    await town.hub.say(town.maria, location=(44.5611, 38.0764), reply_to=receipt["message_id"])
    assert "44.56110, 38.07640" in town.card(number)["text"]
    assert "44.56110, 38.07640" in town.hub.last(town.hcs, "Точка на карте")["text"]


async def test_reason_and_comment_are_seen_by_those_who_answered(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.maria, await town.answered(number), "Не решено")
    await hub.press(town.maria, hub.last(town.maria, "Что не так?"), "Сделали плохо")
    assert "вернул житель (1 из 2), сделали плохо" in town.card(number)["text"]
    await hub.press(town.maria, hub.last(town.maria, "Как мы"), "1")
    await hub.say(town.maria, "Мастер ушёл через минуту")
    assert "Мастер ушёл" in hub.last(town.hcs, "Житель об ответе")["text"]


async def test_a_head_who_checked_the_answer_does_not_decide_its_dispute(town: Town) -> None:
    hub = town.hub
    coordinator = await hub.staff("Константин", "CRD")
    number = await town.open_case()
    for time in range(3):
        await hub.press(town.ivan, await town.draft(number), "m1.send")
        check = hub.last(town.quality, "проверить")
        who = town.head if time == 2 else town.olga
        if time == 2:
            hub.world.add_member(town.quality["id"], town.head)
        await hub.press(who, check, "Пропустить")
        await hub.press(town.maria, hub.last(town.maria, "Получилось?"), "Не решено")
    assert not hub.world.find(town.head["id"], "решаете вы")
    await hub.press(coordinator, hub.last(coordinator, "решаете вы"), "Оставить ответ")
    await hub.say(coordinator, "Напор в норме")
    assert "Ответ отдела оставили" in hub.last(town.maria, "разобрались")["text"]


async def test_who_hides_behind_the_group_is_told_so(town: Town) -> None:
    """An anonymous administrator writes as the group; what he wants is not done, but answered."""
    chat = {"id": town.hcs["id"], "type": "supergroup", "title": "Чат HCS"}
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    town.hub.world.add_update(
        {
            "message": {
                "message_id": 9001,
                "date": 1_795_000_000,
                "chat": chat,
                "from": anonymous,
                "sender_chat": chat,
                "text": "/bind ROD",
            }
        }
    )
    await town.hub.settle()
    assert "Не видно, кто вы" in town.hub.last(town.hcs, "Не видно")["text"]


async def test_a_chat_the_bot_comes_back_to_gets_its_cards(town: Town) -> None:
    hub = town.hub
    hub.world.set_bot_status(town.hcs["id"], "kicked", by=town.ivan)
    number = await town.open_case()
    assert "напор" in hub.last(town.triage, "никто не взял")["text"]
    hub.world.set_bot_status(town.hcs["id"], "administrator", by=town.ivan)
    await hub.settle()
    assert "никто не взял" in town.card(number)["text"]


async def test_the_talk_of_a_group_is_not_ours_to_know(town: Town) -> None:
    stranger = town.hub.world.add_user("Чужой")
    town.hub.world.add_member(town.hcs["id"], stranger)
    await town.hub.say(stranger, "Просто болтаем", chat=town.hcs)
    async with town.hub.app.store.reading() as uow:
        assert await uow.people.account("telegram", str(stranger["id"])) is None


async def test_the_end_of_a_long_text_stands_under_the_card(town: Town) -> None:
    words = town.REPORT + ". " + "Пожалуйста. " * 150 + "Домофон 45 отвечает."
    number = await town.open_case(words)
    assert "Домофон 45" not in town.card(number)["text"]
    rest = town.hub.last(town.hcs, "конец текста")
    assert "Домофон 45 отвечает." in rest["text"]
    assert rest["reply_to_message"]["message_id"] == town.card(number)["message_id"]


async def test_a_case_can_be_given_up_and_taken_by_another(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await town.draft(number)
    card = town.card(number)
    assert await hub.press(town.pavel, card, "Передать") == "Держит Иван. Попросите передать"
    await hub.go(timedelta(minutes=2))
    await hub.press(town.ivan, card, "Передать")
    await hub.press(town.ivan, hub.last(town.hcs, "кому?"), "Снять с себя")
    assert "никто не взял" in town.card(number)["text"]
    assert "Заметка к" in hub.last(town.hcs, f"Заметка к № {number}")["text"]
    await hub.press(town.pavel, town.card(number), "Взять")
    assert "Павел, с" in town.card(number)["text"]
    await hub.go(timedelta(minutes=2))
    taken = [m for m in hub.texts(town.maria) if "взяли в работу" in m["text"]]
    assert len(taken) == 1
    boss = await hub.staff("Борис", "BHD", "HCS")
    hub.world.add_member(town.hcs["id"], boss)
    await hub.press(boss, town.card(number), "Передать")
    await hub.press(boss, hub.last(town.hcs, "кому?"), "Снять с себя")
    assert "никто не взял" in town.card(number)["text"]
