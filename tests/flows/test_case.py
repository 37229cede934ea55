"""The main job: words → card → taken → draft → checked → answered → rated."""

from __future__ import annotations

from datetime import timedelta

from tests.flows.conftest import Town

PICTURE = b"\x89PNG not looked into"


async def test_s1_2_words_become_a_receipt_and_a_card(town: Town) -> None:
    number = await town.open_case()
    receipt = town.hub.last(town.maria, "Принято")
    assert f"№ {number}" in receipt["text"]
    assert "Где: ул. Островского, 12" in receipt["text"]
    assert "Займётся: ЖКХ и энергетика" in receipt["text"]
    assert "Возьмём в работу до" in receipt["text"]
    assert "Ответим до" in receipt["text"]
    assert receipt["disable_notification"]
    card = town.card(number)
    assert "никто не взял" in card["text"]
    assert "слабый напор" in card["text"]
    assert "Почему сюда" in card["text"]
    assert not town.hub.world.find(town.triage["id"], f"№ {number}")


async def test_s1_14_why_this_date_is_explained_once(town: Town) -> None:
    await town.open_case()
    receipt = town.hub.last(town.maria, "Принято")
    assert await town.hub.press(town.maria, receipt, "Почему такой срок") is None
    toast = await town.hub.press(town.maria, receipt, "Почему такой срок")
    assert toast == "Объяснение выше, с тех пор ничего не изменилось"
    whys = [m for m in town.hub.texts(town.maria) if "Почему ответим до" in m["text"]]
    assert len(whys) == 1
    assert "Правило A0" in whys[0]["text"]


async def test_s2_1_one_card_is_kept_current_by_editing(town: Town) -> None:
    number = await town.open_case()
    first = town.card(number)["message_id"]
    toast = await town.hub.press(town.ivan, town.card(number), "Взять")
    assert toast == "Взято. Ответить до пт 4.12 17:00"
    card = town.card(number)
    assert card["message_id"] == first
    assert "Иван, с 24.11 10:12" in card["text"]
    assert "В работе" in town.hub.last(town.maria, "Поняли так")["text"]
    await town.hub.go(timedelta(minutes=2))
    assert town.hub.last(town.maria, "взяли в работу: ЖКХ")


async def test_s2_2_two_press_take_one_wins(town: Town) -> None:
    number = await town.open_case()
    card = town.card(number)
    world = town.hub.world
    for user in (town.pavel, town.ivan):
        world.press(user, card["chat"]["id"], card["message_id"], "Взять")
    await town.hub.settle()
    await world.wait(lambda: world.toasts(town.pavel["id"]) and world.toasts(town.ivan["id"]))
    assert world.toasts(town.pavel["id"]) == ["Взято. Ответить до пт 4.12 17:00"]
    assert world.toasts(town.ivan["id"]) == ["Уже взято: Павел, 10:12"]
    assert "Павел, с" in town.card(number)["text"]


async def test_s2_9_answer_goes_through_the_checker_to_the_citizen(town: Town) -> None:
    number = await town.open_case()
    preview = await town.draft(number)
    assert "ещё не отправлен" in preview["text"]
    assert not town.hub.world.find(town.maria["id"], "слесарь")
    await town.hub.press(town.ivan, preview, "m1.send")
    assert "на проверке" in town.card(number)["text"]
    check = town.hub.last(town.quality, "проверить до")
    assert "слесарь заменил" in check["text"]
    await town.hub.press(town.olga, check, "Пропустить")
    answer = town.hub.last(town.maria, "Ответ по")
    assert "слесарь заменил" in answer["text"]
    assert "Получилось?" in answer["text"]
    assert "ответ дан 24.11 10:12 · ждём оценку до 1.12" in town.card(number)["text"]
    assert "пропущен, Ольга" in town.hub.last(town.quality, f"№ {number}")["text"]


async def test_s1_10_solved_and_five(town: Town) -> None:
    number = await town.open_case()
    answer = await town.answered(number)
    await town.hub.press(town.maria, answer, "Решено")
    await town.hub.press(town.maria, town.hub.last(town.maria, "Как мы сработали?"), "5")
    assert "ваша оценка — 5" in town.hub.last(town.maria, "Ответ по")["text"]
    assert "решено, 5" in town.card(number)["text"]
    assert "Закрыто" in town.hub.last(town.maria, "Поняли так")["text"]
    await town.hub.say(town.maria, "Спасибо, мастер вежливый")
    assert town.hub.last(town.maria, "Передали тем, кто отвечал")
    assert town.number(town.maria) == number, "a comment opened no new case"


async def test_s1_4_photo_alone_goes_to_triage_and_is_shown_there(town: Town) -> None:
    await town.hub.say(town.maria, photo=PICTURE)
    assert "фото без подписи" in town.hub.last(town.maria, "Принято")["text"]
    number = town.number(town.maria)
    card = town.hub.last(town.triage, "куда?")
    assert f"№ {number}" in card["text"]
    photos = [m for m in town.hub.texts(town.triage) if m.get("photo")]
    assert len(photos) == 1
    assert photos[0]["reply_to_message"]["message_id"] == card["message_id"]


async def test_s1_4_album_is_one_case_with_all_photos_under_the_card(town: Town) -> None:
    await town.hub.say(town.maria, media_group=[PICTURE] * 3, caption=town.REPORT)
    number = town.number(town.maria)
    assert "Вложения: 3 фото" in town.hub.last(town.maria, "Принято")["text"]
    receipts = [m for m in town.hub.texts(town.maria) if "Поняли так" in m.get("text", "")]
    assert len(receipts) == 1
    photos = [m for m in town.hub.texts(town.hcs) if m.get("photo")]
    assert len(photos) == 3
    await town.hub.press(town.ivan, town.card(number), "Взять")
    await town.hub.say(town.ivan, town.ANSWER, chat=town.hcs, reply_to=photos[0]["message_id"])
    assert town.hub.last(town.hcs, "ещё не отправлен"), "a photo of the card is answerable"


async def test_s1_10_photo_after_comes_with_the_answer(town: Town) -> None:
    number = await town.open_case()
    preview = await town.draft(number, photo=PICTURE)
    await town.hub.press(town.ivan, preview, "m1.send")
    await town.hub.press(town.olga, town.hub.last(town.quality, "проверить"), "Пропустить")
    answer = town.hub.last(town.maria, "Получилось?")
    assert "Фото — ниже" in answer["text"]
    photos = [m for m in town.hub.texts(town.maria) if m.get("photo")]
    assert [p["reply_to_message"]["message_id"] for p in photos] == [answer["message_id"]]
