"""«Назначить», «Поручить»: who is above gives a case to a person of the block (§2.10, §3.2)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.model import Role
from tests.flows.conftest import Town
from tests.support.hub import ZONE


def _keys(message: dict[str, Any]) -> list[list[str]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[b["text"] for b in row] for row in rows]


async def test_s2_10_a_deputy_assigns_what_is_late_and_everybody_hears(town: Town) -> None:
    hub = town.hub
    held, free = await town.open_case(), await town.open_case()
    await hub.press(town.ivan, town.card(held), "Взять")
    for day in (4, 7, 8):
        await hub.go(datetime(2026, 12, day, 12, tzinfo=ZONE))
    late = next(
        m
        for m in hub.texts(town.deputy)
        if f"Просрочено: № {held}" in m.get("text", "") and "держит Иван" in m["text"]
    )
    assert _keys(late) == [["Назначить", "Карточка"]]
    await hub.press(town.deputy, late, "Назначить")
    menu = hub.last(town.deputy, f"№ {held}, слабый напор воды: кому?")
    assert menu["disable_notification"]
    assert _keys(menu) == [["Павел · 0 в работе"], ["Кто свободен"], ["Отмена"]]
    toast = await hub.press(town.deputy, menu, "Павел · 0 в работе")
    assert toast == "Поручено: Павел"
    assert f"№ {held} поручено: Павел, 12:00" in hub.last(town.deputy, "поручено")["text"]
    assert "Павел" in town.card(held)["text"].split("\n")[0]
    said = hub.last(town.hcs, f"Павел, № {held} теперь у вас")
    assert said["text"].endswith("Поручает Денис.")
    assert not said.get("disable_notification")
    assert not _keys(said), "what was assigned from above is not undone in the chat"
    told = hub.last(town.pavel, f"Денис поручает вам № {held}: слабый напор воды.")
    assert told["text"].endswith("Карточка — в чате блока.")
    async with hub.app.store.reading() as uow:
        event = (await uow.appeals.events_of(held))[-1]
        assert (event.action, event.role) == ("assign", Role.BLK)
    # «Карточка» of a free one: to whoever has the fewest.
    await hub.say(town.deputy, "/overdue")
    await hub.press(town.deputy, hub.last(town.deputy, "Просрочено: "), str(free))
    await hub.press(town.deputy, hub.last(town.deputy, "кран еле течёт"), "Назначить")
    menu = hub.last(town.deputy, f"№ {free}, слабый напор воды: кому?")
    await hub.press(town.deputy, menu, "Отмена")
    assert not hub.world.find(town.deputy["id"], f"№ {free}, слабый напор воды: кому?")
    await hub.press(town.deputy, hub.last(town.deputy, "кран еле течёт"), "Назначить")
    menu = hub.last(town.deputy, f"№ {free}, слабый напор воды: кому?")
    assert await hub.press(town.deputy, menu, "Кто свободен") == "Поручено: Иван"
    await hub.go(timedelta(minutes=2))
    assert hub.last(town.maria, f"№ {free} взяли в работу")


async def test_s3_2_what_a_citizen_returned_is_assigned_at_once(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await town.answered(number)
    await hub.press(town.maria, hub.last(town.maria, "Получилось?"), "Не решено")
    returned = hub.last(town.deputy, f"№ {number} вернул житель")
    assert _keys(returned) == [["Карточка", "Назначить"]]
    await hub.press(town.deputy, returned, "Назначить")
    menu = hub.last(town.deputy, f"№ {number}, слабый напор воды: кому?")
    await hub.press(town.ivan, town.card(number), "Взять")
    assert await hub.press(town.deputy, menu, "Иван · 0 в работе") is not None
    assert hub.last(town.deputy, f"№ {number}, слабый напор воды: кому?"), "he has it already"
    await hub.press(town.deputy, menu, "Павел · 0 в работе")
    assert "Павел, с" in town.card(number)["text"]
    above = town.card(number)["message_id"]
    await hub.say(town.pavel, town.ANSWER, chat=town.hcs, reply_to=above)
    await hub.press(town.pavel, hub.last(town.hcs, "ещё не отправлен"), "m1.send")
    toast = await hub.press(town.deputy, returned, "Назначить")
    assert toast == "Карточка изменилась, показываю свежую", "an answer that is checked stays"


async def test_s11_only_who_is_above_the_block_assigns(town: Town) -> None:
    hub = town.hub
    alien = await hub.staff("Фёдор", "BLK", "ROD")
    number = await town.open_case()
    for day in (4, 7, 8):
        await hub.go(datetime(2026, 12, day, 12, tzinfo=ZONE))
    late = hub.last(town.deputy, f"Просрочено: № {number}")
    await hub.say(town.head, "/overdue")
    await hub.press(town.head, hub.last(town.head, "Просрочено: "), str(number))
    assert "Назначить" not in str(_keys(hub.last(town.head, "кран еле течёт")))
    await hub.say(alien, "/overdue")
    assert hub.last(alien, "Просроченных нет.")
    await hub.press(town.deputy, late, "Карточка")
    assert "Назначить" in str(_keys(hub.last(town.deputy, "кран еле течёт")))
