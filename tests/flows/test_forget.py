"""/forgetme: erased at once, everywhere we can reach; the chain of events stays whole."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.audit import first_break
from services.model import AppealId, EventText, Person
from tests.flows.conftest import Person as Chat
from tests.flows.conftest import Town

SECRET = "ЗАДУНАЙСКАЯ"


def shown(town: Town, *chats: Chat) -> list[dict[str, Any]]:
    """What of a person's words and files stands in these chats, put there by the bot."""
    every = [m for chat in chats for m in town.hub.texts(chat) if m["from"]["is_bot"]]
    return [m for m in every if SECRET in (m.get("text") or m.get("caption") or "") or "photo" in m]


async def forget(town: Town, who: Chat) -> dict[str, Any]:
    """/forgetme and «Удалить»; returns the question."""
    await town.hub.say(who, "/forgetme")
    asked = town.hub.last(who, "Удалить ваши данные?")
    await town.hub.press(who, asked, "Удалить")
    return asked


async def test_delete_me(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    answered = town.card(number)
    await hub.press(town.ivan, answered, "Взять")
    await hub.say(town.maria, "/forgetme")
    asked = hub.last(town.maria, "Удалить ваши данные?")
    assert "Открытых сообщений: 1 — ответ на него" in asked["text"]
    await hub.press(town.maria, asked, "Не удалять")
    assert "слабый напор" in town.card(number)["text"]
    await hub.press(town.maria, asked, "Удалить")
    assert hub.last(town.maria, "Удалили. Запись об этом")
    card = town.card(number)["text"]
    assert "забрал житель" in card
    assert "слабый напор воды, кран" not in card
    assert "Мария" not in card
    async with hub.app.store.reading() as uow:
        account = await uow.people.account("telegram", str(town.maria["id"]))
        assert account is not None
        person = await uow.need(Person, account.person_id)
        assert (person.first_name, person.consent_version) == ("—", None)
        said = await uow.appeals.utterances_of(AppealId(number))
        assert [u.text for u in said if u.author_id == person.id] == [""]
        events = await uow.appeals.events_of(AppealId(number))
        assert first_break(events) is None
        assert events[-1].action == "erase"
        assert not [t for t in await uow.select(EventText) if "напор" in t.text]


async def test_coming_back_starts_anew(town: Town) -> None:
    hub = town.hub
    await town.open_case()
    await hub.say(town.maria, "/forgetme")
    await hub.press(town.maria, hub.last(town.maria, "Удалить ваши данные?"), "Удалить")
    await hub.say(town.maria, town.REPORT)
    await hub.press(town.maria, hub.last(town.maria, "Нужно ваше согласие"), "Даю согласие")
    assert "Мария" in town.card(town.number(town.maria))["text"]


async def test_s8_nothing_of_him_is_left_in_the_staff_chats(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(f"{town.REPORT}, {SECRET}")
    await hub.say(town.maria, f"и ещё ржавая, {SECRET}")
    await hub.say(town.maria, photo=b"face", caption=f"вот {SECRET}")
    await hub.press(town.ivan, await town.draft(number), "m1.send")
    hub.world.start(town.ivan, f"h_{number}")
    await hub.settle()
    await hub.go(timedelta(hours=50))
    staff = (town.hcs, town.triage, town.quality, town.ivan)
    assert len(shown(town, *staff)) > 5
    await forget(town, town.maria)
    # What is older than 48 hours a bot can't delete: a photo stays, every word goes.
    assert not [m for m in shown(town, *staff) if "photo" not in m]
    check = hub.last(town.quality, f"№ {number}: данные жителя стёрли по его просьбе.")
    assert not check.get("reply_markup")


async def test_s8_fresh_copies_of_his_files_are_deleted(town: Town) -> None:
    await town.open_case(f"{town.REPORT}, {SECRET}")
    await town.hub.say(town.maria, photo=b"face", caption=f"вот {SECRET}")
    assert [m for m in shown(town, town.hcs) if "photo" in m]
    await forget(town, town.maria)
    assert not shown(town, town.hcs)


async def test_s8_an_erased_case_is_nobodys_to_put_back(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.say(town.maria, "/my")
    listed = hub.last(town.maria, "Ваши сообщения")
    await hub.press(town.maria, listed, f"c1.case.{number}")
    for _step in range(2):
        await hub.press(town.maria, listed, "Забрать")
    await forget(town, town.maria)
    toast = await hub.press(town.maria, listed, "Вернуть в работу")
    assert toast == f"№ {number} стёрли по вашей просьбе. Напишите новое"
    assert "забрал житель" in town.card(number)["text"]
    await hub.say(town.maria, "/my")
    assert hub.last(town.maria, "ещё ничего не присылали")


async def test_s8_an_answer_to_an_erased_case_is_not_returned(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    answer = await town.answered(number)
    await hub.press(town.maria, answer, "Решено")
    await hub.say(town.maria, "/my")
    listed = hub.last(town.maria, "Ваши сообщения")
    await hub.press(town.maria, listed, f"c1.case.{number}")
    await forget(town, town.maria)
    toast = await hub.press(town.maria, listed, "Вернуть в работу")
    assert toast == f"№ {number} стёрли по вашей просьбе. Напишите новое"


async def test_s1_16_one_question_leads_to_one_erasure(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "/forgetme")
    first = hub.last(town.maria, "Удалить ваши данные?")
    await hub.say(town.maria, "/forgetme")
    second = hub.last(town.maria, "Удалить ваши данные?")
    assert second["message_id"] != first["message_id"]
    for message in (first, first, second):
        # A phone shows the button a moment longer than we do.
        hub.world.press(town.maria, town.maria["id"], message["message_id"], "Удалить")
    await hub.settle()
    done = [m for m in hub.texts(town.maria) if m["text"].startswith("Удалили. Запись об этом")]
    assert [m["message_id"] for m in done] == [first["message_id"], second["message_id"]]
    assert len({m["text"] for m in done}) == 1, "one act"
    assert not any(m.get("reply_markup") for m in done)
    already = [m for m in hub.texts(town.maria) if m["text"].startswith("Уже удалили. Запись")]
    assert len(already) == 2


async def test_s8_who_works_here_keeps_his_first_name_while_he_does(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), f"s1.take.{number}")
    await hub.say(town.ivan, "/forgetme")
    asked = hub.last(town.ivan, "Удалить ваши данные?")
    assert "имя останется, пока она есть" in asked["text"]
    await hub.press(town.ivan, asked, "Удалить")
    toast = await hub.press(town.pavel, town.card(number), "Ответить")
    assert toast == "Держит Иван. Попросите передать"
    told = len(hub.texts(town.ivan))
    await hub.go(timedelta(hours=3))
    assert len(hub.texts(town.ivan)) == told, "he is erased once"
