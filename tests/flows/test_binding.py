"""§4, the administrator's /bind: menu, moving, rights, the trial card."""

from __future__ import annotations

from datetime import timedelta

from tests.flows.conftest import Town


async def test_s4_bind_by_a_menu(town: Town) -> None:
    hub = town.hub
    group = hub.world.add_group("Школы", members=[hub.admin, town.ivan])
    await hub.say(hub.admin, "/bind", chat=group)
    menu = hub.last(group, "Какой блок?")
    assert [len(row) for row in menu["reply_markup"]["inline_keyboard"]] == [2, 2, 2, 2, 1]
    assert await hub.press(town.ivan, menu, "Дороги") == "Меню открыл(а) Админ"
    await hub.press(hub.admin, menu, "›")
    menu = hub.last(group, "Какой блок?")
    await hub.press(hub.admin, menu, "Образование")
    assert not hub.world.find(group["id"], "Какой блок?"), "the menu is gone after the choice"
    said = hub.last(group, "Чат привязан")["text"]
    assert said == ("Чат привязан: Образование. Проверка прав: всё есть. Пробная карточка — ниже.")
    probe = hub.last(group, "Это проба")
    await hub.press(town.ivan, probe, "Удалить пробу")
    assert hub.world.find(group["id"], "Это проба"), "Иван has no role there"
    await hub.press(hub.admin, probe, "Удалить пробу")
    assert not hub.world.find(group["id"], "Это проба")


async def test_s4_a_block_moves_to_another_chat_with_its_open_cards(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    old_card = town.card(number)
    group = hub.world.add_group("ЖКХ новый", members=[hub.admin, town.ivan, town.pavel])
    await hub.say(hub.admin, "/bind HCS", chat=group)
    question = hub.last(group, "Перенести?")
    assert question["text"] == (
        "Блок «ЖКХ и энергетика» уже в другом чате. Перенести? "
        "Открытых карточек: 1, пришлём их сюда."
    )
    await hub.press(hub.admin, question, "Отмена")
    assert not hub.world.find(group["id"], "Перенести?")
    assert "никто не взял" in town.card(number)["text"]
    await hub.say(hub.admin, "/bind HCS", chat=group)
    await hub.press(hub.admin, hub.last(group, "Перенести?"), "Перенести")
    assert hub.last(group, "Чат привязан: ЖКХ и энергетика")
    assert hub.last(town.hcs, "теперь в другом чате. Карточки сюда больше не приходят")
    left = hub.last(town.hcs, f"№ {number} теперь в другом чате")
    assert left["message_id"] == old_card["message_id"]
    assert "reply_markup" not in left
    await hub.press(town.ivan, town.card(number, group), "Взять")
    assert "Иван, с" in town.card(number, group)["text"]


async def test_s4_who_may_not_bind_is_told_who_may(town: Town) -> None:
    hub = town.hub
    group = hub.world.add_group("Чужой чат", members=[town.ivan])
    for command in ("/bind", "/bind EDU"):
        await hub.say(town.ivan, command, chat=group)
        assert hub.last(group, "Привязать чат может администратор бота.")
    assert not hub.world.find(group["id"], "Какой блок?")


async def test_s4_missing_rights_are_a_list_and_are_looked_at_again(town: Town) -> None:
    hub = town.hub
    group = hub.world.add_group("Школы", members=[hub.admin], bot_admin=False)
    await hub.say(hub.admin, "/bind EDU", chat=group)
    assert "не хватает, список ниже" in hub.last(group, "Чат привязан")["text"]
    shown = hub.last(group, "Боту не хватает прав")
    assert "☑ писать сообщения" in shown["text"]
    assert "☐ удалять свои меню" in shown["text"]
    assert "темами" not in shown["text"], "no forum"
    await hub.press(hub.admin, shown, "Проверить снова")
    assert hub.last(group, "Боту не хватает прав")
    hub.world.town.rooms[group["id"]].bot_status = "administrator"
    await hub.press(hub.admin, shown, "Проверить снова")
    assert hub.last(group, "всё есть")["message_id"] == shown["message_id"]


async def test_s4_cards_wait_where_the_bot_may_not_write(town: Town) -> None:
    hub = town.hub
    hub.world.deny_bot(town.hcs["id"], "can_send_messages", by=town.ivan)
    await hub.settle()
    number = await town.open_case()
    assert hub.last(town.triage, "«ЖКХ и энергетика» не принимает карточки: ждёт 1.")
    assert not hub.world.find(town.triage["id"], "Не дошло")
    await hub.go(timedelta(minutes=6))
    assert not any(f"№ {number} ·" in m.get("text", "") for m in hub.texts(town.hcs))
    hub.world.deny_bot(town.hcs["id"], by=town.ivan)
    await hub.settle()
    assert "никто не взял" in town.card(number)["text"]
    assert hub.last(town.triage, "снова принимает карточки")
    assert not hub.world.find(town.triage["id"], "не принимает карточки")


async def test_rights_are_looked_at_every_morning(town: Town) -> None:
    hub = town.hub
    room = hub.world.town.rooms[town.hcs["id"]]
    room.denied = {"can_delete_messages"}
    await hub.go(timedelta(days=1))
    assert hub.last(town.hcs, "☐ удалять свои меню")


async def test_s4_a_group_that_was_upgraded_says_so(town: Town) -> None:
    hub = town.hub
    group = hub.world.add_group("Школы", members=[hub.admin], supergroup=False)
    await hub.say(hub.admin, "/bind EDU", chat=group)
    new = hub.world.upgrade_group(group["id"])
    await hub.say(town.maria, "В школе № 3 детям дают холодную еду в столовой, качество питания")
    assert hub.world.find(new, "Группа стала супергруппой, привязку перенесли.")
    assert hub.world.find(new, "столовой")
