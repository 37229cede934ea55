"""A town for flow tests: a hub with a bound block, triage, quality, and the people of each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, fields
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from services import conversation
from services.directory import identify
from services.model import AppealId
from services.wire import Author
from tests.support.hub import Hub, hub

Person = dict[str, Any]


@dataclass
class Town:
    """The hub and everybody in it."""

    hub: Hub
    ivan: Person
    """Executor of ЖКХ."""
    pavel: Person
    """Executor of ЖКХ and checker."""
    road: Person
    """Executor of Дороги."""
    olga: Person
    """Checker."""
    dut: Person
    """Duty officer."""
    deputy: Person
    """Deputy of ЖКХ."""
    head: Person
    """Head of МЦУ."""
    hcs: Person
    rod: Person
    triage: Person
    quality: Person
    maria: Person
    """A citizen who has consented."""

    REPORT = "На Островского у дома 12 слабый напор воды, кран еле течёт"
    """An ordinary case of ЖКХ: A04."""
    ANSWER = (
        "Сегодня слесарь заменил прокладку и осушил подвал, завтра проверит ещё раз. Иван, ЖКХ."
    )

    async def open_case(self, text: str | None = None, citizen: Person | None = None) -> int:
        """A citizen reports something of ЖКХ, each time a case of its own; returns the number."""
        citizen = citizen or self.maria
        said = await self.hub.say(citizen, text or self.REPORT)
        joined = self.hub.world.find(citizen["id"], "Добавили к №")
        if joined is not None and joined["message_id"] > said["message_id"]:
            await self.hub.press(citizen, joined, "Это о другом")
        return self.number(citizen)

    def number(self, citizen: Person) -> int:
        """The number in the citizen's newest receipt."""
        text = self.hub.last(citizen, "Поняли так")["text"]
        return int(text.split("№ ")[1].split("\n")[0])

    def card(self, number: int, chat: Person | None = None, part: str = "") -> Person:
        """The card of a case in its block's chat; a problem's has its counter above the number."""
        cards = [
            m
            for m in self.hub.texts(chat or self.hcs)
            if any(f"№ {number} ·" in line for line in m.get("text", "").split("\n")[:4])
            and part in m["text"]
        ]
        assert cards, f"no card of {number}"
        return cards[-1]

    async def draft(self, number: int, text: str | None = None, **more: Any) -> Person:
        """Ivan takes the case and replies to the card; returns the preview."""
        await self.hub.press(self.ivan, self.card(number), f"s1.take.{number}")
        return await self.redraft(number, text, **more)

    async def redraft(self, number: int, text: str | None = None, **more: Any) -> Person:
        """Ivan replies to the card he holds."""
        words = {} if "photo" in more else {"text": text or self.ANSWER}
        if "photo" in more:
            words = {"caption": text or self.ANSWER}
        await self.hub.say(
            self.ivan, chat=self.hcs, reply_to=self.card(number)["message_id"], **words, **more
        )
        return self.hub.last(self.hcs, "ещё не отправлен")

    async def ask(self, number: int, words: str) -> None:
        """Ivan takes the case and asks the citizen in his own words."""
        hub = self.hub
        await hub.press(self.ivan, self.card(number), f"s1.take.{number}")
        await hub.press(self.ivan, self.card(number), "Уточнить")
        await hub.press(self.ivan, hub.last(self.hcs, "что уточнить?"), "Свой вопрос")
        prompt = hub.last(self.hcs, "ваш вопрос жителю")
        await hub.say(self.ivan, words, chat=self.hcs, reply_to=prompt["message_id"])

    async def answered(self, number: int) -> Person:
        """The case is answered and let pass; returns the citizen's message."""
        await self.answered_unseen(number)
        return self.hub.last(self.maria, "Получилось?")

    async def answered_unseen(self, number: int) -> None:
        """The same, whether or not it arrives."""
        await self.hub.press(self.ivan, await self.draft(number), "m1.send")
        await self.hub.press(self.olga, self.hub.last(self.quality, "проверить"), "Пропустить")


class ShowTown:
    """A town that was settled once and stopped; tests live in copies of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stopped: Town | None = None

    @asynccontextmanager
    async def copied(
        self, folder: Path, settings: dict[str, str] | None = None
    ) -> AsyncIterator[Town]:
        """A running copy: a database, a sandbox and an app of its own."""
        first = self._stopped or await self._settle()
        copy(self._folder / "hub.db", folder)
        members = {f.name: getattr(first, f.name) for f in fields(Town) if f.name != "hub"}
        async with hub(folder, like=first.hub, settings=settings) as running:
            yield Town(hub=running, **deepcopy(members))

    async def _settle(self) -> Town:
        async with hub(self._folder) as running:
            town = await settle_in(running)
        # Only now is everything in the one file.
        self._stopped = town
        return town


@pytest.fixture(scope="session")
def show_town(tmp_path_factory: pytest.TempPathFactory) -> ShowTown:
    """One for the whole run, settled when the first test asks."""
    return ShowTown(tmp_path_factory.mktemp("town"))


@pytest.fixture
async def town(show_town: ShowTown, tmp_path: Path) -> AsyncIterator[Town]:
    """A whole town on a SQLite database of its own."""
    async with show_town.copied(tmp_path) as found:
        yield found


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Words that a defect keeps from being applied, until they are taken out of here."""
    monkeypatch.setattr("bot.receive.worker.DELAYS", (0.01, 0.01, 0.01))
    real, words = conversation.receive, {"отрава"}

    async def choke(desk: Any, known: Any, message: Any) -> None:
        if any(word in message.text for word in words):
            raise RuntimeError("cannot swallow")
        await real(desk, known, message)

    monkeypatch.setattr(conversation, "receive", choke)
    return words


async def settle_in(running: Hub) -> Town:
    """Invite everybody and bind the chats, as an administrator would."""
    ivan = await running.staff("Иван", "EXE", "HCS")
    pavel = await running.staff("Павел", "EXE", "HCS")
    road = await running.staff("Руслан", "EXE", "ROD")
    olga = await running.staff("Ольга", "QC")
    dut = await running.staff("Дарья", "DUT")
    deputy = await running.staff("Денис", "BLK", "HCS")
    head = await running.staff("Марина", "MHD")
    return Town(
        hub=running,
        ivan=ivan,
        pavel=pavel,
        road=road,
        olga=olga,
        dut=dut,
        deputy=deputy,
        head=head,
        hcs=await running.group("HCS", ivan, pavel, road),
        rod=await running.group("ROD", road),
        triage=await running.group("TRIAGE", dut, ivan),
        quality=await running.group("QUALITY", olga, pavel, ivan),
        maria=await running.citizen("Мария"),
    )


async def at_the_desk(
    town: Town, person: dict[str, Any], deed: Any, number: int, **more: Any
) -> Any:
    """A use case as this person would have it done, past the buttons."""
    app = town.hub.app
    author = Author("telegram", str(person["id"]), person["first_name"], "ru")
    async with app.store.unit() as uow:
        desk = app.desk(uow)
        known = await identify(desk, author, private=False)
        result = await deed(desk, actor=known.actor, appeal_id=AppealId(number), **more)
    await town.hub.settle()
    return result
