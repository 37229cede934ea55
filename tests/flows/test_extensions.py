"""A date that somebody above must allow: critical cases, long terms, emergencies."""

from __future__ import annotations

from datetime import timedelta

from tests.flows.conftest import Town
from tests.flows.test_presses import _forge as forge
from tests.flows.wishes import SO_FAR, at, critical, keys, let_pass, taken, wish


async def test_s2_5_a_critical_case_is_postponed_by_the_deputy_alone(town: Town) -> None:
    hub = town.hub
    number = await critical(town)
    await wish(town, number, "чт 26.11")
    assert hub.last(town.hcs, "Критическое откладывает только заместитель главы, спросили.")
    assert not hub.world.find(town.quality["id"], "проверить")
    asked = hub.last(town.deputy, f"Просят отложить критическое № {number}")
    assert "просят чт 26.11" in asked["text"]
    assert f"Почему: {SO_FAR} Переносов: 0 из 2." in asked["text"]
    assert keys(asked) == [["До 26.11", "Другая дата"], ["Не откладывать", "Карточка"]]
    data = asked["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    started = hub.texts(town.head)[0]
    assert await forge(town, town.head, started, data) == "У вас нет роли для этого"
    await hub.press(town.deputy, asked, "Другая дата")
    page = hub.last(town.deputy, "Просят отложить")
    await hub.press(town.deputy, page, "27")
    said = hub.last(town.deputy, f"№ {number} отложен до пт 27.11, вы, 10:12")
    assert await forge(town, town.deputy, said, data) == "Уже решено: Денис, 10:12"
    assert "разрешили отложить до пт 27.11" in hub.last(town.hcs, "разрешили")["text"]
    await let_pass(town)
    assert "пт, 27 ноября" in hub.last(town.maria, "пока так")["text"]
    assert town.card(number)["text"].startswith(f"📅 № {number} · до пт 27.11")


async def test_s3_2_not_allowed_and_a_wish_outrun_by_work(town: Town) -> None:
    hub = town.hub
    number = await critical(town)
    await wish(town, number, "чт 26.11")
    await hub.press(town.deputy, hub.last(town.deputy, "Просят отложить"), "Не откладывать")
    assert hub.last(town.deputy, f"№ {number} не отложен, вы, 10:12")
    assert "не разрешили, решение: Денис" in hub.last(town.hcs, "не разрешили")["text"]
    assert "Иван, с" in town.card(number)["text"]
    await wish(town, number, "чт 26.11")
    asked = hub.last(town.deputy, "Просят отложить")
    await hub.press(town.ivan, await town.redraft(number), "m1.send")
    await hub.press(town.deputy, asked, "До 26.11")
    assert hub.last(town.deputy, f"№ {number}: решать больше нечего.")
    assert "на проверке" in town.card(number)["text"]


async def test_s3_2_a_long_term_is_asked_for_and_silence_extends_nothing(town: Town) -> None:
    """Past 30 days the head of the department decides; here there is none, so the deputy."""
    hub = town.hub
    number = await taken(town, at(26, 11))
    await wish(town, number, f"m1.pd.{number}.20270120")
    assert hub.last(town.hcs, "Такой срок разрешает ответственный, спросили.")
    asked = hub.last(town.deputy, f"Просят продлить № {number}")
    assert "срок пт 4.12 → просят ср 20.01" in asked["text"]
    await hub.go(at(26, 15))
    assert not hub.world.find(town.deputy["id"], "ждёт вас 4 часа")
    await hub.go(at(26, 16))
    await hub.go(timedelta(minutes=30))
    late = [m for m in hub.texts(town.deputy) if "ждёт вас 4 часа" in m.get("text", "")]
    assert len(late) == 1
    assert "решения о сроке нет 4 часа" in hub.last(town.head, f"⏰ № {number}")["text"]
    assert "Ответить до пт 4.12 17:00" in town.card(number)["text"]
    await hub.press(town.deputy, asked, "До 20.01")
    assert hub.last(town.deputy, f"№ {number} продлён до ср 20.01, вы, 16:30")
    await let_pass(town)
    assert "Ответить до ср 20.01 18:00" in town.card(number)["text"]


async def test_s2_5_an_emergency_is_never_postponed(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "Сильный запах газа в подъезде, Островского 12, дышать нечем")
    number = town.number(town.maria)
    await hub.press(town.ivan, town.card(number), "Принял")
    assert "Отложить" not in str(town.card(number)["reply_markup"])
    toast = await forge(town, town.ivan, town.card(number), f"s1.post.{number}")
    assert toast == "Аварию отложить нельзя"
