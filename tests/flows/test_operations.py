"""The pages of operations over HTTP: alive, ready, and numbers, in both modes of receiving."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import unused_port
from prometheus_client.parser import text_string_to_metric_families

from bot.app import App
from bot.config import read
from services import conversation
from tests.flows.conftest import ShowTown, Town, settle_in
from tests.support.hub import hub


class Pages:
    """Somebody who looks at the pages from outside."""

    def __init__(self, session: aiohttp.ClientSession, port: int) -> None:
        self._session = session
        self._root = f"http://127.0.0.1:{port}"

    async def get(self, path: str) -> tuple[int, Any]:
        """The status and the JSON of a page."""
        async with self._session.get(self._root + path) as answer:
            return answer.status, await answer.json()

    async def numbers(self) -> dict[str, float]:
        """Our samples: «otklik_sends_total{card,sent,telegram}», labels by name."""
        async with self._session.get(f"{self._root}/metrics") as answer:
            assert answer.status == 200
            text = await answer.text()
        return {
            f"{s.name}{{{','.join(v for _, v in sorted(s.labels.items()))}}}": s.value
            for family in text_string_to_metric_families(text)
            for s in family.samples
        }

    async def until(self, path: str, fits: Callable[[int, Any], bool]) -> Any:
        """Look again and again until the page fits."""
        async with asyncio.timeout(30):
            while True:
                try:
                    status, body = await self.get(path)
                    if fits(status, body):
                        return body
                except aiohttp.ClientConnectionError:
                    pass
                await asyncio.sleep(0.02)


@asynccontextmanager
async def watched() -> AsyncIterator[tuple[Pages, dict[str, str]]]:
    """Pages at a free port, and the setting that puts them there."""
    port = unused_port()
    async with aiohttp.ClientSession() as session:
        yield Pages(session, port), {"OTKLIK_OPS_LISTEN": f"127.0.0.1:{port}"}


@pytest.fixture
async def looked_at(show_town: ShowTown, tmp_path: Path) -> AsyncIterator[tuple[Town, Pages]]:
    """A town whose hub has pages, and who looks at them."""
    async with watched() as (pages, setting), show_town.copied(tmp_path, setting) as town:
        yield town, pages


async def test_a_hub_that_works_is_alive_and_ready(looked_at: tuple[Town, Pages]) -> None:
    _town, pages = looked_at
    assert await pages.get("/healthz") == (200, {"status": "alive", "phase": "running"})
    status, body = await pages.get("/readyz")
    assert (status, body["status"], body["wrong"]) == (200, "ready", [])
    assert body["mode"] == "polling"
    assert body["poll_age"] < 60
    assert body["leading"] == dict.fromkeys(("delivery", "files", "models", "polling"), True)
    assert body["backlog"]["new"] == body["backlog"]["queued"] == 0


async def test_a_case_is_counted_on_its_way(database: str, tmp_path: Path) -> None:
    """From the update to the receipt and the card, on both databases."""
    async with (
        watched() as (pages, setting),
        hub(tmp_path, database=database, settings=setting) as running,
    ):
        town = await settle_in(running)
        before = await pages.numbers()
        number = await town.open_case()
        await running.press(town.ivan, town.card(number), "Взять")
        after = await pages.numbers()
    new = {name: value - before.get(name, 0) for name, value in after.items()}
    assert new["otklik_updates_stored_total{new}"] == 2
    assert new["otklik_updates_total{message,applied}"] == 1
    assert new["otklik_updates_total{callback_query,applied}"] == 1
    assert new["otklik_update_wait_seconds_count{}"] == 2
    assert new["otklik_sends_total{telegram,receipt,sent}"] == 1
    assert new["otklik_sends_total{telegram,card,sent}"] == 1
    assert new["otklik_sends_total{telegram,card,edited}"] == 1
    assert new["otklik_send_seconds_count{telegram,send}"] >= 2
    assert new["otklik_job_runs_total{bursts,done}"] == 1
    for until in ("receipt", "card"):
        name = f"otklik_{until}_latency_seconds"
        assert new[f"{name}_count{{}}"] == 1, "an edit is no second card"
        draft = town.hub.app.town.speech.understood_after.total_seconds()
        assert draft <= new[f"{name}_sum{{}}"] < draft + 30
    assert new["otklik_database_statements_total{writer}"] > 0
    assert new["otklik_database_statement_seconds_total{writer}"] > 0
    assert new["otklik_database_transaction_seconds_count{commit}"] > 0
    assert after["otklik_queue_rows{inbox,new}"] == after["otklik_queue_rows{outbox,queued}"] == 0
    assert after["otklik_queue_rows{outbox,later}"] >= 0
    assert after["otklik_leading{delivery}"] == after["otklik_ready{}"] == 1
    assert "process_cpu_seconds_total{}" in after


async def test_a_429_is_counted_and_obeyed(looked_at: tuple[Town, Pages]) -> None:
    town, pages = looked_at
    town.hub.world.trouble.fail("sendMessage", code=429, retry_after=1)
    await town.open_case()
    numbers = await pages.numbers()
    assert numbers["otklik_too_many_requests_total{telegram,sending}"] == 1
    assert numbers["otklik_too_many_requests_wait_seconds_total{telegram,sending}"] == 1
    ends = {name for name in numbers if name.startswith("otklik_sends_total") and "wait" in name}
    assert len(ends) == 1


async def test_refused_ignored_and_parked_updates_are_told_apart(
    looked_at: tuple[Town, Pages], monkeypatch: pytest.MonkeyPatch
) -> None:
    town, pages = looked_at
    monkeypatch.setattr("bot.receive.worker.DELAYS", (0.01, 0.01, 0.01))
    number = await town.open_case()
    await town.hub.press(town.road, town.card(number), "Взять")
    await town.hub.say(town.ivan, "просто разговор", chat=town.hcs, wait=False)

    async def choke(*_given: Any) -> None:
        raise RuntimeError("cannot swallow")

    monkeypatch.setattr(conversation, "receive", choke)
    await town.hub.say(town.maria, "отрава", wait=False)
    numbers = await pages.numbers()
    assert numbers["otklik_updates_total{callback_query,refused}"] == 1
    assert numbers["otklik_updates_total{message,ignored}"] == 1
    assert numbers["otklik_updates_total{message,failed}"] == 4
    assert numbers["otklik_updates_total{message,parked}"] == 1
    assert numbers["otklik_queue_rows{inbox,parked}"] == 1
    status, _body = await pages.get("/readyz")
    assert status == 200, "one update put aside stops nobody"


async def test_a_lost_database_is_said_and_so_is_its_return(
    looked_at: tuple[Town, Pages], tmp_path: Path
) -> None:
    town, pages = looked_at

    def rename(old: str, new: str) -> None:
        with sqlite3.connect(tmp_path / "hub.db") as other:
            other.execute(f"ALTER TABLE {old} RENAME TO {new}")
        other.close()

    # Beside the loop: the hub may hold the lock, and must be able to let go of it.
    await asyncio.to_thread(rename, "inbox", "elsewhere")
    body = await pages.until("/readyz", lambda status, _body: status == 503)
    assert [wrong["code"] for wrong in body["wrong"]] == ["database"]
    assert await pages.get("/healthz") == (200, {"status": "alive", "phase": "running"})
    numbers = await pages.numbers()
    assert (numbers["otklik_database_up{}"], numbers["otklik_ready{}"]) == (0, 0)
    await asyncio.to_thread(rename, "elsewhere", "inbox")
    await pages.until("/readyz", lambda status, _body: status == 200)
    await town.open_case()


async def test_a_hub_that_cannot_reach_its_messenger_is_alive_and_not_ready(
    tmp_path: Path,
) -> None:
    async with watched() as (pages, setting):
        environment = {
            "OTKLIK_BOT_TOKEN": "42:TOKEN",
            "OTKLIK_BOT_API_URL": f"http://127.0.0.1:{unused_port()}",
            "OTKLIK_DATABASE_URL": f"sqlite:///{tmp_path}/hub.db",
            **setting,
        }
        app = App(read(environment))
        starting = asyncio.create_task(app.start())
        try:
            assert await pages.until("/healthz", lambda status, _: status == 200)
            body = await pages.until("/readyz", lambda status, _: status == 503)
            assert body["wrong"] == [{"code": "starting", "text": "the hub is starting"}]
            assert (await pages.numbers())["otklik_ready{}"] == 0
        finally:
            starting.cancel()
            await asyncio.wait([starting])
            await app.stop()


async def test_the_webhook_and_the_pages_do_not_answer_for_each_other(tmp_path: Path) -> None:
    webhook = f"127.0.0.1:{unused_port()}"
    listening = {
        "OTKLIK_LISTEN": webhook,
        "OTKLIK_WEBHOOK_URL": f"http://{webhook}/hook",
        "OTKLIK_WEBHOOK_SECRET": "Town_secret-1",
    }
    async with (
        watched() as (pages, setting),
        hub(tmp_path, settings={**setting, **listening}) as running,
    ):
        await running.citizen("Мария")
        status, body = await pages.get("/readyz")
        assert (status, body["mode"], body["poll_age"]) == (200, "webhook", None)
        assert body["update_age"] < 30
        assert body["leading"] == dict.fromkeys(("delivery", "files", "models"), True)
        assert (await pages.numbers())["otklik_updates_stored_total{new}"] >= 3
        async with aiohttp.ClientSession() as session:

            async def status_of(call: Callable[..., Any], url: str) -> int:
                async with call(url) as answer:
                    found: int = answer.status
                    return found

            ends: list[Awaitable[int]] = [
                status_of(session.get, f"http://{webhook}{page}")
                for page in ("/healthz", "/readyz", "/metrics", "/")
            ]
            assert await asyncio.gather(*ends) == [404] * 4
            place = setting["OTKLIK_OPS_LISTEN"]
            assert await status_of(session.post, f"http://{place}/hook") == 404
            assert await status_of(session.post, f"http://{place}/metrics") == 405
