"""§0.6, a forum: cards, urgent ones and lists each in their topic; a plain group has none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services import notify
from services.model import Appeal
from services.policies import Urgency
from tests.flows.conftest import Town


async def _forum(town: Town) -> dict[str, Any]:
    """ЖКХ moves into a forum."""
    hub = town.hub
    group = hub.world.add_group("ЖКХ", members=[hub.admin, town.ivan, town.pavel], forum=True)
    await hub.say(hub.admin, "/bind HCS", chat=group)
    await hub.press(hub.admin, hub.last(group, "Перенести?"), "Перенести")
    return dict(group)


def _topic(town: Town, group: dict[str, Any], message: dict[str, Any]) -> str | None:
    topics: dict[int, str] = town.hub.world.town.rooms[group["id"]].topics
    return topics.get(message.get("message_thread_id", 0))


async def test_s0_6_a_forum_has_its_topics_and_every_message_its_place(town: Town) -> None:
    hub = town.hub
    group = await _forum(town)
    assert list(hub.world.town.rooms[group["id"]].topics.values()) == [
        "Карточки",
        "Срочно",
        "Проблемы",
        "Служебное",
    ]
    assert "Карточки — в теме «Карточки»." in hub.last(group, "Чат привязан")["text"]
    assert _topic(town, group, hub.last(group, "Это проба")) == "Карточки"
    number = await town.open_case()
    card = town.card(number, group)
    assert _topic(town, group, card) == "Карточки"
    await hub.press(town.ivan, card, "Взять")
    thread = card["message_thread_id"]
    await hub.say(town.ivan, town.ANSWER, chat=group, reply_to=card["message_id"], thread=thread)
    assert _topic(town, group, hub.last(group, "ещё не отправлен")) == "Карточки"
    await hub.say(town.maria, "Сильный запах газа в подъезде, Островского 12")
    urgent = town.card(town.number(town.maria), group)
    assert _topic(town, group, urgent) == "Срочно"


async def test_s0_6_a_deleted_topic_is_made_again(town: Town) -> None:
    hub = town.hub
    group = await _forum(town)
    first = await town.open_case()
    thread = town.card(first, group)["message_thread_id"]
    hub.world.delete_topic(group["id"], thread)
    second = await town.open_case("На Горького 7 слабый напор воды, кран еле течёт")
    card = town.card(second, group)
    assert _topic(town, group, card) == "Карточки"
    assert card["message_thread_id"] != thread
    await hub.say(town.maria, "Стало хуже, вода еле капает", reply_to=_receipt(town, first))
    assert [m for m in hub.texts(group) if "Стало хуже" in m.get("text", "")]
    third = await town.open_case("На Мира 3 слабый напор воды, кран еле течёт")
    assert town.card(third, group)["message_thread_id"] == card["message_thread_id"]


def _receipt(town: Town, number: int) -> int:
    found: int = town.hub.last(town.maria, f"№ {number}")["message_id"]
    return found


async def test_s0_6_plain_talk_in_a_topic_is_not_ours_to_know(town: Town) -> None:
    hub = town.hub
    group = await _forum(town)
    stranger = hub.world.add_user("Чужой")
    hub.world.add_member(group["id"], stranger)
    thread = next(iter(hub.world.town.rooms[group["id"]].topics))
    await hub.say(stranger, "Просто болтаем", chat=group, thread=thread)
    async with hub.app.store.reading() as uow:
        assert await uow.people.account("telegram", str(stranger["id"])) is None


async def test_s0_6_without_the_right_everything_is_in_one_chat(town: Town) -> None:
    hub = town.hub
    group = hub.world.add_group("Школы", members=[hub.admin], forum=True, bot_admin=False)
    await hub.say(hub.admin, "/bind EDU", chat=group)
    assert "☐ управлять темами" in hub.last(group, "Боту не хватает прав")["text"]
    assert not hub.world.town.rooms[group["id"]].topics
    hub.world.deny_bot(group["id"], by=hub.admin)
    await hub.settle()
    assert len(hub.world.town.rooms[group["id"]].topics) == 4


async def test_s0_6_a_card_that_became_urgent_is_posted_again(town: Town) -> None:
    hub = town.hub
    group = await _forum(town)
    number = await town.open_case()
    old = town.card(number, group)
    async with hub.app.store.unit() as uow:
        appeal = await uow.need(Appeal, number)
        appeal = uow.put(replace(appeal, urgency=Urgency.CRITICAL))
        await notify.card(hub.app.desk(uow), appeal)
    await hub.settle()
    new = town.card(number, group)
    assert _topic(town, group, new) == "Срочно"
    line = hub.last(group, "теперь в теме")
    assert line["text"] == f"Карточка № {number} теперь в теме «Срочно»"
    assert line["message_id"] == old["message_id"]
    short = str(group["id"]).removeprefix("-100")
    assert f"https://t.me/c/{short}/{new['message_id']}" in line["html"]
    await hub.press(town.ivan, new, "Взять")
    assert "Иван, с" in town.card(number, group)["text"]
    assert hub.last(group, "теперь в теме")
