"""The whole case on each database: the hub is the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from services.audit import first_break
from services.model import AppealId
from tests.flows.conftest import settle_in
from tests.support.hub import ZONE, hub


async def test_a_case_from_words_to_the_digest(database: str, tmp_path: Path) -> None:
    async with hub(tmp_path, database=database) as running:
        town = await settle_in(running)
        number = await town.open_case()
        await running.press(town.maria, await town.answered(number), "Не решено")
        await running.press(town.ivan, await town.draft(number), "m1.send")
        await running.press(town.olga, running.last(town.quality, "проверить"), "Пропустить")
        await running.press(town.maria, running.last(town.maria, "Получилось?"), "Решено")
        await running.press(town.maria, running.last(town.maria, "Как мы"), "4")
        late = await town.open_case()
        await running.go(datetime(2026, 11, 25, 8, 30, tzinfo=ZONE))
        assert "Ответили 2, в срок 2 (100 %)" in running.last(town.deputy, "Сводка")["text"]
        await running.go(datetime(2026, 12, 7, 12, 0, tzinfo=ZONE))
        assert running.last(town.deputy, f"Просрочено: № {late}")
        async with running.app.store.reading() as uow:
            assert first_break(await uow.appeals.events_of(AppealId(number))) is None
            assert await uow.outbox.count("dead") == 0
        assert await running.app.inbox.count("new", "parked") == 0
