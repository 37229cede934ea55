"""A citizen in a messenger that does not exist: his whole case, and no aiogram in the process.

Run as `python -m tests.channels.fake_town DATABASE`; prints what he read.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from typing import Any

from bot.delivery.limits import Limits, Pacer
from bot.delivery.outcomes import Edited, Outcome, Removed, Sent
from bot.delivery.worker import Delivery
from bot.leading import while_leading
from bot.scheduler import Jobs
from bot.views.frame import Frame
from bot.views.rendered import Rendered
from services.button_data import unpack
from services.citizen import inbound
from services.model import AppealId
from services.wire import Author, File, Message, Press
from storage.leases import Lease
from storage.store import Store
from tests.support.desks import LEAK, Office, municipality, office

PETR = Author("fake", "501", "Пётр", "ru")

RUN = "fake"


class FakeChannel:
    """Keeps what was sent, as a messenger would."""

    def __init__(self) -> None:
        self.chats: dict[str, dict[str, Rendered]] = {}
        self._ids = itertools.count(1000)

    async def send(self, chat_id: str, message: Rendered) -> Outcome:
        number = str(next(self._ids))
        self.chats.setdefault(chat_id, {})[number] = message
        return Sent((number,))

    async def edit(self, chat_id: str, external_id: str, message: Rendered) -> Outcome:
        self.chats[chat_id][external_id] = message
        return Edited()

    async def remove(self, chat_id: str, external_id: str) -> Outcome:
        del self.chats[chat_id][external_id]
        return Removed()

    def find(self, part: str) -> tuple[str, Rendered]:
        """The newest message to the citizen with these words."""
        mine = self.chats.get(PETR.external_id, {})
        for number, message in reversed(mine.items()):
            if part in message.text:
                return number, message
        raise AssertionError(f"no «{part}» in {[m.text for m in mine.values()]}")


class Town:
    """The office, a real delivery and real jobs around the fake channel."""

    def __init__(self, at: Office) -> None:
        self.office, self.channel = at, FakeChannel()
        self.delivery = Delivery(
            store=at.store,
            channels={"fake": self.channel, "t": FakeChannel()},
            pacer=Pacer(Limits(10_000, 10_000, 600_000)),
            frame=lambda uow: Frame(uow, municipality(), "fake_bot", at.now),
            desk=at.desk,
            clock=lambda: at.now,
            run=RUN,
            lease=Lease(at.store, "delivery", RUN),
            edit_interval=0,
        )
        self.jobs = Jobs(store=at.store, desk=at.desk, on_commit=self.delivery.wake)
        at.store.on_commit = lambda _uow: self.delivery.wake()
        self._messages = itertools.count(1)

    async def settle(self) -> None:
        """Jobs beat, then everything is delivered."""
        await self.jobs.beat()
        async with asyncio.timeout(20):
            while True:
                async with self.office.store.reading() as uow:
                    left = await uow.outbox.pending(self.office.now)
                if not left and not self.delivery.busy:
                    return
                await asyncio.sleep(0.005)

    async def take(self, happened: Any) -> None:
        async with self.office.at_work() as desk:
            await inbound.take(desk, happened)
        await self.settle()

    async def say(self, text: str = "", **more: Any) -> None:
        number = str(next(self._messages))
        await self.take(Message("fake", number, PETR, "501", self.office.now, text, **more))

    async def press(self, part: str, button: str) -> None:
        number, message = self.channel.find(part)
        found = next(b for row in message.buttons for b in row if b.text == button)
        data = unpack(found.data)
        assert data is not None
        await self.take(Press(PETR, "501", number, data))

    async def wait(self, **time: float) -> None:
        self.office.move(**time)
        await self.settle()


async def live(town: Town) -> None:
    """Start, consent, a burst, the receipt, an answer, a rating."""
    find = town.channel.find
    await town.say("/start")
    await town.press("Нужно ваше согласие", "Даю согласие")
    await town.say("Здравствуйте")
    await town.wait(seconds=3)
    await town.say(LEAK)
    await town.say(attachments=(File("photo", "p-1"),))
    await town.wait(seconds=5)
    receipt = find("Принято, №")[1].text
    assert "1 фото" in receipt
    number = AppealId(int(receipt.split("№ ")[1].split("<")[0]))
    await town.say("Уже третий день так")
    find(f"Добавили к № {number}.")
    await town.office.answered(number)
    await town.settle()
    await town.press(f"Ответ по № {number}", "Решено")
    await town.press("Как мы сработали?", "5")
    find("ваша оценка — 5")


async def main(address: str) -> None:
    """Play it on a migrated database."""
    store = Store(address)
    town = Town(await office(store))
    delivering = asyncio.create_task(
        while_leading(Lease(store, "delivery", RUN), town.delivery.run, "delivery")
    )
    try:
        await live(town)
    finally:
        delivering.cancel()
        await asyncio.wait([delivering])
        await store.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
    assert "aiogram" not in sys.modules, "the citizen's flow needs no Telegram"
    print("done")
