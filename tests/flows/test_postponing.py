"""«Отложить»: an interim answer with a promised day, the day itself, and who must allow it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.flows.conftest import Person, Town
from tests.flows.test_presses import _forge as forge
from tests.support.hub import ZONE

SO_FAR = "26 ноября осмотрели колодец. Задвижка сломана, новую заказали."
CRITICAL = "На Островского в нескольких домах нет воды с утра"


def _at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def _keys(message: dict[str, Any]) -> list[list[str]]:
    return [[b["text"] for b in row] for row in message["reply_markup"]["inline_keyboard"]]


async def _wish(
    town: Town, number: int, day: str, *, button: str = "Отложить", words: str = SO_FAR, **more: Any
) -> None:
    """Ivan picks a day by its button's text or data and writes the words."""
    hub = town.hub
    await hub.press(town.ivan, town.card(number), button)
    menu = hub.last(town.hcs, "До какого дня?")
    if day.startswith("m1.pd."):
        await hub.press(town.ivan, menu, "Другой день")
        while day not in str(hub.last(town.hcs, "До какого дня?")["reply_markup"]):
            await hub.press(town.ivan, hub.last(town.hcs, "До какого дня?"), "›")
        menu = hub.last(town.hcs, "До какого дня?")
    await hub.press(town.ivan, menu, day)
    prompt = hub.last(town.hcs, "что сделали и чего ждём?")
    said = {"caption": words} if "photo" in more else {"text": words}
    await hub.say(town.ivan, chat=town.hcs, reply_to=prompt["message_id"], **said, **more)


async def _taken(town: Town, moment: datetime | None = None) -> int:
    number = await town.open_case()
    await town.hub.press(town.ivan, town.card(number), "Взять")
    if moment is not None:
        await town.hub.go(moment)
    return number


async def _pass(town: Town, who: Person | None = None) -> str | None:
    return await town.hub.press(
        who or town.olga, town.hub.last(town.quality, "проверить"), "Пропустить"
    )


async def test_s2_5_postponed_with_a_date_that_the_citizen_reads(town: Town) -> None:
    hub = town.hub
    number = await _taken(town, _at(26, 11))
    await hub.press(town.ivan, town.card(number), "Отложить")
    menu = hub.last(town.hcs, "До какого дня?")
    assert menu["disable_notification"]
    assert _keys(menu) == [
        ["пн 30.11", "чт 3.12"],
        ["чт 10.12", "пт 25.12 · крайний"],
        ["Другой день", "Отмена"],
    ]
    assert await hub.press(town.pavel, menu, "чт 10.12") == "Меню открыл(а) Иван"
    await hub.press(town.ivan, menu, "Отмена")
    assert not hub.world.find(town.hcs["id"], "До какого дня?")
    await _wish(town, number, "чт 10.12", photo=b"png")
    assert "сделаем до 10 декабря" in hub.last(town.hcs, "что сделали")["text"]
    assert "на проверке" in town.card(number)["text"]
    assert hub.last(town.hcs, f"Промежуточный ответ на № {number}, до чт 10.12: на проверке")
    check = hub.last(town.quality, "проверить")
    assert "Промежуточный ответ, до чт 10.12" in check["text"]
    assert not hub.world.find(town.maria["id"], "пока так")
    await _pass(town)
    said = hub.last(town.maria, f"№ {number}: пока так")
    assert "Сделаем до чт, 10 декабря. В этот день напишем, что вышло." in said["text"]
    assert SO_FAR in said["text"]
    assert _keys(said) == [["Дополнить", "Почему такой срок"]]
    card = town.card(number)
    assert card["text"].startswith(f"📅 № {number} · до чт 10.12, Иван")
    assert f"Обещали: {SO_FAR}" in card["text"]
    assert "перенос 1 из 2" in card["text"]
    assert "Ответить до чт 10.12 18:00" in card["text"]
    assert _keys(card)[0] == ["Ответить", "Вернуть в работу"]
    assert "Ответим до чт, 10 декабря, 18:00" in hub.last(town.maria, "Поняли так")["text"]
    await hub.press(town.maria, said, "Почему такой срок")
    assert "Перенесли на день, который вам обещали." in hub.last(town.maria, "Почему")["text"]


