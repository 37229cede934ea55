"""`python -m bot check`, as an operator runs it: beside a running hub, with a bad token, empty."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from bot.models import Models
from bot.sandbox.server import Sandbox
from tests.flows.conftest import Town
from tests.support.taught import put_model


async def _check(sandbox: Sandbox, folder: Path, *words: str, **more: str) -> tuple[int, str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("OTKLIK_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "check", *words),
        env=clean
        | {
            "OTKLIK_BOT_TOKEN": sandbox.token,
            "OTKLIK_BOT_API_URL": sandbox.url,
            "OTKLIK_DATABASE_URL": f"sqlite:///{folder}/hub.db",
            "OTKLIK_CLOCK_URL": f"{sandbox.url}/clock",
            **more,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        out, errors = await process.communicate()
    assert process.returncode is not None
    assert "Traceback" not in errors.decode(), errors.decode()
    return process.returncode, out.decode(), errors.decode()


async def test_check_beside_a_running_hub(town: Town, tmp_path: Path) -> None:
    hub = town.hub
    hub.world.town.rooms[town.rod["id"]].denied = {"can_delete_messages"}
    code, said, _ = await _check(hub.sandbox, tmp_path)
    assert code == 0, said
    assert "· Бот — @" in said
    assert "! Чат «Чат ROD»: боту нельзя удалять свои меню" in said
    assert "! Нет чата, карточки идут дежурным: WST" in said
    assert "★ ждёт подтверждения заказчика:" in said
    assert "расходятся" not in said
    hub.world.set_bot_status(town.hcs["id"], "kicked", by=town.ivan)
    await hub.settle()
    code, said, _ = await _check(hub.sandbox, tmp_path, "--send", "--lang", "en")
    assert code == 1, said
    assert "✗ Chat «Чат HCS»" in said
    assert "✗ Chat «Чат HCS»: the trial line did not arrive" in said
    assert "· Chat «Чат ROD»: the trial line arrived" in said
    assert hub.last(town.rod, "Trial line of `check`")
    assert await town.open_case("На Морской огромная яма на дороге посреди асфальта")


async def test_check_names_the_model_in_use_and_its_threshold(town: Town, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    elsewhere = {"OTKLIK_MODELS_DIR": str(folder)}
    _, said, _ = await _check(town.hub.sandbox, tmp_path, **elsewhere)
    assert "· Модель: только словарь, без человека от 0,97" in said
    name = put_model(folder, "2026-11-20-300-aaaaaa")
    Models(folder).use(name)
    _, said, _ = await _check(town.hub.sandbox, tmp_path, **elsewhere)
    assert "· Модель: 2026-11-20-300-aaaaaa, без человека от 0,82" in said
    (folder / name).write_bytes(b"PK")
    code, said, _ = await _check(town.hub.sandbox, tmp_path, **elsewhere)
    assert code == 1
    assert f"✗ Действующая модель не годится: {folder / name}: это не модель" in said


async def test_check_says_what_keeps_it_from_looking(town: Town, tmp_path: Path) -> None:
    sandbox = town.hub.sandbox
    code, said, _ = await _check(sandbox, tmp_path, OTKLIK_BOT_TOKEN="42:OTHER")
    assert code == 1
    assert "✗" in said
    assert "не знает этого токена" in said
    assert "42:OTHER" not in said
    assert "Нет чата, карточки идут дежурным" in said, "the database is looked at all the same"
    nowhere = "http://127.0.0.1:9"
    code, said, _ = await _check(sandbox, tmp_path, OTKLIK_BOT_API_URL=nowhere)
    assert code == 1
    assert f"{nowhere} недоступен" in said
    code, said, _ = await _check(
        sandbox, tmp_path, OTKLIK_DATABASE_URL=f"sqlite:///{tmp_path}/none.db"
    )
    assert code == 1
    assert "Базы ещё нет" in said
    assert not (tmp_path / "none.db").exists()
    code, _, errors = await _check(sandbox, tmp_path, OTKLIK_BOT_TOKEN="")
    assert code == 2
    assert "OTKLIK_BOT_TOKEN" in errors
