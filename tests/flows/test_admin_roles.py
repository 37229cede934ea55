"""§4, /roles: boxes at once on the record, a term by words, what becomes of his cases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from services.model import Role
from tests.flows.conftest import Town


async def _roles(town: Town, person: dict[str, Any], chat: dict[str, Any]) -> dict[str, Any]:
    """The administrator replies /roles to somebody's words."""
    said = await town.hub.say(person, "Я на месте", chat=chat)
    await town.hub.say(town.hub.admin, "/roles", chat=chat, reply_to=said["message_id"])
    return town.hub.last(chat, "Что может?")


def _boxes(menu: dict[str, Any]) -> list[str]:
    return [b["text"] for row in menu["reply_markup"]["inline_keyboard"] for b in row]


async def test_s4_roles_of_a_person_by_boxes(town: Town) -> None:
    hub = town.hub
    anna = hub.world.add_user("Анна")
    hub.world.add_member(town.hcs["id"], anna)
    menu = await _roles(town, anna, town.hcs)
    assert menu["text"].split("\n")[0] == "Анна · блок ЖКХ и энергетика"
    assert "пусть нажмёт «Старт»" in menu["text"]
    assert _boxes(menu) == [
        "☐ Исполнитель",
        "☐ Контролёр",
        "☐ Руководитель",
        "☐ Глава блока",
        "Срок и приказ",
        "Готово",
    ]
    assert await hub.press(town.ivan, menu, "☐ Исполнитель") == "Меню открыл(а) Админ"
    await hub.press(hub.admin, menu, "☐ Исполнитель")
    menu = hub.last(town.hcs, "Что может?")
    assert "☑ Исполнитель" in _boxes(menu)
    await hub.press(hub.admin, menu, "☐ Контролёр")
    menu = hub.last(town.hcs, "Что может?")
    assert "свои ответы он не проверит" in menu["text"]
    await hub.press(hub.admin, menu, "☑ Контролёр")
    await hub.press(hub.admin, menu, "Готово")
    assert hub.last(town.hcs, "Записали")["text"] == (
        "Анна: исполнитель, ЖКХ и энергетика, с 24.11.2026. Записали."
    )
    number = await town.open_case()
    await hub.press(anna, town.card(number), "Взять")
    assert "Анна, с" in town.card(number)["text"]


async def test_s4_term_and_act_are_asked_in_words(town: Town) -> None:
    hub = town.hub
    menu = await _roles(town, town.ivan, town.hcs)
    await hub.press(hub.admin, menu, "Срок и приказ")
    prompt = hub.last(town.hcs, "до какого числа и каким приказом? Иван")
    answer = {"chat": town.hcs, "reply_to": prompt["message_id"]}
    await hub.say(town.ivan, "до 31.12.2030, приказ 1", **answer)
    assert hub.last(town.hcs, "ответить может Админ")
    await hub.say(hub.admin, "когда-нибудь", **answer)
    assert hub.last(town.hcs, "Напишите так: до 31.12.2026, приказ 15-р")
    await hub.say(hub.admin, "до 31.12.2026, приказ 15-р", **answer)
    assert "до 31.12.2026, приказ 15-р" in hub.last(town.hcs, "Что может?")["text"]
    assert not hub.world.find(town.hcs["id"], "каким приказом?")
    await hub.go(datetime(2027, 1, 11, 7, 0, tzinfo=UTC))
    number = await town.open_case()
    toast = await hub.press(town.ivan, town.card(number), "Взять")
    assert toast is not None
    assert "нет в нём роли" in toast


async def test_s4_access_is_gone_at_once_and_his_cases_are_handed_out(town: Town) -> None:
    hub = town.hub
    first, second = await town.open_case(), await town.open_case(citizen=await hub.citizen("Пётр"))
    await hub.press(town.ivan, await town.draft(first), "m1.send")
    await hub.press(town.ivan, town.card(second), "Взять")
    menu = await _roles(town, town.ivan, town.hcs)
    await hub.press(hub.admin, menu, "☑ Исполнитель")
    question = hub.last(town.hcs, "Доступ снят")
    assert question["text"] == "Доступ снят. У него 2 сообщения."
    assert await hub.press(town.ivan, question, "Раздать") == "Меню открыл(а) Админ"
    await hub.press(hub.admin, question, "Раздать")
    assert hub.last(town.hcs, "Вернули в очередь: 1. Ещё у него: 1")
    assert "никто не взял" in town.card(second)["text"]
    toast = await hub.press(town.ivan, town.card(second), "Взять")
    assert toast is not None
    assert "нет в нём роли" in toast
    async with hub.app.store.reading() as uow:
        events = await uow.appeals.events_of(second)
        assert (events[-1].action, events[-1].role) == ("give_up", Role.ADM)
    await hub.press(hub.admin, hub.last(town.hcs, "Что может?"), "Готово")
    assert hub.last(town.hcs, "Иван: ролей нет. Записали.")


