"""`backup` and `restore` as an operator runs them: beside a running hub, on both databases."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.models import Models
from services.audit import first_break
from services.model import Appeal, AppealId
from storage.store import Store
from tests.flows.conftest import Town, settle_in
from tests.support.databases import TOOLS, Postgres, Sqlite, opened
from tests.support.hub import hub
from tests.support.taught import put_model

LEARNT = "2026-11-20-300-aaaaaa"


async def start(
    database: str, folder: Path, *words: str, **more: str
) -> asyncio.subprocess.Process:
    """The command, begun."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("OTKLIK_")}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *words),
        env=clean
        | {
            "OTKLIK_DATABASE_URL": database,
            "OTKLIK_FILES_DIR": str(folder / "files"),
            "OTKLIK_MODELS_DIR": str(folder / "models"),
            "OTKLIK_PG_BIN": str(TOOLS),
            **more,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def command(database: str, folder: Path, *words: str, **more: str) -> tuple[int, str]:
    """The command's end: its code and all that it said."""
    process = await start(database, folder, *words, **more)
    async with asyncio.timeout(60):
        out, errors = await process.communicate()
    assert process.returncode is not None
    assert "Traceback" not in errors.decode(), errors.decode()
    return process.returncode, (out + errors).decode()


async def test_a_copy_of_a_running_hub_comes_back_whole(
    databases: Sqlite | Postgres, tmp_path: Path
) -> None:
    copy, elsewhere, database = tmp_path / "copy", tmp_path / "elsewhere", await databases.fresh()
    async with hub(tmp_path, database=database) as running:
        town = await settle_in(running)
        await running.say(town.maria, caption=town.REPORT, photo=b"a photo")
        number = town.number(town.maria)
        await town.answered(number)
        code, said = await command(database, tmp_path, "backup", str(copy), "--lang", "en")
        assert code == 0, said
        assert f"The copy is whole: {copy}\n" in said
        assert "1 case, 1 file\n" in said
        await town.open_case("На Морской огромная яма на дороге посреди асфальта")
    restored = await databases.empty()
    code, said = await command(restored, elsewhere, "restore", str(copy), "--lang", "en")
    assert code == 0, said
    assert "1 case, 1 file\n" in said
    async with opened(restored) as store, store.reading() as uow:
        found = await uow.need(Appeal, number)
        assert found.answered_at is not None
        assert first_break(await uow.appeals.events_of(found.id)) is None
        [photo] = await uow.appeals.attachments_of(found.id)
    kept = elsewhere / "files" / str(photo.path)
    assert kept.read_bytes() == (tmp_path / "files" / str(photo.path)).read_bytes()
    async with hub(elsewhere, database=restored, like=running):
        pass
    code, said = await command(restored, elsewhere, "restore", str(copy))
    assert code == 2
    assert "База не пустая (обращений: 1): поверх ничего не пишем." in said


async def test_nothing_is_restored_under_a_running_hub(town: Town, tmp_path: Path) -> None:
    database, copy = f"sqlite:///{tmp_path}/hub.db", str(tmp_path / "copy")
    await command(database, tmp_path, "backup", copy, "--no-files")
    code, said = await command(database, tmp_path, "restore", copy)
    assert code == 2
    assert "another «run» works on this database already" in said
    assert await town.open_case()


async def test_a_copy_says_what_it_is_in_russian(town: Town, tmp_path: Path) -> None:
    await town.open_case()
    copy = tmp_path / "copy"
    code, said = await command(f"sqlite:///{tmp_path}/hub.db", tmp_path, "backup", str(copy))
    assert code == 0
    assert said.startswith(f"Копия готова: {copy}\nСделана 20")
    assert "1 обращение, 0 файлов\n" in said
    assert "персональные данные" in said
    assert (copy.stat().st_mode & 0o777, (copy / "database.db").stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )
    code, said = await command(f"sqlite:///{tmp_path}/hub.db", tmp_path, "backup", str(copy))
    assert code == 2
    assert f"{copy} уже есть" in said


async def test_a_copy_that_was_cut_short_leaves_nothing(
    postgres_server: Postgres, tmp_path: Path
) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "pg_restore").symlink_to(TOOLS / "pg_restore")
    begun = tmp_path / "begun"
    slow = tools / "pg_dump"
    slow.write_text(
        '#!/bin/sh\n[ "$1" = --version ] && exec echo "pg_dump (PostgreSQL) 99.1"\n'
        f'echo $$ > "{begun}.part"; mv "{begun}.part" "{begun}"; exec sleep 600\n'
    )
    slow.chmod(0o755)
    room = tmp_path / "room"
    room.mkdir()
    process = await start(
        await postgres_server.fresh(),
        tmp_path,
        *("backup", str(room / "copy")),
        OTKLIK_PG_BIN=str(tools),
    )
    async with asyncio.timeout(30):
        while not begun.exists():  # noqa: ASYNC110 - another process makes it
            await asyncio.sleep(0.02)
        assert [path.name.startswith(".copy.") for path in room.iterdir()] == [True]
        process.send_signal(signal.SIGTERM)
        await process.communicate()
    assert process.returncode not in (0, None)
    assert not list(room.iterdir())
    with pytest.raises(ProcessLookupError):
        os.kill(int(begun.read_text()), 0)


async def test_a_database_with_other_tables_is_not_touched(
    postgres_server: Postgres, sqlite_files: Sqlite, tmp_path: Path
) -> None:
    """Also one that is not ours: nothing of anybody's is overwritten."""
    for maker in (postgres_server, sqlite_files):
        copy, theirs = tmp_path / type(maker).__name__, await maker.empty()
        store = Store(theirs)
        async with store.engines.writer.begin() as connection:
            await connection.exec_driver_sql("CREATE TABLE theirs (n INTEGER)")
        await store.engines.close()
        code, said = await command(await maker.fresh(), tmp_path, "backup", str(copy))
        assert code == 0, said
        code, said = await command(theirs, tmp_path, "restore", str(copy))
        assert code == 2
        assert "База не пустая" in said
        code, said = await command(theirs, tmp_path, "backup", str(tmp_path / "none"))
        assert code == 2
        assert "не наша база" in said
        assert not (tmp_path / "none").exists()


async def test_a_restored_hub_reads_with_the_model_that_was_in_use(
    databases: Sqlite | Postgres, tmp_path: Path
) -> None:
    copy, elsewhere, database = tmp_path / "copy", tmp_path / "elsewhere", await databases.fresh()
    models = Models(tmp_path / "models")
    models.use(put_model(models.folder, LEARNT, base=True))
    async with hub(tmp_path, database=database) as running:
        town = await settle_in(running)
        await town.open_case()
        code, said = await command(database, tmp_path, "backup", str(copy), "--lang", "en")
        assert (code, "1 case, 0 files\n1 model of the classifier\n" in said) == (0, True), said
    restored = await databases.empty()
    code, said = await command(restored, elsewhere, "restore", str(copy))
    assert (code, "1 модель классификатора\n" in said) == (0, True), said
    async with hub(elsewhere, database=restored, like=running) as again:
        await again.say(again.admin, "/models")
        assert f"1. {LEARNT} ✓ в работе" in again.last(again.admin, "Модели")["text"]
        await again.say(town.maria, "На Ленина 7 слабый напор воды, кран еле течёт")
        await again.spoken()
        number = replace(town, hub=again).number(town.maria)
        async with again.app.store.reading() as uow:
            assert (await uow.need(Appeal, AppealId(number))).read_by == LEARNT
