"""§4, /health: the state in a few lines, edited by «Обновить»; what is wrong in words."""

from __future__ import annotations

from tests.flows.conftest import Town


async def test_s4_health_in_a_few_lines(town: Town) -> None:
    hub = town.hub
    await hub.say(hub.admin, "/health")
    shown = hub.last(hub.admin, "Состояние ·")
    assert shown["text"].split("\n") == [
        "Состояние · 24.11 10:12",
        "База: SQLite, в порядке",
        "Входящие: 0 ждут · исходящие: 0",
        "Telegram: в порядке",
        "Чаты: 2 из 16",
        shown["text"].split("\n")[5],
        "Не доставлено: 0",
    ]
    assert shown["text"].split("\n")[5].startswith("Календарь: до 20")
    hub.world.block(town.maria)
    hub.world.deny_bot(town.hcs["id"], "can_delete_messages", by=town.ivan)
    await hub.settle()
    await hub.press(hub.admin, shown, "Обновить")
    again = hub.last(hub.admin, "Состояние ·")
    assert again["message_id"] == shown["message_id"]
    assert "Чаты: 2 из 16, прав не хватает в 1" in again["text"]
    await hub.press(hub.admin, again, "Что не так")
    wrong = hub.last(hub.admin, "Чат «Чат HCS»: боту нельзя удалять свои меню")["text"]
    assert "! Нет чата, карточки идут дежурным:" in wrong
    assert "Некому решать и читать сводку, нет заместителя главы: ROD" in wrong


async def test_health_is_the_administrators_business(town: Town) -> None:
    hub = town.hub
    await hub.say(town.ivan, "/health")
    assert hub.last(town.ivan, "У вас нет роли для этого")
    await hub.say(hub.admin, "/health", chat=town.hcs)
    assert hub.last(town.hcs, "в личном чате с ботом")
    assert not hub.world.find(town.hcs["id"], "Состояние ·")
