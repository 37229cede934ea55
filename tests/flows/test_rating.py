"""The citizen's verdict: not solved, partly, silence, the third return."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from services import feedback
from services.directory import Known, identify
from services.errors import DomainError
from services.model import AppealId
from services.wire import Author
from tests.flows.conftest import Town
from tests.support.hub import ZONE


async def _again(town: Town, number: int) -> None:
    await town.hub.press(town.ivan, await town.draft(number), "m1.send")
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


async def test_s1_10_a_mark_can_be_corrected_for_ten_minutes(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.maria, await town.answered(number), "Решено")
    await hub.press(town.maria, hub.last(town.maria, "Как мы сработали?"), "4")
    said = hub.last(town.maria, "ваша оценка — 4")
    await hub.press(town.maria, said, "Исправить")
    await hub.press(town.maria, hub.last(town.maria, "Как мы сработали?"), "5")
    said = hub.last(town.maria, "ваша оценка — 5")
    assert "решено, 5" in town.card(number)["text"]
    await hub.go(timedelta(minutes=11))
    assert "reply_markup" not in hub.last(town.maria, "ваша оценка — 5")
    assert not hub.world.find(town.maria["id"], "ваша оценка — 4")


async def test_s1_10_a_low_mark_is_asked_why_and_words_are_passed_on(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.maria, await town.answered(number), "Решено")
    await hub.press(town.maria, hub.last(town.maria, "Как мы сработали?"), "2")
    asked = hub.last(town.maria, "Что было не так?")
    rows = asked["reply_markup"]["inline_keyboard"]
    assert [[b["text"] for b in row] for row in rows] == [
        ["Долго", "Грубо"],
        ["Не по делу", "Плохо сделали"],
    ]
    await hub.press(town.maria, asked, "Грубо")
    said = hub.last(town.maria, "ваша оценка — 2")
    assert "reply_markup" not in said
    await hub.say(town.maria, "Накричали по телефону")
    assert hub.last(town.maria, "Передали тем, кто отвечал.")
    assert "Накричали" in hub.last(town.hcs, "Житель об ответе")["text"]


async def test_s1_10_asked_once_more_on_the_third_day_silently(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await town.answered(number)
    await hub.go(timedelta(days=2))
    assert not hub.world.find(town.maria["id"], "Получилось ли с")
    await hub.go(timedelta(days=2))
    again = hub.last(town.maria, f"Получилось ли с № {number}? Одно нажатие")
    await hub.go(timedelta(days=1))
    asked = [m for m in hub.texts(town.maria) if "Получилось ли с" in m.get("text", "")]
    assert len(asked) == 1
    await hub.press(town.maria, again, "Решено")
    assert not hub.world.find(town.maria["id"], "Получилось ли с")
    stars = hub.last(town.maria, f"№ {number}\nВы ответили: решено.")
    await hub.press(town.maria, stars, "5")
    assert "решено, 5" in town.card(number)["text"]
    answer = hub.last(town.maria, "Ответ по")
    assert "ваша оценка — 5" in answer["text"]


async def test_s1_10_partly_without_words_ends_with_the_mark_alone(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.maria, await town.answered(number), "Частично")
    assert "reply_markup" not in hub.last(town.maria, "Ответ по")
    await hub.go(timedelta(days=1, minutes=1))
    await hub.press(town.maria, hub.last(town.maria, "Как мы сработали?"), "3")
    assert "частично, 3" in town.card(number)["text"]
    assert town.number(town.maria) == number, "nothing is made of silence"


async def test_s1_12_a_rated_answer_comes_back_within_a_week(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.maria, await town.answered(number), "Решено")
    await hub.press(town.maria, hub.last(town.maria, "Как мы сработали?"), "5")
    await hub.say(town.maria, "/my")
    await hub.press(town.maria, hub.last(town.maria, "Ваши сообщения"), f"c1.case.{number}")
    case = hub.world.last(town.maria["id"])
    await hub.press(town.maria, case, f"c1.reopen.{number}")
    case = next(m for m in hub.texts(town.maria) if m["message_id"] == case["message_id"])
    assert "c1.reopen" not in str(case["reply_markup"]), "the case is shown anew"
    assert hub.last(town.maria, "вернули в работу")
    assert "вернул житель (1 из 2)" in town.card(number)["text"]
    await hub.press(town.maria, hub.last(town.maria, "Что не так?"), "Снова сломалось")
    assert "снова сломалось" in town.card(number)["text"]
    await _again(town, number)
    await hub.press(town.maria, hub.last(town.maria, "Получилось?"), "Решено")
    await hub.go(timedelta(days=8))
    account = await _known(town)
    with pytest.raises(DomainError, match="too_late_to_reopen"):
        async with hub.app.store.unit() as uow:
            await feedback.reopen(hub.app.desk(uow), account, appeal_id=AppealId(number))


async def _known(town: Town) -> Known:
    author = Author("telegram", str(town.maria["id"]), "Мария", "ru")
    async with town.hub.app.store.unit() as uow:
        return await identify(town.hub.app.desk(uow), author, private=True)