async def test_s4_put_off_his_cases_are_free_to_colleagues_and_then_to_all(town: Town) -> None:
    hub = town.hub
    first, second = await town.open_case(), await town.open_case(citizen=await hub.citizen("Пётр"))
    for number in (first, second):
        await hub.press(town.ivan, town.card(number), "Взять")
    menu = await _roles(town, town.ivan, town.hcs)
    await hub.press(hub.admin, menu, "☑ Исполнитель")
    await hub.press(hub.admin, hub.last(town.hcs, "Доступ снят"), "Позже")
    toast = await hub.press(town.pavel, town.card(first), "Ответить")
    assert toast == "Иван: роли здесь больше нет. Заберите через «Передать»"
    await hub.press(town.pavel, town.card(first), "Передать")
    await hub.press(town.pavel, hub.last(town.hcs, "кому?"), "Коллеге в блоке")
    await hub.press(town.pavel, hub.last(town.hcs, "кому в блоке"), "Павел · 0 в работе")
    assert "Павел, с" in town.card(first)["text"]
    assert not await hub.press(town.pavel, town.card(first), "Ответить")
    await hub.go(timedelta(minutes=30))
    assert "Иван, с" in town.card(second)["text"], "the administrator may still think"
    await hub.go(timedelta(minutes=35))
    assert "никто не взял" in town.card(second)["text"]
    line = hub.last(town.hcs, "роли в блоке больше нет")
    assert line["text"] == (f"Иван: роли в блоке больше нет. № {second} никто не держит, возьмите.")
    await hub.press(town.pavel, town.card(second), "Взять")
    assert "Павел, с" in town.card(second)["text"]


async def test_s4_a_term_that_is_over_leaves_no_case_in_lost_hands(town: Town) -> None:
    hub = town.hub
    timur = hub.world.add_user("Тимур")
    await hub.say(hub.admin, "/invite EXE HCS до 25.11.2026")
    said = hub.last(hub.admin, "start=r_")["text"]
    hub.world.start(timur, said.split("start=")[1].split()[0])
    await hub.settle()
    hub.world.add_member(town.hcs["id"], timur)
    number = await town.open_case()
    await hub.press(timur, town.card(number), "Взять")
    await hub.go(datetime(2026, 11, 26, 5, 0, tzinfo=UTC))
    assert not hub.world.find(town.hcs["id"], "роли в блоке больше нет"), "nobody is there yet"
    await hub.go(datetime(2026, 11, 26, 6, 5, tzinfo=UTC))
    assert "никто не взял" in town.card(number)["text"]
    assert hub.last(town.hcs, "Тимур: роли в блоке больше нет")
    async with hub.app.store.reading() as uow:
        events = await uow.appeals.events_of(number)
        assert (events[-1].action, events[-1].role, events[-1].code) == (
            "give_up",
            Role.HUB,
            "role_over",
        )
    await hub.press(town.pavel, town.card(number), "Взять")
    said = len(hub.texts(town.hcs))
    await hub.go(timedelta(days=5))
    assert not any("Тимур" in m["text"] for m in hub.texts(town.hcs)[said:])


async def test_s4_roles_alone_are_a_list(town: Town) -> None:
    hub = town.hub
    await hub.say(hub.admin, "/roles", chat=town.hcs)
    listed = hub.last(town.hcs, "Роли · блок ЖКХ и энергетика")
    assert "• Иван: исполнитель, ЖКХ и энергетика" in listed["text"]
    assert "Руслан" not in listed["text"]
    await hub.press(hub.admin, listed, "Павел")
    assert hub.last(town.hcs, "Павел · блок ЖКХ")
    await hub.say(hub.admin, "/roles")
    everybody = hub.last(hub.admin, "Роли · все роли")
    assert "• Марина: " in everybody["text"]
    await hub.press(hub.admin, everybody, "Руслан")
    menu = hub.last(hub.admin, "Руслан · все роли")
    assert "☑ Исполнитель ROD" in _boxes(menu)
    await hub.press(hub.admin, menu, "☑ Исполнитель ROD")
    assert "☑ Исполнитель ROD" not in _boxes(hub.last(hub.admin, "Руслан · все роли"))


async def test_roles_are_the_administrators_business(town: Town) -> None:
    hub = town.hub
    await hub.say(town.ivan, "/roles", chat=town.hcs)
    assert hub.last(town.hcs, "У вас нет роли для этого")
    await hub.say(town.maria, "/roles")
    assert hub.last(town.maria, "У вас нет роли для этого")
    assert not hub.world.find(town.maria["id"], "Роли ·")
    group = hub.world.add_group("Новый", members=[hub.admin])
    await hub.say(hub.admin, "/roles", chat=group)
    assert hub.last(group, "сначала /bind")


async def test_an_invitation_may_have_a_term_and_an_act(town: Town) -> None:
    hub = town.hub
    await hub.say(hub.admin, "/invite EXE HCS до 31.12.2026, приказ 15-р")
    said = hub.last(hub.admin, "start=r_")["text"]
    assert "исполнитель, ЖКХ и энергетика, до 31.12.2026, приказ 15-р" in said
    anna = hub.world.add_user("Анна")
    hub.world.start(anna, said.split("start=")[1].split()[0])
    await hub.settle()
    await hub.say(hub.admin, "/roles", chat=town.hcs)
    assert (
        "• Анна: исполнитель, ЖКХ и энергетика, до 31.12.2026, приказ 15-р"
        in (hub.last(town.hcs, "Роли ·")["text"])
    )
    await hub.say(hub.admin, "/invite QC до 01.01.2020")
    assert hub.last(hub.admin, "Эта дата уже прошла")
