"""Administrator: /bind, /invite; default deny for everybody else; commands in the wrong chat."""

from __future__ import annotations

from datetime import timedelta

from tests.flows.conftest import Town


async def test_invitation_works_once_and_for_72_hours(town: Town) -> None:
    hub = town.hub
    await hub.say(hub.admin, "/invite EXE ROD")
    link = hub.last(hub.admin, "start=r_")["text"].split("start=")[1].split()[0]
    anna, boris = hub.world.add_user("Анна"), hub.world.add_user("Борис")
    hub.world.start(anna, link)
    await hub.settle()
    assert hub.last(anna, "Теперь вы: исполнитель, Дороги.")
    hub.world.start(boris, link)
    await hub.settle()
    assert hub.last(boris, "Приглашением уже воспользовались")
    await hub.say(hub.admin, "/invite QC")
    late = hub.last(hub.admin, "start=r_")["text"].split("start=")[1].split()[0]
    await hub.go(timedelta(hours=73))
    hub.world.start(boris, late)
    await hub.settle()
    assert hub.last(boris, "Срок приглашения вышел")
    hub.world.start(boris, "r_forged")
    await hub.settle()
    assert hub.last(boris, "Такого приглашения нет")


async def test_wrong_words_of_invite_are_explained(town: Town) -> None:
    hub = town.hub
    for command, said in (
        ("/invite", "Напишите /invite РОЛЬ"),
        ("/invite KING", "Роли «KING» нет"),
        ("/invite EXE", "Роли EXE нужен блок"),
        ("/invite EXE NOPE", "Блока «NOPE» нет"),
        ("/bind HCS", "пишут в рабочем чате"),
    ):
        await hub.say(hub.admin, command)
        assert hub.last(hub.admin, said), command
    await hub.say(hub.admin, "/invite EXE HCS", chat=town.hcs)
    assert hub.last(town.hcs, "в личном чате с ботом")
    assert not hub.world.find(town.hcs["id"], "start=r_")


async def test_only_the_administrator_binds_and_invites(town: Town) -> None:
    hub = town.hub
    await hub.say(town.ivan, "/invite ADM")
    assert hub.last(town.ivan, "У вас нет роли для этого")
    group = hub.world.add_group("Чужой чат", members=[town.ivan])
    await hub.say(town.ivan, "/bind EDU", chat=group)
    assert hub.last(group, "Привязать чат может администратор бота")


async def test_bind_says_what_is_wrong(town: Town) -> None:
    hub = town.hub
    group = hub.world.add_group("Новый чат", members=[hub.admin])
    await hub.say(hub.admin, "/bind NOPE", chat=group)
    assert hub.last(group, "Блока «NOPE» нет")
    await hub.say(hub.admin, "/bind edu", chat=group)
    assert hub.last(group, "Чат привязан: Образование")


async def test_a_stranger_cannot_take(town: Town) -> None:
    """Руслан sits in the ЖКХ chat but is an executor of roads."""
    number = await town.open_case()
    toast = await town.hub.press(town.road, town.card(number), "Взять")
    assert toast == "Это карточка блока «ЖКХ и энергетика», у вас нет в нём роли"
    assert "никто не взял" in town.card(number)["text"]


async def test_unknown_command_is_answered(town: Town) -> None:
    await town.hub.say(town.maria, "/nonsense")
    assert town.hub.last(town.maria, "Такой команды нет")
    await town.hub.say(town.maria, "/help")
    assert town.hub.last(town.maria, "Просто напишите, что случилось и где.")
