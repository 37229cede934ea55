"""On leave: a substitute is asked, told and decides in somebody's name, and it ends by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.flows.conftest import Town
from tests.support.hub import ZONE


def _at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


async def test_s1_a_deputy_on_leave_names_a_substitute(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    await hub.say(town.deputy, "/away")
    dialogue = hub.last(town.deputy, "Кто вас заменит?")
    await hub.press(town.deputy, dialogue, "›")
    await hub.press(town.deputy, hub.last(town.deputy, "Кто вас заменит?"), "‹")
    await hub.press(
        town.deputy, hub.last(town.deputy, "Кто вас заменит?"), "Иван · исполнитель, ЖКХ и энергет…"
    )
    assert hub.last(town.deputy, "Вас заменит Иван. По какой день включительно?")
    await hub.say(town.deputy, "когда-нибудь")
    assert hub.last(town.deputy, "День не поняли. Напишите будущую дату, например 08.12")
    await hub.say(town.deputy, "8.12")
    now = hub.last(town.deputy, "До вт, 8 декабря включительно вас замещает Иван.")
    assert now["message_id"] == dialogue["message_id"]
    assert hub.last(
        town.ivan,
        "вы замещаете: Денис (заместитель главы, отвечает за блок, ЖКХ и энергетика)",
    )
    await hub.go(_at(4, 8, 30, month=12))
    assert hub.last(town.ivan, "Сводка · пт, 4 декабря")
    assert not hub.world.find(town.deputy["id"], "Сводка")
    await hub.go(_at(7, 10, month=12))
    assert hub.last(town.ivan, f"Просрочено: № {number}")
    assert not hub.world.find(town.deputy["id"], "Просрочено: №")
    await hub.say(town.ivan, "/overdue")
    assert hub.last(town.ivan, "Просрочено: 1 · ваши блоки")
    await hub.go(_at(9, 8, 30, month=12))
    assert hub.last(town.deputy, "Сводка · ср, 9 декабря"), "it ends by itself"
    assert not hub.world.find(town.ivan["id"], "Сводка · ср, 9 декабря")
    await hub.say(town.ivan, "/overdue")
    assert hub.last(town.ivan, "У вас нет роли для этого")


async def test_s1_a_substitute_decides_a_dispute_and_it_says_so(town: Town) -> None:
    hub = town.hub
    await hub.say(town.head, "/away")
    await hub.press(town.head, hub.last(town.head, "Кто вас заменит?"), "Дарья · дежурный")
    await hub.press(town.head, hub.last(town.head, "Вас заменит Дарья"), "вт 8.12")
    number = await town.open_case()
    await town.answered(number)
    for time in (1, 2, 3):
        await hub.press(town.maria, hub.last(town.maria, "Получилось?"), "Не решено")
        if time < 3:
            await hub.press(town.ivan, await town.draft(number), "m1.send")
            await hub.press(town.olga, hub.last(town.quality, "проверить"), "Пропустить")
    assert not hub.world.find(town.head["id"], "решаете вы")
    await hub.press(town.dut, hub.last(town.dut, "решаете вы"), "Оставить ответ")
    await hub.say(town.dut, "напор в норме")
    assert hub.last(town.dut, "ответ оставили, вы (замещаете: Марина), 10:12")
    async with hub.app.store.reading() as uow:
        event = (await uow.appeals.events_of(number))[-1]
        assert event.action == "decide_keep"
        assert event.role == "MHD"
        assert event.code is not None
        assert event.code.startswith("за ")


async def test_s1_back_early_and_who_may_not_go(town: Town) -> None:
    hub = town.hub
    await hub.say(town.deputy, "/away")
    dialogue = hub.last(town.deputy, "Кто вас заменит?")
    await hub.press(town.deputy, dialogue, "Иван · исполнитель, ЖКХ и энергет…")
    await hub.press(town.deputy, hub.last(town.deputy, "Вас заменит Иван"), "вт 1.12")
    await hub.say(town.ivan, "/away")
    assert hub.last(town.ivan, "У вас нет роли для этого"), "not what he holds for another"
    await hub.go(timedelta(minutes=5))
    await hub.say(town.deputy, "/away")
    await hub.press(town.deputy, hub.last(town.deputy, "включительно вас замещает"), "Вернуть себе")
    assert hub.last(town.deputy, "С возвращением.")
    assert hub.last(town.ivan, "Денис снова на месте: вы больше не замещаете.")
    await hub.say(town.deputy, "/away")
    assert hub.last(town.deputy, "Кто вас заменит?")
    await hub.say(town.maria, "/away")
    assert hub.last(town.maria, "У вас нет роли для этого")
