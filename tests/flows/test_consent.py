"""Before consent nothing is shown to anybody, an emergency excepted (domain.md §8)."""

from __future__ import annotations

from datetime import timedelta

from tests.flows.conftest import Town
from tests.flows.test_presses import _forge as forge


async def test_words_before_consent_wait_and_then_become_one_case(town: Town) -> None:
    hub = town.hub
    petr = hub.world.add_user("Пётр")
    await hub.say(petr, town.REPORT)
    asked = hub.last(petr, "Нужно ваше согласие")
    assert "Поняли так" in asked["text"]
    assert not hub.world.find(town.hcs["id"], "напор")
    await hub.say(petr, "Вода уже в лифте")
    assert "без согласия мы не можем передать" in hub.last(petr, "Сообщение у нас")["text"]
    await hub.press(petr, asked, "Даю согласие")
    given = hub.last(petr, "Согласие получено 24.11.2026, версия 1. Отозвать: /forgetme")
    assert given["message_id"] == asked["message_id"], "the message that asked says so now"
    assert "reply_markup" not in given
    card = town.card(town.number(petr))
    assert "слабый напор" in card["text"]
    assert "Вода уже в лифте" in card["text"]
    toast = await forge(town, petr, given, "c1.agree.1")
    assert toast == "Согласие уже получили, спасибо"
    receipts = [m for m in hub.texts(petr) if "Принято, №" in m["text"]]
    assert len(receipts) == 1, "a second press opens nothing"


async def test_refusing_keeps_nothing(town: Town) -> None:
    hub = town.hub
    petr = hub.world.add_user("Пётр")
    await hub.say(petr, town.REPORT)
    await hub.press(petr, hub.last(petr, "согласие"), "Пока нет")
    assert hub.last(petr, "ничего не сохраняем")
    async with hub.app.store.reading() as uow:
        account = await uow.people.account("telegram", str(petr["id"]))
        assert account is not None
        assert await uow.people.drafts_of(account.person_id) == []
        assert await uow.appeals.of_person(account.person_id) == []


async def test_a_draft_is_deleted_after_a_day(town: Town) -> None:
    hub = town.hub
    petr = hub.world.add_user("Пётр")
    await hub.say(petr, town.REPORT)
    await hub.go(timedelta(hours=25))
    await hub.press(petr, hub.last(petr, "Нужно ваше согласие"), "Даю согласие")
    assert hub.last(petr, "Согласие получено")
    assert hub.last(petr, "Спасибо. Что случилось и где?")


async def test_emergency_before_consent_reaches_the_duty_chat_without_a_name(town: Town) -> None:
    hub = town.hub
    petr = hub.world.add_user("Пётр")
    await hub.say(petr, "На Островского 12 сильно пахнет газом в подъезде, тел. 8 918 123-45-67")
    first = hub.texts(petr)[1]
    assert "Сначала позвоните 112" in first["text"]
    alarm = hub.last(town.triage, "согласия ещё нет")["text"]
    assert "пахнет газом" in alarm
    assert "Островского" in alarm
    assert "Пётр" not in alarm
    assert "918" not in alarm


async def test_phones_never_reach_a_staff_card(town: Town) -> None:
    number = await town.open_case(
        town.REPORT + ", звоните +7 (918) 123-45-67 или maria@mail.example"
    )
    card = town.card(number)["text"]
    assert "[телефон]" in card
    assert "[почта]" in card
    for chat in (town.hcs, town.triage, town.quality):
        everything = " ".join(m.get("text", "") for m in town.hub.texts(chat))
        assert "123-45-67" not in everything
        assert "mail.example" not in everything


async def test_a_greeting_gets_a_kind_answer_and_no_case(town: Town) -> None:
    await town.hub.say(town.maria, "Здравствуйте!")
    assert "Что случилось и где?" in town.hub.last(town.maria, "Здравствуйте. Что")["text"]
    assert not town.hub.world.find(town.maria["id"], "Поняли так")


async def test_what_cannot_be_read_is_said_kindly(town: Town) -> None:
    await town.hub.say(town.maria, sticker=True)
    assert town.hub.last(town.maria, "прочитать не сумеем")


async def test_an_english_citizen_reads_english(town: Town) -> None:
    hub = town.hub
    john = hub.world.add_user("John", language_code="en")
    await hub.say(john, "На Островского 12 слабый напор воды, кран еле течёт")
    await hub.press(john, hub.last(john, "We need your consent"), "I agree")
    receipt = hub.last(john, "Received, No. ")["text"]
    assert "Answer by " in receipt
    assert "Housing" in receipt
