"""How the bot receives: polling with offsets and conflicts, a webhook with a secret and retries."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox.errors import ApiError
from bot.sandbox.updates import UpdateQueue, Webhook
from bot.sandbox.webhook import WebhookSender
from tests.channels.sandbox_client import START, serving


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_offset_confirms_everything_below() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        for text in ("1", "2", "3"):
            api.world.say(anna, text)
        updates = await api.ok("getUpdates")
        assert texts(updates) == ["1", "2", "3"]
        assert texts(await api.ok("getUpdates", limit=2)) == ["1", "2"]
        assert texts(await api.ok("getUpdates", offset=updates[1]["update_id"])) == ["2", "3"]
        assert texts(await api.ok("getUpdates")) == ["2", "3"]
        assert texts(await api.ok("getUpdates", offset=-1)) == ["3"]
        assert await api.ok("getUpdates", offset=updates[2]["update_id"] + 1) == []


async def test_a_long_poll_ends_with_the_update() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        poll = asyncio.create_task(api.ok("getUpdates", timeout=50))
        await asyncio.sleep(0)
        api.world.say(anna, "привет")
        assert texts(await poll) == ["привет"]


async def test_allowed_updates_are_remembered_and_obeyed() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        await api.ok("getUpdates", allowed_updates=["message"])
        said = api.world.say(anna, "1")
        api.world.edit(anna, anna["id"], said["message_id"], "2")
        api.world.block(anna)
        assert [update.keys() - {"update_id"} for update in await api.ok("getUpdates")] == [
            {"message"}
        ]


async def test_a_second_poller_is_a_conflict() -> None:
    async with serving() as api:
        polls = {asyncio.create_task(api.call("getUpdates", timeout=50)) for _ in range(2)}
        # As in Telegram the older poll is ended, whichever of the two arrived first.
        ended, waiting = await asyncio.wait(polls, return_when=asyncio.FIRST_COMPLETED)
        assert [await poll for poll in ended] == [
            {
                "ok": False,
                "error_code": 409,
                "description": "Conflict: terminated by other getUpdates request; "
                "make sure that only one bot instance is running",
            }
        ]
        api.world.add_update({"message": {"text": "да"}})
        assert [texts((await poll)["result"]) for poll in waiting] == [["да"]]


async def test_a_poller_that_died_is_no_conflict() -> None:
    async with serving() as api:
        timeout = aiohttp.ClientTimeout(total=0.05)
        with pytest.raises(TimeoutError):
            await api.http.get(api.address("getUpdates?timeout=50"), timeout=timeout)
        assert await api.ok("getUpdates") == []
        assert [entry.ok for entry in api.sandbox.journal.of("getUpdates")] == [True]


async def test_polling_and_webhook_exclude_each_other() -> None:
    async with serving() as api:
        waiting = asyncio.create_task(api.world.town.updates.poll(0, 100, 50))
        await asyncio.sleep(0)
        await api.ok("setWebhook", url="https://example.org/hook")
        with pytest.raises(ApiError, match="Conflict: terminated by setWebhook request"):
            await waiting
        assert await api.refused("getUpdates") == (
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
        await api.ok("deleteWebhook")
        assert await api.ok("getUpdates") == []


async def test_raw_updates() -> None:
    async with serving() as api:
        api.world.add_update({"update_id": 500_000, "message": {"text": "1"}})
        api.world.add_update({"message": {"text": "2"}})
        ids = [update["update_id"] for update in await api.ok("getUpdates")]
        assert ids == [500_000, 500_001]


class Hook:
    """The bot's end of a webhook: answers with the given statuses, then with 200."""

    def __init__(self, *statuses: int) -> None:
        self.url = ""
        self.seen: list[tuple[str | None, int]] = []
        self.done = asyncio.Event()
        self.expected = 0
        self._statuses = list(statuses)

    async def receive(self, request: web.Request) -> web.Response:
        update = await request.json()
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.seen.append((secret, update["update_id"]))
        if len(self.seen) >= self.expected:
            self.done.set()
        return web.Response(status=self._statuses.pop(0) if self._statuses else 200)

    async def expect(self, count: int) -> None:
        self.expected = count
        if len(self.seen) < count:
            await asyncio.wait_for(self.done.wait(), 10)


@asynccontextmanager
async def hooked(*statuses: int) -> AsyncIterator[Hook]:
    hook = Hook(*statuses)
    app = web.Application()
    app.router.add_post("/hook", hook.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield hook
    finally:
        await runner.cleanup()


async def test_webhook_gets_updates_in_order_with_the_secret() -> None:
    async with hooked() as hook, serving() as api:
        anna = api.world.add_user("Анна")
        api.world.say(anna, "до")
        await api.ok("setWebhook", url=hook.url, secret_token="s-1")
        for text in ("1", "2"):
            api.world.say(anna, text)
        await hook.expect(3)
        first = hook.seen[0][1]
        assert hook.seen == [("s-1", first), ("s-1", first + 1), ("s-1", first + 2)]


async def test_webhook_is_tried_until_2xx() -> None:
    async with hooked(500, 401, 410) as hook, serving() as api:
        anna = api.world.add_user("Анна")
        await api.ok("setWebhook", url=hook.url)
        api.world.say(anna, "1")
        api.world.say(anna, "2")
        await hook.expect(5)
        ids = [update_id for _, update_id in hook.seen]
        assert ids == [ids[0]] * 4 + [ids[0] + 1]
        info = await api.ok("getWebhookInfo")
        assert info["last_error_message"] == "Wrong response from the webhook: 410 Gone"


async def test_a_webhook_nobody_listens_at() -> None:
    async with hooked() as hook:
        closed_url = hook.url
    failed = asyncio.Event()

    def now() -> datetime:
        failed.set()
        return START

    queue = UpdateQueue()
    webhook = Webhook(closed_url, secret=None, max_connections=1)
    queue.set_webhook(webhook)
    queue.push_raw({"message": {}})
    sender = asyncio.create_task(WebhookSender(queue, now).run())
    await asyncio.wait_for(failed.wait(), 10)
    sender.cancel()
    await asyncio.wait({sender})
    assert (webhook.last_error, webhook.last_error_at) == ("Connection refused", START)
    assert len(queue.pending) == 1


async def test_webhook_info_and_dropping_pending_updates() -> None:
    async with serving() as api:
        api.world.say(api.world.add_user("Анна"), "1")
        await api.ok("setWebhook", url="https://example.org/h", drop_pending_updates=True)
        assert await api.ok("getWebhookInfo") == {
            "url": "https://example.org/h",
            "has_custom_certificate": False,
            "pending_update_count": 0,
            "max_connections": 40,
        }
        assert api.sandbox.journal.of("setWebhook")[0].ok


@pytest.mark.parametrize("url", ["http://example.org/h", "ftp://a", "x"])
async def test_webhook_needs_https(url: str) -> None:
    async with serving() as api:
        assert await api.refused("setWebhook", url=url) == (
            "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
        )


async def test_a_webhook_that_is_no_address() -> None:
    async with serving() as api:
        assert await api.refused("setWebhook", url="http://[bad") == (
            "Bad Request: bad webhook: invalid webhook URL specified"
        )