async def test_s2_10_on_the_promised_day_the_case_is_in_work_again(town: Town) -> None:
    hub = town.hub
    number = await _taken(town, _at(26, 11))
    await _wish(town, number, "чт 3.12")
    await _pass(town)
    await hub.go(_at(3, 8, 59, month=12))
    assert not hub.world.find(town.hcs["id"], "обещанный день")
    await hub.go(_at(3, 9, month=12))
    await hub.go(_at(3, 9, 5, month=12))
    told = [m["text"] for m in hub.texts(town.hcs) if "обещанный день" in m.get("text", "")]
    assert told == [f"Иван, сегодня обещанный день по № {number}: «{SO_FAR}»"]
    assert "Иван, с" in town.card(number)["text"]
    preview = await town.redraft(number)
    await hub.press(town.ivan, preview, "m1.send")
    await _pass(town)
    assert hub.last(town.maria, "Получилось?")
    await hub.go(_at(20, 12, month=12))
    assert not hub.world.find(town.hcs["id"], "срок вышел")


async def test_s2_5_the_date_moves_once_more_and_never_again(town: Town) -> None:
    hub = town.hub
    number = await _taken(town, _at(26, 11))
    await _wish(town, number, "чт 10.12")
    await _pass(town)
    toast = await hub.press(town.pavel, town.card(number), "Вернуть в работу")
    assert toast == "Держит Иван. Попросите передать"
    await hub.go(_at(8, 10, month=12))
    await _wish(
        town,
        number,
        f"m1.pd.{number}.20261218",
        button="Сменить дату",
        words="Задвижка в пути.",
    )
    await _pass(town)
    moved = hub.last(town.maria, "не успеваем")["text"]
    assert moved == (
        f"📅 № {number}: к 10 декабря не успеваем — Задвижка в пути. Новая дата: пт, 18 декабря."
    )
    assert "перенос 2 из 2" in town.card(number)["text"]
    toast = await hub.press(town.ivan, town.card(number), "Сменить дату")
    assert toast == "Больше откладывать нельзя: ответьте или попросите помощи"
    await hub.go(_at(10, 10, month=12))
    assert not hub.world.find(town.hcs["id"], "обещанный день"), "the first promise gave way"
    await hub.press(town.ivan, town.card(number), "Вернуть в работу")
    assert "Иван, с" in town.card(number)["text"]
    await hub.go(_at(18, 9, month=12))
    assert hub.last(town.hcs, "сегодня обещанный день")


async def test_s2_5_a_calendar_of_working_days_and_days_that_have_passed(town: Town) -> None:
    hub = town.hub
    number = await _taken(town, _at(26, 11))
    await hub.press(town.ivan, town.card(number), "Отложить")
    await hub.press(town.ivan, hub.last(town.hcs, "До какого дня?"), "Другой день")
    page = hub.last(town.hcs, "До какого дня? 27 ноября – 18 декабря")
    assert _keys(page)[:2] == [["27"], ["30", "1", "2", "3", "4"]]
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
    await hub.go(_at(30, 10))
    await hub.say(town.ivan, SO_FAR, chat=town.hcs, reply_to=prompt["message_id"])
    assert hub.last(town.hcs, "Этот день обещать уже нельзя")
    toast = await hub.press(town.pavel, town.card(number), "Отложить")
    assert toast == "Держит Иван. Попросите передать"


