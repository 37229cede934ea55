"""«Отложить»: an interim answer with a promised day, the day itself, and who must allow it."""

from __future__ import annotations

from tests.flows.conftest import Town
from tests.flows.test_presses import _forge as forge
from tests.flows.wishes import SO_FAR, at, critical, keys, let_pass, taken, wish


async def test_s2_5_postponed_with_a_date_that_the_citizen_reads(town: Town) -> None:
    hub = town.hub
    number = await taken(town, at(26, 11))
    await hub.press(town.ivan, town.card(number), "Отложить")
    menu = hub.last(town.hcs, "До какого дня?")
    assert menu["disable_notification"]
    assert keys(menu) == [
        ["пн 30.11", "чт 3.12"],
        ["чт 10.12", "пт 25.12 · крайний"],
        ["Другой день", "Отмена"],
    ]
    assert await hub.press(town.pavel, menu, "чт 10.12") == "Меню открыл(а) Иван"
    await hub.press(town.ivan, menu, "Отмена")
    assert not hub.world.find(town.hcs["id"], "До какого дня?")
    await wish(town, number, "чт 10.12", photo=b"png")
    assert "сделаем до 10 декабря" in hub.last(town.hcs, "что сделали")["text"]
    assert "на проверке" in town.card(number)["text"]
    assert hub.last(town.hcs, f"Промежуточный ответ на № {number}, до чт 10.12: на проверке")
    check = hub.last(town.quality, "проверить")
    assert "Промежуточный ответ, до чт 10.12" in check["text"]
    assert not hub.world.find(town.maria["id"], "пока так")
    await let_pass(town)
    said = hub.last(town.maria, f"№ {number}: пока так")
    assert "Сделаем до чт, 10 декабря. В этот день напишем, что вышло." in said["text"]
    assert SO_FAR in said["text"]
    assert keys(said) == [["Дополнить", "Почему такой срок"]]
    card = town.card(number)
    assert card["text"].startswith(f"📅 № {number} · до чт 10.12, Иван")
    assert f"Обещали: {SO_FAR}" in card["text"]
    assert "перенос 1 из 2" in card["text"]
    assert "Ответить до чт 10.12 18:00" in card["text"]
    assert keys(card)[0] == ["Ответить", "Вернуть в работу"]
    assert "Ответим до чт, 10 декабря, 18:00" in hub.last(town.maria, "Поняли так")["text"]
    await hub.press(town.maria, said, "Почему такой срок")
    assert "Перенесли на день, который вам обещали." in hub.last(town.maria, "Почему")["text"]


async def test_s2_10_on_the_promised_day_the_case_is_in_work_again(town: Town) -> None:
    hub = town.hub
    number = await taken(town, at(26, 11))
    await wish(town, number, "чт 3.12")
    await let_pass(town)
    await hub.go(at(3, 8, 59, month=12))
    assert not hub.world.find(town.hcs["id"], "обещанный день")
    await hub.go(at(3, 9, month=12))
    await hub.go(at(3, 9, 5, month=12))
    told = [m["text"] for m in hub.texts(town.hcs) if "обещанный день" in m.get("text", "")]
    assert told == [f"Иван, сегодня обещанный день по № {number}: «{SO_FAR}»"]
    assert "Иван, с" in town.card(number)["text"]
    preview = await town.redraft(number)
    await hub.press(town.ivan, preview, "m1.send")
    await let_pass(town)
    assert hub.last(town.maria, "Получилось?")
    await hub.go(at(20, 12, month=12))
    assert not hub.world.find(town.hcs["id"], "срок вышел")


