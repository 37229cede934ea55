"""The citizen's verdict: not solved, partly, silence, the third return."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.flows.conftest import Town
from tests.support.hub import ZONE


async def _again(town: Town, number: int) -> None:
    await town.hub.press(town.ivan, await town.draft(number), "На проверку")
    await town.hub.press(town.olga, town.hub.last(town.quality, "проверить"), "Пропустить")


async def test_not_solved_reopens_with_half_the_clock(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(
        "Почему выросла плата за воду в управляющей компании, Островского 12"
    )
    await hub.go(datetime(2026, 11, 24, 15, 20, tzinfo=ZONE))
    answer = await town.answered(number)
    await hub.press(town.maria, answer, "Не решено")
    said = hub.last(town.maria, "вернули в работу")["text"]
    assert "Срок вдвое короче" in said
    assert "вернул житель (1 из 2)" in town.card(number)["text"]
    assert "(половина срока)" in town.card(number)["text"]
    assert hub.last(town.deputy, f"№ {number} вернул житель")
    await hub.press(town.maria, hub.last(town.maria, "Что не так?"), "Сделали плохо")
    await hub.press(town.maria, hub.last(town.maria, "Как мы сработали?"), "2")
    assert "ваша оценка — 2" in hub.last(town.maria, "Ответ по")["text"]
    await _again(town, number)
    await hub.press(town.maria, hub.last(town.maria, "Получилось?"), "Решено")
    assert "решено" in town.card(number)["text"]


async def test_partly_closes_the_parent_and_opens_a_child(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.maria, await town.answered(number), "Частично")
    assert hub.last(town.maria, f"Что осталось по № {number}?")
    await hub.say(town.maria, "Подвал осушили, но запах остался")
    child = hub.last(town.maria, "Остаток завели отдельно")["text"]
    assert f"продолжение № {number}" in child
    new = town.number(town.maria)
    assert new != number
    assert f"продолжение № {number}" in town.card(new)["text"]
    assert "(половина срока)" in town.card(new)["text"]
    assert "частично" in town.card(number)["text"]


async def test_seven_days_of_silence_close_without_a_rating(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await town.answered(number)
    await hub.go(timedelta(days=6))
    assert "ждём оценку" in town.card(number)["text"]
    await hub.go(timedelta(days=2))
    assert "закрыто без оценки" in town.card(number)["text"]
    assert "Закрыто без оценки" in hub.last(town.maria, "Поняли так")["text"]