async def test_s2_9_an_interim_answer_is_checked_like_any_other(town: Town) -> None:
    hub = town.hub
    number = await _taken(town, _at(26, 11))
    await _wish(town, number, "пн 30.11")
    await hub.press(town.olga, hub.last(town.quality, "проверить"), "Вернуть")
    prompt = hub.last(town.quality, "что поправить")
    await hub.say(town.olga, "Кто ждёт", chat=town.quality, reply_to=prompt["message_id"])
    assert "вернули на доработку" in town.card(number)["text"]
    await _wish(town, number, "пн 30.11")
    await hub.go(_at(30, 18, 1))
    toast = await _pass(town)
    assert toast == "Обещанный день прошёл: верните ответ на доработку"
    assert not hub.world.find(town.maria["id"], "пока так")


async def _critical(town: Town) -> int:
    await town.hub.say(town.maria, CRITICAL)
    number = town.number(town.maria)
    await town.hub.press(town.ivan, town.card(number), "Взять")
    assert "критическое" in town.card(number)["text"]
    return number


async def test_s2_5_a_critical_case_is_postponed_by_the_deputy_alone(town: Town) -> None:
    hub = town.hub
    number = await _critical(town)
    await _wish(town, number, "чт 26.11")
    assert hub.last(town.hcs, "Критическое откладывает только заместитель главы, спросили.")
    assert not hub.world.find(town.quality["id"], "проверить")
    asked = hub.last(town.deputy, f"Просят отложить критическое № {number}")
    assert "просят чт 26.11" in asked["text"]
    assert f"Почему: {SO_FAR} Переносов: 0 из 2." in asked["text"]
    assert _keys(asked) == [["До 26.11", "Другая дата"], ["Не откладывать", "Карточка"]]
    data = asked["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    started = hub.texts(town.head)[0]
    assert await forge(town, town.head, started, data) == "У вас нет роли для этого"
    await hub.press(town.deputy, asked, "Другая дата")
    page = hub.last(town.deputy, "Просят отложить")
    await hub.press(town.deputy, page, "27")
    said = hub.last(town.deputy, f"№ {number} отложен до пт 27.11, вы, 10:12")
    assert await forge(town, town.deputy, said, data) == "Уже решено: Денис, 10:12"
    assert "разрешили отложить до пт 27.11" in hub.last(town.hcs, "разрешили")["text"]
    await _pass(town)
    assert "пт, 27 ноября" in hub.last(town.maria, "пока так")["text"]
    assert town.card(number)["text"].startswith(f"📅 № {number} · до пт 27.11")


async def test_s3_2_not_allowed_and_a_wish_outrun_by_work(town: Town) -> None:
    hub = town.hub
    number = await _critical(town)
    await _wish(town, number, "чт 26.11")
    await hub.press(town.deputy, hub.last(town.deputy, "Просят отложить"), "Не откладывать")
    assert hub.last(town.deputy, f"№ {number} не отложен, вы, 10:12")
    assert "не разрешили, решение: Денис" in hub.last(town.hcs, "не разрешили")["text"]
    assert "Иван, с" in town.card(number)["text"]
    await _wish(town, number, "чт 26.11")
    asked = hub.last(town.deputy, "Просят отложить")
    await hub.press(town.ivan, await town.redraft(number), "m1.send")
    await hub.press(town.deputy, asked, "До 26.11")
    assert hub.last(town.deputy, f"№ {number}: решать больше нечего.")
    assert "на проверке" in town.card(number)["text"]


async def test_s3_2_a_long_term_is_asked_for_and_silence_extends_nothing(town: Town) -> None:
    """Past 30 days the head of the department decides; here there is none, so the deputy."""
    hub = town.hub
    number = await _taken(town, _at(26, 11))
    await _wish(town, number, f"m1.pd.{number}.20270120")
    assert hub.last(town.hcs, "Такой срок разрешает ответственный, спросили.")
    asked = hub.last(town.deputy, f"Просят продлить № {number}")
    assert "срок пт 4.12 → просят ср 20.01" in asked["text"]
    await hub.go(_at(26, 15))
    assert not hub.world.find(town.deputy["id"], "ждёт вас 4 часа")
    await hub.go(_at(26, 16))
    await hub.go(timedelta(minutes=30))
    late = [m for m in hub.texts(town.deputy) if "ждёт вас 4 часа" in m.get("text", "")]
    assert len(late) == 1
    assert "решения о сроке нет 4 часа" in hub.last(town.head, f"⏰ № {number}")["text"]
    assert "Ответить до пт 4.12 17:00" in town.card(number)["text"]
    await hub.press(town.deputy, asked, "До 20.01")
    assert hub.last(town.deputy, f"№ {number} продлён до ср 20.01, вы, 16:30")
    await _pass(town)
    assert "Ответить до ср 20.01 18:00" in town.card(number)["text"]


async def test_s2_5_an_emergency_is_never_postponed(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "Сильный запах газа в подъезде, Островского 12, дышать нечем")
    number = town.number(town.maria)
    await hub.press(town.ivan, town.card(number), "Принял")
    assert "Отложить" not in str(town.card(number)["reply_markup"])
    toast = await forge(town, town.ivan, town.card(number), f"s1.post.{number}")
    assert toast == "Аварию отложить нельзя"


async def test_s2_1_an_interim_answer_taken_back_goes_on_from_its_words(town: Town) -> None:
    hub = town.hub
    number = await _taken(town, _at(26, 11))
    await _wish(town, number, "чт 3.12", words="Вызвали, тел. 89181234567")
    assert "виден телефон" in hub.texts(town.hcs)[-1]["text"]
    prompt = hub.last(town.hcs, "что сделали и чего ждём?")
    await hub.say(town.ivan, SO_FAR, chat=town.hcs, reply_to=prompt["message_id"])
    await hub.press(town.ivan, town.card(number), "Отозвать ответ")
    preview = hub.last(town.hcs, "до чт 3.12: ещё не отправлен")
    assert SO_FAR in preview["text"]
    assert "Иван, с" in town.card(number)["text"]
    await hub.press(town.ivan, preview, "Отправить")
    await _pass(town)
    assert "до чт, 3 декабря" in hub.last(town.maria, "пока так")["text"]


async def test_s3_1_the_digest_names_todays_promises_and_the_days_that_are_asked(
    town: Town,
) -> None:
    hub = town.hub
    first = await _taken(town, _at(26, 11))
    await _wish(town, first, "чт 3.12")
    await _pass(town)
    await hub.go(_at(2, 16, month=12))
    second = await _critical(town)
    await _wish(town, second, "пт 4.12")
    asked = hub.last(town.deputy, "Просят отложить")
    await hub.press(town.deputy, asked, "Карточка")
    assert f"№ {second}" in hub.texts(town.deputy)[-1]["text"]
    await hub.go(_at(3, 8, 30, month=12))
    digest = hub.last(town.deputy, "Сводка")["text"]
    assert f"Обещали на сегодня: 1\n№ {first} " in digest
    line = next(x for x in digest.split("\n") if x.startswith("• "))
    assert f"№ {second}" in line
    assert line.endswith(": просят до пт 4.12")


async def test_s2_10_a_reminder_offers_a_later_day_and_help(town: Town) -> None:
    hub = town.hub
    number = await _taken(town)
    await hub.go(_at(3, 9, month=12))
    reminder = hub.last(town.hcs, "осталось 2 рабочих дня")
    assert "Не успеваете — отложите сейчас, пока можно." in reminder["text"]
    assert _keys(reminder) == [["Отложить", "Нужна помощь"]]
    await hub.press(town.ivan, reminder, "Отложить")
    assert hub.last(town.hcs, "До какого дня?")
    await hub.press(town.ivan, reminder, "Нужна помощь")
    assert "m1.h." in str(hub.texts(town.hcs)[-1]["reply_markup"])
    assert "Иван, с" in town.card(number)["text"]
