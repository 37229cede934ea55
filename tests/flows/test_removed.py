"""The bot is removed from a staff chat: nothing waits there unseen, and all comes back."""

from __future__ import annotations

from typing import Any

from tests.flows.conftest import Person, Town


def _kick(town: Town, chat: Person) -> None:
    town.hub.world.set_bot_status(chat["id"], "kicked", by=town.ivan)


def _texts(town: Town, chat: Person, part: str) -> list[dict[str, Any]]:
    return [m for m in town.hub.texts(chat) if part in m.get("text", "")]


async def test_cards_go_to_the_duty_chat_and_come_back(town: Town) -> None:
    hub = town.hub
    old = await town.open_case()
    before = len(hub.texts(town.hcs))
    _kick(town, town.hcs)
    await hub.settle()
    assert "Бота удалили из чата «Чат HCS» (HCS)" in hub.last(hub.admin, "удалили")["text"]
    assert hub.last(town.triage, "карточки теперь здесь")
    assert "никто не взял" in town.card(old, town.triage)["text"]
    new = await town.open_case("На Морской у дома 3 нет холодной воды второй день")
    card = town.card(new, town.triage)
    await hub.press(town.ivan, card, "Взять")
    assert "Иван, с" in town.card(new, town.triage)["text"]
    assert len(hub.texts(town.hcs)) == before
    assert not hub.world.find(town.triage["id"], "Не дошло")
    assert len(_texts(town, hub.admin, "удалили")) == 1
    hub.world.set_bot_status(town.hcs["id"], "administrator", by=hub.admin)
    await hub.settle()
    assert "Иван, с" in town.card(new, town.hcs)["text"]
    assert len(_texts(town, town.hcs, f"№ {old} ·")) == 1, "it stood there all along"
    await hub.press(town.pavel, town.card(old, town.hcs), "Взять")
    assert "Павел, с" in town.card(old, town.hcs)["text"]
    assert hub.last(town.triage, "снова принимает карточки")
    assert "Взять" not in str(town.card(old, town.triage).get("reply_markup"))
    third = await town.open_case("На Ленина 5 прорвало трубу в подвале, вода хлещет")
    assert town.card(third, town.hcs)


async def test_what_a_refusal_shows_is_the_same_and_what_waits_is_not_lost(town: Town) -> None:
    """The word that the bot was removed never came: the hub was down, or Telegram forgot."""
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    hub.world.town.rooms[town.hcs["id"]].bot_status = "kicked"
    await hub.say(
        town.maria, "И ещё: вода ржавая", reply_to=hub.last(town.maria, "№")["message_id"]
    )
    assert len(_texts(town, hub.admin, "удалили")) == 1
    assert "Иван, с" in town.card(number, town.triage)["text"]
    assert hub.last(town.triage, "ржавая")
    async with hub.app.store.reading() as uow:
        assert await uow.outbox.dead() == []


async def test_another_chat_takes_the_place_of_a_lost_one(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    _kick(town, town.hcs)
    await hub.settle()
    group = hub.world.add_group("ЖКХ новый", members=[hub.admin, town.ivan])
    await hub.say(hub.admin, "/bind HCS", chat=group)
    assert hub.last(group, "Чат привязан: ЖКХ")
    await hub.press(town.ivan, town.card(number, group), "Взять")
    assert "Иван, с" in town.card(number, group)["text"]
    hub.world.set_bot_status(town.hcs["id"], "administrator", by=hub.admin)
    await hub.settle()
    assert await town.open_case("На Морской у дома 3 нет холодной воды второй день")
    assert hub.world.find(group["id"], "Морской")
    assert not hub.world.find(town.hcs["id"], "Морской")
    async with hub.app.store.reading() as uow:
        assert await uow.outbox.dead() == []


async def test_what_is_for_the_duty_chat_waits_for_it(town: Town) -> None:
    hub = town.hub
    _kick(town, town.triage)
    await hub.settle()
    assert "Что для него, ждёт" in hub.last(hub.admin, "Бота удалили из чата «Чат TRIAGE»")["text"]
    await hub.say(town.maria, "Тут что-то совсем непонятное творится у нас")
    await hub.spoken()
    assert hub.last(town.maria, "Принято")
    assert not hub.world.find(town.triage["id"], "непонятное")
    hub.world.set_bot_status(town.triage["id"], "administrator", by=hub.admin)
    await hub.settle()
    assert hub.world.find(town.triage["id"], "непонятное")
