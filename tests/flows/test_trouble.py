"""When things break: nothing lost, nothing half done, a clear word, an id in the log."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services import conversation, work
from services.errors import DomainError
from tests.flows.conftest import Town


async def test_a_use_case_that_writes_then_raises_leaves_no_row(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One notice, a processed update, and nothing of what was written."""
    real = conversation.bursts.take

    async def take_then_refuse(desk: Any, known: Any, message: Any) -> None:
        await real(desk, known, message)
        raise DomainError("not_yours", number=1)

    monkeypatch.setattr(conversation.bursts, "take", take_then_refuse)
    await town.hub.say(town.maria, town.REPORT)
    said = [m for m in town.hub.texts(town.maria) if "Это не ваше сообщение" in m["text"]]
    assert len(said) == 1
    assert not town.hub.world.find(town.maria["id"], "Поняли так")
    assert not town.hub.world.find(town.hcs["id"], "напор")
    async with town.hub.app.store.reading() as uow:
        account = await uow.people.account("telegram", str(town.maria["id"]))
        assert account is not None
        assert await uow.appeals.of_person(account.person_id) == []
        assert await uow.people.drafts_of(account.person_id) == []
    assert await town.hub.app.inbox.count("new", "parked") == 0


async def test_a_crash_in_a_handler_rolls_back_and_is_tried_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.receive.worker.DELAYS", (0.01, 0.01, 0.01))
    real, calls = work.take.__wrapped__, []

    async def flaky(desk: Any, **kwargs: Any) -> Any:
        calls.append(1)
        found = await real(desk, **kwargs)
        if len(calls) < 3:
            raise RuntimeError("the disk is on fire")
        return found

    monkeypatch.setattr(work, "take", flaky)
    number = await town.open_case()
    await town.hub.press(town.ivan, town.card(number), "Взять")
    assert len(calls) >= 3
    assert "Иван, с" in town.card(number)["text"]
    await town.hub.go(timedelta(minutes=2))
    taken = [m for m in town.hub.texts(town.maria) if "взяли в работу" in m["text"]]
    assert len(taken) == 1


async def test_a_poisonous_update_is_parked_and_others_go_on(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.receive.worker.DELAYS", (0.01, 0.01, 0.01))
    real = conversation.receive

    async def choke(desk: Any, known: Any, message: Any) -> None:
        if "отрава" in message.text:
            raise RuntimeError("cannot swallow")
        await real(desk, known, message)

    monkeypatch.setattr(conversation, "receive", choke)
    petr = await town.hub.citizen("Пётр")
    town.hub.world.say(petr, "отрава")
    await town.hub.say(town.maria, town.REPORT)
    assert town.hub.last(town.maria, "Принято")
    assert await town.hub.app.inbox.count("parked") == 1
    assert town.hub.last(town.triage, "отложили")
    assert not town.hub.world.find(town.triage["id"], "отрава")
    await town.hub.say(petr, town.REPORT)
    assert town.hub.last(petr, "Принято"), "the person is not blocked by his own parked update"


async def test_an_update_delivered_twice_acts_once(town: Town) -> None:
    raw = {
        "update_id": 777_000_001,
        "message": {
            "message_id": 9001,
            "date": 1_795_000_000,
            "chat": {"id": town.maria["id"], "type": "private", "first_name": "Мария"},
            "from": town.maria,
            "text": town.REPORT,
        },
    }
    town.hub.world.add_update(raw)
    await town.hub.settle()
    town.hub.app.polling.offset = None
    town.hub.world.add_update(raw)
    await town.hub.settle()
    await town.hub.spoken()
    receipts = [m for m in town.hub.texts(town.maria) if "Поняли так" in m["text"]]
    assert len(receipts) == 1


async def test_a_dropped_reply_and_a_500_are_tried_again(town: Town) -> None:
    town.hub.world.trouble.fail("sendMessage", code=500, times=2)
    number = await town.open_case()
    assert town.hub.last(town.maria, f"№ {number}")
    assert town.card(number)


async def test_429_is_obeyed(town: Town) -> None:
    town.hub.world.trouble.fail("sendMessage", code=429, retry_after=1)
    number = await town.open_case()
    assert town.card(number)
    journal = town.hub.sandbox.journal.of("sendMessage")
    assert [e.error_code for e in journal if not e.ok] == [429]


async def test_a_citizen_who_blocked_the_bot_is_told_to_the_duty_chat(town: Town) -> None:
    number = await town.open_case()
    await town.draft(number)
    town.hub.world.block(town.maria)
    await town.hub.settle()
    await town.hub.press(town.ivan, town.hub.last(town.hcs, "ещё не отправлен"), "m1.send")
    await town.hub.press(town.olga, town.hub.last(town.quality, "проверить"), "Пропустить")
    assert f"№ {number}" in town.hub.last(town.triage, "Не дошло: ответ")["text"]
    async with town.hub.app.store.reading() as uow:
        account = await uow.people.account("telegram", str(town.maria["id"]))
        assert account is not None
        assert account.unreachable_at is not None


async def test_a_group_that_became_a_supergroup_keeps_its_cards(town: Town) -> None:
    hub = town.hub
    anna = await hub.staff("Анна", "EXE", "EDU")
    group = hub.world.add_group("Образование", members=[hub.admin, anna], supergroup=False)
    await hub.say(hub.admin, "/bind EDU", chat=group)
    new = hub.world.upgrade_group(group["id"])
    await hub.say(town.maria, "В школе № 3 детям дают холодную еду в столовой, качество питания")
    found = hub.world.find(new, "столовой")
    assert found is not None


async def test_broken_markup_of_ours_gets_through_as_plain_words(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.views import render
    from bot.views.rendered import Rendered
    from services.notices import Kind

    async def broken(_frame: Any, _row: Any) -> Rendered:
        return Rendered("<b>Принято &lt;вот</i> так")

    monkeypatch.setitem(render.RENDERERS, Kind.RECEIPT, broken)
    await town.hub.say(town.maria, town.REPORT)
    assert town.hub.last(town.maria, "Принято <вот так")


async def test_a_notice_that_cannot_be_worded_does_not_stop_its_chat(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.views import render
    from services.notices import Kind

    async def boom(_frame: Any, _row: Any) -> None:
        raise RuntimeError("no words")

    monkeypatch.setitem(render.RENDERERS, Kind.TAKEN, boom)
    number = await town.open_case()
    await town.answered(number)
    await town.hub.go(timedelta(minutes=2))
    assert town.hub.last(town.maria, "Получилось?")
    assert town.hub.last(town.triage, "Не дошло: сообщение")