async def test_s2_5_the_date_moves_once_more_and_never_again(town: Town) -> None:
    hub = town.hub
    number = await taken(town, at(26, 11))
    await wish(town, number, "чт 10.12")
    await let_pass(town)
    toast = await hub.press(town.pavel, town.card(number), "Вернуть в работу")
    assert toast == "Держит Иван. Попросите передать"
    await hub.go(at(8, 10, month=12))
    await wish(
        town,
        number,
        f"m1.pd.{number}.20261218",
        button="Сменить дату",
        words="Задвижка в пути.",
    )
    await let_pass(town)
    moved = hub.last(town.maria, "не успеваем")["text"]
    assert moved == (
        f"📅 № {number}: к 10 декабря не успеваем. Задвижка в пути. Новая дата: пт, 18 декабря."
    )
    assert "перенос 2 из 2" in town.card(number)["text"]
    toast = await hub.press(town.ivan, town.card(number), "Сменить дату")
    assert toast == "Больше откладывать нельзя: ответьте или попросите помощи"
    await hub.go(at(10, 10, month=12))
    assert not hub.world.find(town.hcs["id"], "обещанный день"), "the first promise gave way"
    await hub.press(town.ivan, town.card(number), "Вернуть в работу")
    assert "Иван, с" in town.card(number)["text"]
    await hub.go(at(18, 9, month=12))
    assert hub.last(town.hcs, "сегодня обещанный день")


async def test_s2_5_a_date_moves_only_to_a_later_one(town: Town) -> None:
    hub = town.hub
    number = await taken(town, at(26, 11))
    await wish(town, number, "чт 10.12")
    await let_pass(town)
    await hub.press(town.ivan, town.card(number), "Сменить дату")
    menu = hub.last(town.hcs, "До какого дня?")
    assert keys(menu) == [
        ["пн 14.12", "чт 17.12"],
        ["чт 24.12", "пт 25.12 · крайний"],
        keys(menu)[2],
    ]
    for day in ("20261210", "20261203"):
        said = await forge(town, town.ivan, menu, f"m1.pd.{number}.{day}")
        assert said == "Этот день обещать уже нельзя, выберите другой"
    await hub.press(town.ivan, menu, "Другой день")
    assert hub.last(town.hcs, "До какого дня? 11 декабря – ")


async def test_s2_5_a_calendar_of_working_days_and_days_that_have_passed(town: Town) -> None:
    hub = town.hub
    number = await taken(town, at(26, 11))
    await hub.press(town.ivan, town.card(number), "Отложить")
    await hub.press(town.ivan, hub.last(town.hcs, "До какого дня?"), "Другой день")
    page = hub.last(town.hcs, "До какого дня? 27 ноября – 18 декабря")
    assert keys(page)[:2] == [["27"], ["30", "1", "2", "3", "4"]]
    assert "После пт 25.12 — с разрешения ответственного, спросим." in page["text"]
    await hub.press(town.ivan, page, "›")
    await hub.press(town.ivan, hub.last(town.hcs, "До какого дня?"), "‹")
    await hub.press(town.ivan, hub.last(town.hcs, "До какого дня?"), "Назад")
    menu = hub.last(town.hcs, "До какого дня?")
    for day, said in (
        ("20261128", "Этот день обещать уже нельзя, выберите другой"),
        ("20261126", "Этот день обещать уже нельзя, выберите другой"),
        ("20271126", "Этот день обещать уже нельзя, выберите другой"),
        ("20261", "Это уже неактуально"),
    ):
        assert await forge(town, town.ivan, menu, f"m1.pd.{number}.{day}") == said
    await hub.press(town.ivan, menu, "пн 30.11")
    prompt = hub.last(town.hcs, "что сделали")
    await hub.go(at(30, 10))
    await hub.say(town.ivan, SO_FAR, chat=town.hcs, reply_to=prompt["message_id"])
    assert hub.last(town.hcs, "Этот день обещать уже нельзя")
    toast = await hub.press(town.pavel, town.card(number), "Отложить")
    assert toast == "Держит Иван. Попросите передать"


