"""«История» and the contact: read in private, each look an event (conversations.md §2.7)."""

from __future__ import annotations

from typing import Any

from services import contacts
from services.model import AppealId, PersonId
from tests.flows.conftest import Person, Town


async def follow(town: Town, who: Person, message: dict[str, Any], number: int) -> str | None:
    """Press «История» and go where Telegram leads."""
    hub = town.hub
    query = hub.world.press(who, message["chat"]["id"], message["message_id"], f"s1.hist.{number}")
    await hub.settle()
    await hub.world.wait(lambda: hub.world.town.queries[query].answered)
    url: str | None = hub.world.town.queries[query].url
    if url is not None:
        hub.world.start(who, url.split("?start=")[1])
        await hub.settle()
    return url


async def events(town: Town, number: int, action: str) -> int:
    """How often something happened to a case."""
    async with town.hub.app.store.reading() as uow:
        return sum(e.action == action for e in await uow.appeals.events_of(AppealId(number)))


async def test_s2_7_the_thread_is_read_in_private_and_the_look_is_logged(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(
        "На Островского у дома 12 слабый напор воды, звоните 8 918 123-45-67"
    )
    before = len(hub.texts(town.hcs))
    await town.answered(number)
    url = await follow(town, town.pavel, town.card(number), number)
    assert url == f"https://t.me/otklik_demo_bot?start=h_{number}"
    thread = hub.last(town.pavel, f"№ {number}, история")
    text = thread["text"]
    for step in ("приняли", "передано в блок: ЖКХ", "взято · Иван, исполнитель", "ответ пропущен"):
        assert step in text, step
    assert "звоните [телефон]" in text
    assert "8 918" not in text
    assert "<blockquote expandable>" in thread["html"]
    assert not hub.world.find(town.hcs["id"], "история"), "the group stays clean"
    assert len(hub.texts(town.hcs)) > before
    assert await events(town, number, "view") == 1
    assert await follow(town, town.road, town.card(number), number) is None
    refused = "Это карточка блока «ЖКХ и энергетика», у вас нет в нём роли"
    assert hub.world.toasts(town.road["id"])[-1] == refused
    hub.world.start(town.road, f"h_{number}")
    await hub.settle()
    assert hub.last(town.road, "У вас нет роли для этого")
    hub.world.start(town.maria, f"h_{number}")
    await hub.settle()
    assert not hub.world.find(town.maria["id"], "история")
    assert await events(town, number, "view") == 1


async def test_s2_7_pages_of_a_long_thread(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    for n in range(6):
        await hub.say(
            town.pavel,
            f"Заметка {n}. " + "Ждём ключ от подвала. " * 40,
            chat=town.hcs,
            reply_to=town.card(number)["message_id"],
        )
    hub.world.start(town.dut, f"h_{number}")
    await hub.settle()
    first = hub.last(town.dut, "история · 1 из 2")
    assert [b["text"] for b in first["reply_markup"]["inline_keyboard"][0]] == ["›"]
    await hub.press(town.dut, first, "›")
    second = hub.last(town.dut, "история · 2 из 2")
    assert second["message_id"] == first["message_id"]
    assert "Заметка 5" in second["text"]
    await hub.press(town.dut, second, "‹")
    assert "приняли" in hub.last(town.dut, "история · 1 из 2")["text"]
    assert await events(town, number, "view") == 1


async def test_s2_7_an_observer_reads_without_names(town: Town) -> None:
    hub = town.hub
    observer = await hub.staff("Аудитор", "AUD")
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    hub.world.start(observer, f"h_{number}")
    await hub.settle()
    text = hub.last(observer, "история")["text"]
    assert "взято · исполнитель" in text
    assert "Иван" not in text


async def test_s2_7_the_contact_is_for_the_holder_only(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    async with hub.app.store.unit() as uow:
        account = await uow.people.account("telegram", str(town.maria["id"]))
        assert account is not None
        person = await uow.need(contacts.Person, account.person_id)
        contacts.keep(hub.app.desk(uow), person, "+7 918 123-45-67")
        maria = PersonId(account.person_id)
    hub.world.start(town.pavel, f"h_{number}")
    await hub.settle()
    rows = hub.last(town.pavel, "история").get("reply_markup", {}).get("inline_keyboard", [])
    assert not rows, "nobody holds it"
    await hub.press(town.ivan, town.card(number), "Взять")
    hub.world.start(town.ivan, f"h_{number}")
    await hub.settle()
    thread = hub.last(town.ivan, "история")
    await hub.press(town.ivan, thread, "Показать контакт")
    assert hub.last(town.ivan, "Телефон: +7 918 123-45-67. Просмотр записан.")
    assert await events(town, number, "reveal") == 1
    await hub.press(town.ivan, town.card(number), "Передать")
    await hub.press(town.ivan, hub.last(town.hcs, "кому?"), "Снять с себя")
    toast = await hub.press(town.ivan, thread, "Показать контакт")
    assert toast == "Контакт видит только тот, кто держит сообщение"
    assert await events(town, number, "reveal") == 1
    await hub.say(town.maria, "/forgetme")
    await hub.press(town.maria, hub.last(town.maria, ""), "c1.fyes")
    async with hub.app.store.reading() as uow:
        assert await uow.people.contacts_of(maria) == []


async def test_what_the_citizen_thinks_of_the_department_is_told_in_words(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    for block in ("Строительство и арх…", "Не знаю"):
        await hub.press(town.maria, hub.last(town.maria, "Поняли так"), "Не тот отдел")
        await hub.press(town.maria, hub.last(town.maria, "Кто, по-вашему"), block)
    await follow(town, town.ivan, town.card(number), number)
    text = hub.last(town.ivan, f"№ {number}, история")["text"]
    assert "житель: не тот отдел · Строительство" in text
    assert "житель: не тот отдел · чьё, не знает" in text
    assert "wrong_block" not in text
    assert "ARC" not in text
