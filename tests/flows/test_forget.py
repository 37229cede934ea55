"""/forgetme: erased at once, everywhere we can reach; the chain of events stays whole."""

from __future__ import annotations

from services.audit import first_break
from services.model import AppealId, EventText, Person
from tests.flows.conftest import Town


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
