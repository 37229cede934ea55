"""Copies of files: fetched by a job of their own, and gone when they are forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from services.model import Attachment, FileState
from tests.flows.conftest import Town

TOO_LARGE = "Файл больше 20 МБ, забрать не вышло. Пришлите покороче или фото. Текст уже у нас."


async def _files(town: Town) -> list[Attachment]:
    async with town.hub.app.store.reading() as uow:
        return sorted(await uow.select(Attachment), key=lambda a: a.id)


def _on_disk(town: Town) -> list[bytes]:
    folder: Path = town.hub.app.settings.files_dir
    return sorted(p.read_bytes() for p in folder.rglob("*") if p.is_file())


async def test_in5_what_citizens_and_staff_send_is_copied(town: Town) -> None:
    hub = town.hub
    hub.world.say(town.maria, media_group=[b"one", ("video", b"two")], caption=town.REPORT)
    await hub.settle()
    await hub.spoken()
    number = town.number(town.maria)
    await town.draft(number, photo=b"after")
    assert _on_disk(town) == [b"after", b"one", b"two"]
    kept = await _files(town)
    assert {f.state for f in kept} == {FileState.STORED}
    folder = hub.app.settings.files_dir
    assert [(folder / str(f.path)).read_bytes() for f in kept] == [b"one", b"two", b"after"]


async def test_in5_a_file_is_asked_for_again_until_it_comes(town: Town) -> None:
    hub = town.hub
    hub.world.trouble.fail("getFile", times=2)
    hub.world.trouble.fail("getFile", code=429, retry_after=1)
    hub.world.trouble.drop("getFile")
    await hub.say(town.maria, photo=b"late", caption=town.REPORT)
    assert _on_disk(town) == [b"late"]
    (file,) = await _files(town)
    assert (file.state, file.tries) == (FileState.STORED, 4)
    assert hub.last(town.maria, "Поняли так")


async def test_s0_4_a_large_file_is_kept_by_its_id_and_said_so(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, video=b"long", size=25_000_000, caption=town.REPORT)
    number = town.number(town.maria)
    told = [m["text"] for m in hub.texts(town.maria) if m.get("text") == TOO_LARGE]
    assert len(told) == 1
    assert [f.state for f in await _files(town)] == [FileState.LARGE]
    assert _on_disk(town) == []
    assert [m for m in hub.texts(town.hcs) if "video" in m]
    calls = [e for e in hub.sandbox.journal.entries if e.method == "getFile"]
    assert not calls
    await hub.press(town.ivan, town.card(number), "Взять")
    await hub.say(
        town.ivan,
        chat=town.hcs,
        reply_to=town.card(number)["message_id"],
        video=b"after",
        size=25_000_000,
        caption=town.ANSWER,
    )
    assert "копии у нас не будет" in hub.last(town.hcs, "Файл больше 20 МБ")["text"]


async def test_s0_4_a_size_nobody_told_is_found_out_by_asking(town: Town) -> None:
    hub = town.hub
    said = hub.world.say(town.maria, video=b"long", size=25_000_000)
    hub.world.town.updates.pending[-1]["message"]["video"].pop("file_size")
    assert said["video"]["file_size"] == 25_000_000
    await hub.settle()
    await hub.spoken()
    assert hub.last(town.maria, "Файл больше 20 МБ")["text"] != TOO_LARGE
    assert [f.state for f in await _files(town)] == [FileState.LARGE]


async def test_s1_13_forgotten_files_leave_the_disk(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, photo=b"mine", caption=town.REPORT)
    number = town.number(town.maria)
    await town.draft(number, photo=b"after")
    await hub.say(town.maria, "/forgetme")
    await hub.press(town.maria, hub.last(town.maria, "Удалить ваши данные?"), "Удалить")
    assert _on_disk(town) == [b"after"]
    assert len(await _files(town)) == 1


async def test_in5_a_file_forgotten_while_it_is_fetched_is_not_kept(town: Town) -> None:
    hub = town.hub
    source: Any = hub.app.fetcher._sources["telegram"]
    fetch = source.fetch

    async def slow(file_id: str, target: Path, *, limit: int) -> Any:
        outcome = await fetch(file_id, target, limit=limit)
        hub.world.say(town.maria, "/forgetme")
        await hub.world.wait(lambda: hub.world.find(town.maria["id"], "Удалить ваши данные?"))
        asked = hub.last(town.maria, "Удалить ваши данные?")
        hub.world.press(town.maria, town.maria["id"], asked["message_id"], "Удалить")
        await hub.world.wait(lambda: hub.world.find(town.maria["id"], "Удалили."))
        return outcome

    source.fetch = slow
    await hub.say(town.maria, photo=b"mine", caption=town.REPORT)
    assert _on_disk(town) == []
    assert await _files(town) == []
