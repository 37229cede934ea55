"""`python -m bot run` as an operator starts it: polling, webhook, SIGTERM, bad settings."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from tests.support import runs
from tests.support.door import SECRET
from tests.support.ports import free_port


async def _report(sandbox: Sandbox, user: dict[str, Any]) -> None:
    """A citizen starts, consents, reports and reads his receipt."""
    await runs.consent(sandbox, user)
    sandbox.world.say(user, "На Островского у дома 12 слабый напор воды, кран еле течёт")
    await runs.receipts(sandbox, user, 1)


async def test_polling_and_a_clean_stop(tmp_path: Path) -> None:
    async with runs.town() as sandbox:
        process = await runs.start(runs.environment(sandbox, tmp_path))
        await _report(sandbox, sandbox.world.add_user("Мария"))
        log = await runs.stop(process)
        assert process.returncode == 0, log
        assert "Traceback" not in log
        assert "stopped" in log


async def test_what_was_written_while_it_was_down_is_not_lost(tmp_path: Path) -> None:
    async with runs.town() as sandbox:
        maria = sandbox.world.add_user("Мария")
        process = await runs.start(runs.environment(sandbox, tmp_path))
        await _report(sandbox, maria)
        process.kill()
        await process.wait()
        sandbox.world.say(maria, "На Горького 5 не вывозят мусор, контейнеры переполнены")
        process = await runs.start(runs.environment(sandbox, tmp_path))
        await runs.receipts(sandbox, maria, 2)
        await runs.stop(process)
        assert process.returncode == 0


async def test_webhook_with_its_secret(tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{free_port()}/hook"
    async with runs.town() as sandbox:
        listening = {
            "OTKLIK_WEBHOOK_URL": address,
            "OTKLIK_WEBHOOK_SECRET": SECRET,
            "OTKLIK_LISTEN": address.split("//")[1].split("/")[0],
        }
        process = await runs.start(runs.environment(sandbox, tmp_path, **listening))
        await _report(sandbox, sandbox.world.add_user("Мария"))
        stored = _inbox_rows(tmp_path)
        update = {"update_id": 5, "message": {"chat": {"id": 1, "type": "private"}}}
        async with aiohttp.ClientSession() as stranger:
            for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}):
                async with stranger.post(address, json=update, headers=headers) as answer:
                    assert answer.status == 401
            given = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
            async with stranger.post(address, data=b"not json", headers=given) as answer:
                assert answer.status == 400
        assert _inbox_rows(tmp_path) == stored, "nothing of a stranger is stored"
        log = await runs.stop(process)
        assert process.returncode == 0, log


def _inbox_rows(folder: Path) -> int:
    with sqlite3.connect(f"file:{folder}/hub.db?mode=ro", uri=True) as connection:
        found: int = connection.execute("SELECT count(*) FROM inbox").fetchone()[0]
    connection.close()
    return found


async def test_a_second_run_on_one_file_is_refused(tmp_path: Path) -> None:
    async with runs.town() as sandbox:
        environment = runs.environment(sandbox, tmp_path)
        first = await runs.start(environment)
        maria = sandbox.world.add_user("Мария")
        sandbox.world.start(maria)
        await sandbox.world.wait(lambda: sandbox.world.find(maria["id"], "Здравствуйте"), 30)
        second = await runs.start(environment)
        async with asyncio.timeout(30):
            _, errors = await second.communicate()
        assert second.returncode == 2
        assert "another «run» works on this database already" in errors.decode()
        assert "Traceback" not in errors.decode()
        await runs.stop(first)
        assert first.returncode == 0


async def test_a_run_that_waits_for_the_network_ends_when_asked_to(tmp_path: Path) -> None:
    async with runs.town() as sandbox:
        nowhere = f"http://127.0.0.1:{free_port()}"
        environment = runs.environment(sandbox, tmp_path, OTKLIK_BOT_API_URL=nowhere)
        process = await runs.start(environment)
        assert process.stderr is not None
        async with asyncio.timeout(60):
            while b"start.waiting" not in await process.stderr.readline():
                pass
        log = await runs.stop(process)
        assert process.returncode == 0, log
        assert "Traceback" not in log


async def test_other_commands_work_beside_a_run(tmp_path: Path) -> None:
    async with runs.town() as sandbox:
        environment = runs.environment(sandbox, tmp_path, OTKLIK_FILES_DIR=str(tmp_path / "files"))
        hub = await runs.start(environment)
        maria = sandbox.world.add_user("Мария")
        await runs.consent(sandbox, maria)
        town = "bot/defaults/gelendzhik.toml"
        beside = [
            ("migrate",),
            ("check",),
            ("queue", "inbox", "list"),
            ("import", "municipality", town),
            ("backup", str(tmp_path / "copy")),
        ]
        ends = [await _end(environment, words) for words in beside]
        # A town without its chats is not ready, and «check» says so with 1.
        assert [code for code, _said in ends] == [0, 1, 0, 0, 0], ends
        code, said = await _end(environment, ("restore", str(tmp_path / "copy")))
        assert code == 2
        assert "another «run» works on this database already" in said
        sandbox.world.say(maria, "На Островского у дома 12 слабый напор воды, кран еле течёт")
        await runs.receipts(sandbox, maria, 1)
        assert "Traceback" not in await runs.stop(hub)


async def _end(environment: dict[str, str], words: tuple[str, ...]) -> tuple[int | None, str]:
    process = await runs.start(environment, words)
    async with asyncio.timeout(60):
        out, errors = await process.communicate()
    assert "Traceback" not in errors.decode(), errors.decode()
    return process.returncode, (out + errors).decode()


async def _refused(environment: dict[str, str]) -> str:
    process = await runs.start(environment)
    async with asyncio.timeout(30):
        _, errors = await process.communicate()
    assert process.returncode == 2, errors.decode()
    assert "Traceback" not in errors.decode()
    return errors.decode()


async def test_bad_settings_are_one_list(tmp_path: Path) -> None:
    async with runs.town() as sandbox:
        said = await _refused(
            runs.environment(
                sandbox,
                tmp_path,
                OTKLIK_BOT_TOKEN="",
                OTKLIK_ADMINS="boss",
                OTKLIK_DATABASE_URL="mysql://x/y",
            )
        )
        assert len(said.strip().splitlines()) == 3
        for name in ("BOT_TOKEN", "ADMINS", "DATABASE_URL"):
            assert f"OTKLIK_{name}: " in said


@pytest.mark.parametrize(
    ("text", "said"),
    [("name = \n", "line 1"), ('name = "Х"', "blocks"), ("", "name")],
)
async def test_a_bad_municipality_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "town.toml"
    file.write_text(text, encoding="utf-8")
    async with runs.town() as sandbox:
        answer = await _refused(runs.environment(sandbox, tmp_path, OTKLIK_MUNICIPALITY=str(file)))
        assert "town.toml" in answer
        assert said in answer


async def test_an_unknown_token_is_said(tmp_path: Path) -> None:
    async with runs.town() as sandbox:
        answer = await _refused(runs.environment(sandbox, tmp_path, OTKLIK_BOT_TOKEN="42:OTHER"))
        assert "does not know this token" in answer
        assert "42:OTHER" not in answer


async def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "hub.db") as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    connection.close()
    async with runs.town() as sandbox:
        answer = await _refused(runs.environment(sandbox, tmp_path))
        assert "written by a newer version" in answer
        assert "9999" in answer