async def test_s2_9_an_interim_answer_is_checked_like_any_other(town: Town) -> None:
    hub = town.hub
    number = await taken(town, at(26, 11))
    await wish(town, number, "пн 30.11")
    await hub.press(town.olga, hub.last(town.quality, "проверить"), "Вернуть")
    prompt = hub.last(town.quality, "что поправить")
    await hub.say(town.olga, "Кто ждёт", chat=town.quality, reply_to=prompt["message_id"])
    assert "вернули на доработку" in town.card(number)["text"]
    await wish(town, number, "пн 30.11")
    await hub.go(at(30, 18, 1))
    toast = await let_pass(town)
    assert toast == "Обещанный день прошёл: верните ответ на доработку"
    assert not hub.world.find(town.maria["id"], "пока так")


async def test_s2_1_an_interim_answer_taken_back_goes_on_from_its_words(town: Town) -> None:
    hub = town.hub
    number = await taken(town, at(26, 11))
    await wish(town, number, "чт 3.12", words="Вызвали, тел. 89181234567")
    assert "виден телефон" in hub.texts(town.hcs)[-1]["text"]
    prompt = hub.last(town.hcs, "что сделали и чего ждём?")
    await hub.say(town.ivan, SO_FAR, chat=town.hcs, reply_to=prompt["message_id"])
    await hub.press(town.ivan, town.card(number), "Отозвать ответ")
    preview = hub.last(town.hcs, "до чт 3.12: ещё не отправлен")
    assert SO_FAR in preview["text"]
    assert "Иван, с" in town.card(number)["text"]
    await hub.press(town.ivan, preview, "Отправить")
    await let_pass(town)
    assert "до чт, 3 декабря" in hub.last(town.maria, "пока так")["text"]


async def test_s3_1_the_digest_names_todays_promises_and_the_days_that_are_asked(
    town: Town,
) -> None:
    hub = town.hub
    first = await taken(town, at(26, 11))
    await wish(town, first, "чт 3.12")
    await let_pass(town)
    await hub.go(at(2, 16, month=12))
    second = await critical(town)
    await wish(town, second, "пт 4.12")
    asked = hub.last(town.deputy, "Просят отложить")
    await hub.press(town.deputy, asked, "Карточка")
    assert f"№ {second}" in hub.texts(town.deputy)[-1]["text"]
    await hub.go(at(3, 8, 30, month=12))
    digest = hub.last(town.deputy, "Сводка")["text"]
    assert f"Обещали на сегодня: 1\n№ {first} " in digest
    line = next(x for x in digest.split("\n") if x.startswith("• "))
    assert f"№ {second}" in line
    assert line.endswith(": просят до пт 4.12")


async def test_s2_10_a_reminder_offers_a_later_day_and_help(town: Town) -> None:
    hub = town.hub
    number = await taken(town)
    await hub.go(at(3, 9, month=12))
    reminder = hub.last(town.hcs, "осталось 2 рабочих дня")
    assert "Не успеваете — отложите сейчас, пока можно." in reminder["text"]
    assert keys(reminder) == [["Отложить", "Нужна помощь"]]
    await hub.press(town.ivan, reminder, "Отложить")
    assert hub.last(town.hcs, "До какого дня?")
    await hub.press(town.ivan, reminder, "Нужна помощь")
    assert "m1.h." in str(hub.texts(town.hcs)[-1]["reply_markup"])
    assert "Иван, с" in town.card(number)["text"]


async def test_s1_15_who_comes_back_reads_the_promised_day(town: Town) -> None:
    hub = town.hub
    number = await taken(town, at(26, 11))
    hub.world.block(town.maria)
    await wish(town, number, "чт 10.12")
    await let_pass(town)
    assert not hub.world.find(town.maria["id"], f"№ {number}: пока так")
    hub.world.unblock(town.maria)
    hub.world.start(town.maria)
    await hub.settle()
    assert hub.last(town.maria, f"Пока вас не было, по № {number} появились новости")
    assert "до чт, 10 декабря" in hub.last(town.maria, f"№ {number}: пока так")["text"]
