"""The people's side: who hears what, what people see, waiting, the town's clock and journal."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import TownFollower
from bot.sandbox.clock import TownClock
from tests.channels.sandbox_client import START, Api, button, inline, serving


async def heard(api: Api) -> list[str]:
    return [update["message"]["text"] for update in await api.ok("getUpdates")]


async def test_privacy_mode() -> None:
    async with serving() as api:
        world, anna = api.world, api.world.add_user("Анна")
        group = world.add_group("Штаб", members=[anna], bot_admin=False)
        mine = await api.ok("sendMessage", chat_id=group["id"], text="карточка")
        for text in ("болтовня", "/queue", "/queue@otklik_demo_bot", "/queue@other_bot"):
            world.say(anna, text, chat=group)
        world.say(anna, "эй, @Otklik_Demo_Bot", chat=group)
        world.say(anna, "ответ", chat=group, reply_to=mine["message_id"])
        assert await heard(api) == [
            "/queue",
            "/queue@otklik_demo_bot",
            "эй, @Otklik_Demo_Bot",
            "ответ",
        ]
        assert len(world.messages(group["id"])) == 7


async def test_administrators_hear_everything() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        group = api.world.add_group("Штаб", members=[anna])
        api.world.say(anna, "болтовня", chat=group)
        assert await heard(api) == ["болтовня"]


async def test_commands_are_marked() -> None:
    async with serving() as api:
        said = api.world.say(api.world.add_user("Анна"), "/bind HCS 😀")
        assert said["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]
        assert said["date"] == int(START.timestamp())


async def test_what_people_see() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        api.world.start(anna)
        chat_id = anna["id"]
        text = {"text": "<b>Карточка</b> 1", "parse_mode": "HTML"}
        sent = await api.ok("sendMessage", chat_id=chat_id, **text, disable_notification=True)
        seen = api.world.find(chat_id, "Карточка 1")
        assert seen is not None
        assert seen["html"] == "<b>Карточка</b> 1"
        assert seen["disable_notification"] is True
        assert api.world.find(chat_id, "нет такого") is None
        target = {"chat_id": chat_id, "message_id": sent["message_id"]}
        await api.ok("editMessageText", **target, text="Карточка 2")
        assert api.world.last(chat_id)["text"] == "Карточка 2"
        await api.ok("deleteMessage", **target)
        assert [message["text"] for message in api.world.messages(chat_id)] == ["/start"]


async def test_pressing_what_is_not_there_lists_what_is() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        api.world.start(anna)
        markup = inline([button("Да", callback_data="yes"), button("Сайт", url="https://a.ru")])
        sent = await api.ok("sendMessage", chat_id=anna["id"], text="а", reply_markup=markup)
        for absent in ("Нет", "Сайт"):
            with pytest.raises(LookupError, match=r"«Да» \(yes\), «Сайт» \(no data\)"):
                api.world.press(anna, anna["id"], sent["message_id"], absent)


async def test_people_act_only_where_they_are() -> None:
    async with serving() as api:
        anna, boris = api.world.add_user("Анна"), api.world.add_user("Борис")
        group = api.world.add_group("Штаб", members=[anna])
        with pytest.raises(LookupError, match="Борис isn't in chat"):
            api.world.say(boris, "привет", chat=group)
        with pytest.raises(LookupError, match="no chat 5"):
            api.world.messages(5)


async def test_topics() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        forum = api.world.add_group("Штаб", members=[anna], forum=True)
        thread = api.world.add_topic(forum["id"], "ЖКХ")
        place = {"chat_id": forum["id"], "message_thread_id": thread}
        sent = await api.ok("sendMessage", **place, text="карточка")
        assert sent["message_thread_id"] == thread
        said = api.world.say(anna, "вижу", chat=forum, thread=thread)
        assert said["is_topic_message"] is True
        api.world.delete_topic(forum["id"], thread)
        refusal = await api.refused("sendMessage", **place, text="карточка")
        assert refusal == "Bad Request: message thread not found"
        assert api.world.messages(forum["id"]) == []


async def test_waiting_for_what_the_bot_does() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        api.world.start(anna)
        waiting = asyncio.create_task(api.world.wait(lambda: api.world.find(anna["id"], "готово")))
        await api.ok("sendMessage", chat_id=anna["id"], text="работаю")
        await api.ok("sendMessage", chat_id=anna["id"], text="готово")
        assert (await waiting)["text"] == "готово"


async def test_waiting_in_vain_shows_the_journal() -> None:
    async with serving() as api:
        await api.refused("sendMessage", chat_id=5, text="а")
        with pytest.raises(TimeoutError, match="400 Bad Request: chat not found"):
            await api.world.wait(lambda: None, timeout=0.01)


async def test_journal_of_requests() -> None:
    async with serving() as api:
        group = api.world.add_group("Штаб", members=[])
        await api.ok("setWebhook", url="https://example.org/h", secret_token="hidden-secret")
        await api.form("sendMessage", chat_id=group["id"], text="<script>alert(1)</script>")
        entry = api.sandbox.journal.of("sendMessage")[0]
        assert entry.params["chat_id"] == group["id"]
        assert entry.effect == f"message 1 in {group['id']}"
        assert entry.at == START.isoformat()
        async with api.http.get(f"{api.sandbox.url}/journal?format=json") as response:
            lines = [json.loads(line) for line in (await response.text()).splitlines()]
        assert [line["method"] for line in lines] == ["setWebhook", "sendMessage"]
        async with api.http.get(f"{api.sandbox.url}/journal") as response:
            page = await response.text()
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "&lt;script&gt;" in page
        assert "<script" not in page
        for secret in ("hidden-secret", api.sandbox.token):
            assert secret not in page + json.dumps(lines)


async def clock(api: Api, **order: Any) -> tuple[int, Any]:
    address = f"{api.sandbox.url}/clock"
    async with api.http.post(address, json=order) as response:
        return response.status, await (response.json() if response.ok else response.text())


async def test_clock_over_http() -> None:
    async with serving() as api:
        assert await clock(api, advance_seconds=90) == (
            200,
            {"now": "2026-11-24T08:01:30+00:00", "running": False, "speed": 1.0, "version": 1},
        )
        assert (await clock(api, set="2026-11-25T08:30:00+03:00"))[0] == 200
        for wrong in ({"set": "2026-11-24T08:30:00+03:00"}, {"set": "2027-01-01"}, {}, {"set": 5}):
            assert (await clock(api, **wrong))[0] == 400
        assert api.sandbox.clock.version == 2


async def test_clock_is_followed_by_a_long_poll() -> None:
    async with serving() as api:

        async def after(version: int) -> Any:
            async with api.http.get(f"{api.sandbox.url}/clock?after={version}") as response:
                return await response.json()

        assert (await after(-1))["version"] == 0
        waiting = asyncio.create_task(after(0))
        api.sandbox.clock.advance(timedelta(hours=1))
        assert (await waiting)["now"] == "2026-11-24T09:00:00+00:00"


async def test_a_hub_goes_at_the_towns_speed() -> None:
    async with serving() as api:
        hub = TownFollower(f"{api.sandbox.url}/clock")
        await hub.start()
        api.sandbox.clock.run(60)
        loop, heard = asyncio.get_running_loop(), asyncio.Event()
        hub.on_change = heard.set
        if hub.version != api.sandbox.clock.version:
            await heard.wait()
        # Two looks at the hub's time, each between two looks at ours.
        a0, first, a1 = loop.time(), hub.now(), loop.time()
        await asyncio.sleep(0.02)
        b0, second, b1 = loop.time(), hub.now(), loop.time()
        passed = (second - first).total_seconds()
        assert 60 * (b0 - a1) - 0.001 <= passed <= 60 * (b1 - a0) + 0.001
        await hub.stop()


def test_a_town_runs_faster_or_stands_still() -> None:
    seconds = iter((0.0, 1.0, 1.0, 2.0, 5.0, 5.0, 9.0))
    clock = TownClock(START, monotonic=lambda: next(seconds))
    clock.run(60)
    assert clock.now() == START + timedelta(seconds=0)
    assert clock.now() == START + timedelta(minutes=1)
    clock.run(0)
    assert clock.now() == START + timedelta(minutes=4)
    with pytest.raises(ValueError, match="never goes backwards"):
        clock.run(-1)


def test_town_time() -> None:
    seconds = iter((0.0, 5.0, 7.0, 7.0, 9.0))
    running = TownClock(START, running=True, monotonic=lambda: next(seconds))
    assert running.now() == START + timedelta(seconds=5)
    running.set(START + timedelta(hours=1))
    assert running.now() == START + timedelta(hours=1, seconds=2)
    frozen = TownClock(START)
    frozen.advance(timedelta(0))
    assert frozen.now() == START
    with pytest.raises(ValueError, match="never goes backwards"):
        frozen.set(START - timedelta(seconds=1))
    with pytest.raises(ValueError, match="without a time zone"):
        frozen.set(START.replace(tzinfo=None))
