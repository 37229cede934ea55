"""The bot in somebody's group: a kind word and out; for an administrator, how to bind it."""

from __future__ import annotations

from tests.flows.conftest import Town

BYE = "Этот бот — для личных сообщений."


async def test_house_chat_the_bot_says_a_word_and_leaves(town: Town) -> None:
    hub = town.hub
    house = hub.world.add_group("Дом 5", members=[town.maria], bot_in=False)
    hub.world.set_bot_status(house["id"], "member", by=town.maria)
    await hub.settle()
    (said,) = hub.texts(house)
    assert said["text"].startswith(BYE)
    assert "@otklik_demo_bot" in said["text"]
    assert hub.world.town.rooms[house["id"]].bot_status == "left"
    assert not hub.world.find(town.triage["id"], "Не дошло")


async def test_house_chat_where_the_bot_may_not_write_it_leaves_silently(town: Town) -> None:
    hub = town.hub
    house = hub.world.add_group("Дом 5", members=[town.maria], bot_in=False)
    hub.world.trouble.fail("sendMessage", code=400)
    hub.world.set_bot_status(house["id"], "member", by=town.maria)
    await hub.settle()
    assert hub.texts(house) == []
    assert hub.world.town.rooms[house["id"]].bot_status == "left"
    assert not hub.world.find(town.triage["id"], "Не дошло")


async def test_house_chat_of_an_administrator_waits_for_bind(town: Town) -> None:
    hub = town.hub
    group = hub.world.add_group("Дороги", members=[hub.admin, town.ivan], bot_in=False)
    hub.world.set_bot_status(group["id"], "member", by=hub.admin)
    await hub.settle()
    assert "/bind" in hub.last(group, "Бот в чате")["text"]
    hub.world.set_bot_status(group["id"], "administrator", by=town.ivan)
    await hub.settle()
    assert len(hub.texts(group)) == 1
    assert hub.world.town.rooms[group["id"]].bot_status == "administrator"


async def test_house_chat_a_bound_one_is_never_left(town: Town) -> None:
    hub = town.hub
    hub.world.set_bot_status(town.hcs["id"], "kicked", by=town.ivan)
    hub.world.set_bot_status(town.hcs["id"], "member", by=town.ivan)
    await hub.settle()
    assert hub.world.town.rooms[town.hcs["id"]].bot_status == "member"
    assert not hub.world.find(town.hcs["id"], BYE)
