"""Words after an answer: to the rating, to what is left, instead of a button (§1.10, §1.12)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.flows.conftest import Person, Town

PICTURE = b"\x89PNG"


async def _rated(town: Town, stars: str) -> int:
    """Solved, with a mark."""
    number = await town.open_case()
    await town.hub.press(town.maria, await town.answered(number), "Решено")
    await town.hub.press(town.maria, town.hub.last(town.maria, "Как мы сработали?"), stars)
    return number


def _said(town: Town, person: Person, part: str) -> list[Any]:
    return [m for m in town.hub.texts(person) if part in m.get("text", "")]


async def test_s1_10_a_voice_and_a_photo_are_words_to_a_rating_too(town: Town) -> None:
    hub = town.hub
    number = await _rated(town, "2")
    await hub.say(town.maria, voice=b"y")
    assert hub.last(town.hcs, "Житель об ответе")["text"] == "Житель об ответе:\nФайлов: 1"
    assert [m for m in hub.texts(town.hcs) if m.get("voice")]
    await hub.say(town.maria, photo=PICTURE, caption="Вот как сделали")
    assert "Вот как сделали" in hub.last(town.hcs, "Житель об ответе")["text"]
    assert [m for m in hub.texts(town.hcs) if m.get("photo")]
    assert len(_said(town, town.maria, "Передали тем, кто отвечал.")) == 1, "one series"
    assert town.number(town.maria) == number, "no case of its own"


async def test_s1_10_words_before_the_mark_are_said_of_the_rating(town: Town) -> None:
    """He was writing while he pressed: no case of its own comes of it."""
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.maria, await town.answered(number), "Решено")
    await hub.say(town.maria, "После ремонта стало ещё хуже")
    assert "стало ещё хуже" in hub.last(town.hcs, "Житель об ответе")["text"]
    await hub.press(town.maria, hub.last(town.maria, "Как мы сработали?"), "2")
    await hub.say(town.maria, "Долго ждали")
    assert "Долго ждали" in hub.last(town.hcs, "Житель об ответе")["text"]
    await hub.go(timedelta(minutes=10))
    assert town.number(town.maria) == number, "no case of its own"


async def test_s1_15_an_edited_remark_is_read_anew(town: Town) -> None:
    hub = town.hub
    await _rated(town, "5")
    said = await hub.say(town.maria, "Хорошо")
    hub.world.edit(town.maria, town.maria["id"], said["message_id"], "Хорошо, но долго")
    await hub.settle()
    told = _said(town, town.hcs, "Житель об ответе")
    assert [("долго" in m["text"]) for m in told] == [False, True]
    assert len(_said(town, town.maria, "Передали тем, кто отвечал.")) == 2


async def test_s1_12_what_is_left_is_said_to_those_who_have_it_back(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.maria, await town.answered(number), "Частично")
    await hub.go(timedelta(hours=3))
    await hub.say(town.maria, "/my")
    shown = hub.last(town.maria, "Ваши сообщения")
    await hub.press(town.maria, shown, f"c1.case.{number}")
    await hub.press(town.maria, shown, f"c1.reopen.{number}")
    await hub.say(town.maria, "Осталась течь на втором этаже")
    assert hub.last(town.maria, f"Добавили к № {number}.")
    assert "на втором этаже" in hub.last(town.hcs, "Житель добавил")["text"]


async def test_s1_10_a_thank_you_is_not_what_is_left(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.maria, await town.answered(number), "Частично")
    await hub.say(town.maria, "Спасибо")
    assert hub.last(town.maria, f"Ждём ваш ответ по № {number}.")
    await hub.say(town.maria, "Осталась течь во втором подъезде")
    assert hub.last(town.maria, "Остаток завели отдельно")


async def test_s1_10_a_verdict_in_words_is_kept_and_the_buttons_come_again(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    answer = await town.answered(number)
    await hub.say(town.maria, "Спасибо, но вода всё ещё еле течёт")
    asked = hub.last(town.maria, f"Добавили к № {number}, отдел прочтёт. Получилось?")
    keys = [[b["text"] for b in row] for row in asked["reply_markup"]["inline_keyboard"]]
    assert keys == [["Решено", "Частично", "Не решено"], ["Это о другом"]]
    assert "всё ещё еле течёт" in hub.last(town.hcs, "Житель добавил")["text"]
    await hub.say(town.maria, "Не решено", reply_to=answer["message_id"])
    assert len(_said(town, town.maria, f"Добавили к № {number}")) == 1, "asked once for a series"
    assert town.number(town.maria) == number
    await hub.press(town.maria, asked, "Не решено")
    assert hub.last(town.maria, f"№ {number} вернули в работу")
    assert "вернул житель (1 из 2)" in town.card(number)["text"]
    assert "reply_markup" in hub.last(town.maria, f"№ {number}\nВы ответили: не решено.")


async def test_s1_6_words_after_an_answer_may_be_about_something_else(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await town.answered(number)
    await hub.say(town.maria, "У соседей вода тоже слабая")
    asked = hub.last(town.maria, f"Добавили к № {number}, отдел прочтёт")
    await hub.press(town.maria, asked, "Это о другом")
    assert town.number(town.maria) != number
    assert (
        hub.last(town.maria, "Это теперь отдельное сообщение")["message_id"]
        == (asked["message_id"])
    )


async def test_s1_10_another_matter_after_an_answer_is_a_case_of_its_own(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await town.answered(number)
    await hub.say(town.maria, "На Мира 5 не горит фонарь у подъезда")
    assert town.number(town.maria) != number
    await hub.go(timedelta(days=2))
    await hub.say(town.maria, "Вода опять еле течёт")
    assert not hub.world.find(town.maria["id"], f"Добавили к № {number}"), "no fresh answer"
