"""Processor time of an appeal's whole life, against an echo bot that hears as many updates."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import count

from tests.bench.figures import Figure, at_most, of_rounds
from tests.bench.messenger import Messenger, Sent, messenger
from tests.bench.product import counted, echo, hub, reached, sqlite_at
from tests.bench.registry import Bench, in_turns, row
from tests.bench.seed import CHECKER, EXECUTOR, seed
from tests.bench.words import CITIZENS, complaint, press, private, reply

LIVES, WARM, AT_ONCE = 300, 60, 60
PACE = 10
"""Of sending: processor time bounds the lives, and cards are edited at most twice a second."""
READS = 0.5
"""Seconds before anybody presses what he sees: no thumb is faster than the record of a send."""
UPDATES = 7
"""The report, «Взять», the answer, «Отправить», «Пропустить», «Получилось», five stars."""
WORDS = "Сегодня слесарь заменил прокладку и осушил подвал, завтра проверит ещё раз. Иван, ЖКХ."
RATED = "SELECT count(*) FROM ratings WHERE mark IS NOT NULL"


class Town:
    """People who answer what they see: executor, checker, citizens; so many lives at once."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger
        self._born = count()
        self._left = 0
        self._done: set[str] = set()
        messenger.on_sent = self._shown

    def live(self, lives: int) -> None:
        """Begin so many lives, the first of them now, each next when one has ended."""
        self._left = lives
        for _ in range(min(AT_ONCE, lives)):
            self._begin()

    def _begin(self) -> None:
        if self._left:
            self._left -= 1
            n = next(self._born)
            self._messenger.put([private(CITIZENS + n, complaint(n))])

    def _shown(self, sent: Sent) -> None:
        asyncio.get_running_loop().call_later(READS, self.see, sent)

    def see(self, sent: Sent) -> None:
        """Press what is to be pressed under a message, once."""
        for prefix, who in (
            ("s1.take.", EXECUTOR),
            ("m1.send.", EXECUTOR),
            ("q1.ok.", CHECKER),
            ("c1.out.", sent.chat),
            ("c1.csi.", sent.chat),
        ):
            data = sent.button(prefix, last=prefix == "c1.csi.")
            if not data or data in self._done:
                continue
            self._done.add(data)
            self._messenger.put([press(who, sent.chat, sent.message, data)])
            if prefix == "s1.take.":
                self._messenger.put([reply(who, sent.chat, WORDS, sent.message)])
            if prefix == "c1.csi.":
                self._begin()


@row("life", order=30)
async def life(bench: Bench) -> Sequence[Figure]:
    """Everything is measured: what is sent, edited and recorded for it, and what runs beside."""
    rounds = await in_turns(bench, lambda: _floor(bench), lambda: _product(bench))
    what = f"CPU an appeal, whole life of {UPDATES} updates"
    return [of_rounds(what, rounds, lambda s: f"{s * 1e3:.1f} ms", at_most(4))]


async def _floor(bench: Bench) -> float:
    warm, updates = bench.of(WARM) * UPDATES, bench.of(LIVES) * UPDATES
    async with messenger() as town, echo(town, bench.room("echo"), webhook=False) as process:
        town.put([private(CITIZENS + n, complaint(n)) for n in range(warm)])
        await town.until(lambda: len(town.sent) == warm)
        before = process.cpu
        town.put([private(CITIZENS + n, complaint(n)) for n in range(updates)])
        await town.until(lambda: len(town.sent) == warm + updates)
        return (process.cpu - before) / updates * UPDATES


async def _product(bench: Bench) -> float:
    folder, warm, lives = bench.room("hub"), bench.of(WARM), bench.of(LIVES)
    await seed(sqlite_at(folder), citizens=warm + lives)
    async with (
        messenger() as place,
        hub(place, folder, webhook=False, pace=PACE, OTKLIK_GROUP_RATE_FACTOR=str(PACE)) as process,
    ):
        town = Town(place)
        town.live(warm)
        await reached(folder, RATED, warm)
        before = process.cpu
        town.live(lives)
        await reached(folder, RATED, warm + lives)
        assert counted(folder, RATED) == warm + lives
        return (process.cpu - before) / lives
