"""/models: administrators see the models, take one into use, go back; each press is judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.models import Models
from services.model import Came, Task
from tests.flows.conftest import Town
from tests.flows.test_history import follow
from tests.flows.test_presses import _forge as forge
from tests.support.hub import Hub, hub
from tests.support.taught import our_model, put_model

FIRST, SECOND = "2026-11-20-300-aaaaaa", "2026-11-21-300-bbbbbb"


def _keys(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def _shown(hub: Hub) -> dict[str, Any]:
    return hub.last(hub.admin, "Модели классификатора")


async def test_a_model_is_taken_into_use_and_left_again(database: str, tmp_path: Path) -> None:
    async with hub(tmp_path, database=database) as running:
        models = Models(tmp_path / "models")
        for version in (FIRST, SECOND):
            put_model(models.folder, version)
        await running.say(running.admin, "/models")
        lines = _shown(running)["text"].split("\n")
        assert lines[1] == f"1. {SECOND}"
        assert lines[2].strip() == "от 21.11.2026 · 300 текстов"
        right = round(100 * our_model().figures["group"])
        assert lines[3].strip().startswith(f"группа верна {right} %, без человека")
        assert lines[7] == "3. Только словарь, без модели ✓ в работе"
        assert _keys(_shown(running)) == ["Включить 1", "Включить 2"]
        listed = _shown(running)
        await running.press(running.admin, listed, "Включить 2")
        assert models.in_use() == str(models.path_of(FIRST))
        text = _shown(running)["text"]
        assert _shown(running)["message_id"] == listed["message_id"], "edited"
        assert f"2. {FIRST} ✓ в работе" in text
        assert "3. Только словарь, без модели · была в работе до неё" in text
        assert f"24.11 10:12 Админ: {FIRST}" in text
        await running.press(running.admin, listed, "Включить 1")
        await running.press(running.admin, listed, "Включить 2")
        await running.press(running.admin, listed, "Включить 3")
        names = [f"{FIRST}.model", f"{SECOND}.model", f"{FIRST}.model"]
        assert models.history() == ["cold", *names, "cold"]
        async with running.app.store.reading() as uow:
            done = await uow.teaching.last(Task.USE, limit=10)
        assert [(t.name, t.came) for t in reversed(done)] == [
            (name, Came.USED) for name in (*names, "cold")
        ]
        assert all(t.person_id for t in done), "who did it stands in the record"


async def test_the_hub_reads_with_the_model_in_use_and_the_case_keeps_which(
    town: Town, tmp_path: Path
) -> None:
    hub = town.hub
    put_model(tmp_path / "models", FIRST)
    first = await town.open_case()
    await hub.say(hub.admin, "/models")
    await hub.press(hub.admin, _shown(hub), "Включить 1")
    second = await town.open_case("На Ленина 7 слабый напор воды, кран еле течёт")
    for number, who in ((first, "словарь"), (second, FIRST)):
        await follow(town, town.pavel, town.card(number), number)
        assert f"Разбор: {who}, " in hub.last(town.pavel, f"№ {number}, история")["text"]


async def test_a_file_that_is_of_no_use_is_refused_by_name(town: Town, tmp_path: Path) -> None:
    hub, folder = town.hub, tmp_path / "models"
    put_model(folder, FIRST)
    put_model(folder, SECOND)
    (folder / "2026-11-22-strange.model").write_bytes(b"PK not ours")
    await hub.say(hub.admin, "/models")
    shown = _shown(hub)
    assert (
        "1. 2026-11-22-strange.model\n    не годится: это не модель нашей программы"
        in shown["text"]
    )
    assert _keys(shown) == ["Включить 2", "Включить 3"], "nothing to press there"
    # It was whole when it was listed.
    whole = (folder / f"{FIRST}.model").read_bytes()
    (folder / f"{FIRST}.model").write_bytes(whole[:-7])
    await hub.press(hub.admin, shown, "Включить 3")
    assert Models(folder).history() == ["cold"]
    assert f"3. {FIRST}.model\n    не годится: файл повреждён" in _shown(hub)["text"]
    assert _keys(_shown(hub)) == ["Включить 2"]
    (folder / f"{SECOND}.model").unlink()
    await hub.press(hub.admin, _shown(hub), "Включить 2")
    assert Models(folder).history() == ["cold"]
    assert SECOND not in _shown(hub)["text"]


async def test_models_are_the_administrators_and_the_heads_business(
    town: Town, tmp_path: Path
) -> None:
    hub, folder = town.hub, tmp_path / "models"
    put_model(folder, FIRST)
    for who in (town.ivan, town.dut, town.maria):
        await hub.say(who, "/models")
        assert not hub.world.find(who["id"], "Модели классификатора")
    assert hub.last(town.ivan, "У вас нет роли для этого")
    await hub.say(hub.admin, "/models", chat=town.hcs)
    assert hub.last(town.hcs, "в личном чате с ботом")
    await hub.say(hub.admin, "/models")
    data = _shown(hub)["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    card = town.card(await town.open_case())
    assert "нет роли" in str(await forge(town, town.ivan, card, data))
    assert Models(folder).history() == ["cold"]
    await hub.say(town.head, "/models")
    await hub.press(town.head, hub.last(town.head, "Модели классификатора"), "Включить 1")
    assert Models(folder).history() == ["cold", f"{FIRST}.model"]


@pytest.mark.parametrize("words", ["a1.muse.0", "a1.muse.0.00000000", "a1.mtake.77", "a1.mkeep.1"])
async def test_a_forged_press_changes_nothing(town: Town, tmp_path: Path, words: str) -> None:
    hub = town.hub
    put_model(tmp_path / "models", FIRST)
    await hub.say(hub.admin, "/models")
    await forge(town, hub.admin, _shown(hub), words)
    assert Models(tmp_path / "models").history() == ["cold"]
