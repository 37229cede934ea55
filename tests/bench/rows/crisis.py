"""A crisis night: 2,000 people report one thing within a minute, the messenger's limits are on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from bot.sandbox.rate import RateLimits
from tests.bench.figures import Figure, at_most
from tests.bench.messenger import Messenger, Sent, messenger
from tests.bench.product import hub, sqlite_at
from tests.bench.registry import Bench, row
from tests.bench.seed import chat_of, seed
from tests.bench.words import CITIZENS, press, private

PEOPLE, WITHIN = 2000, 60.0
"""So many seconds for so many people; for fewer as many less."""
LIMIT = 30
"""Messages a second that the messenger lets through in all."""
A_MINUTE = 20
FIRST_CARD = 5.0
MESSAGES = {True: 1, False: 2}
"""A receipt; of a newcomer the question for his consent as well."""


@row("crisis", order=50)
async def crisis(bench: Bench) -> Sequence[Figure]:
    """The municipality is as delivered: people are listened to for some seconds first."""
    return [await _night(bench, consented=True), await _night(bench, consented=False)]


async def _night(bench: Bench, *, consented: bool) -> Figure:
    people = bench.of(PEOPLE)
    folder = bench.room("crisis")
    blocks = await seed(sqlite_at(folder), citizens=people if consented else 0, draft=None)
    staff = chat_of(blocks, "HCS")
    async with (
        messenger(limits=RateLimits()) as town,
        hub(town, folder, webhook=False, pace=1),
    ):
        await asyncio.sleep(2)
        begun = time.perf_counter()
        told = _listening(town, consented=consented)
        for n in range(people):
            text = f"На улице Полевая у дома {n % 97 + 1} нет воды с утра во всём доме"
            town.put([private(CITIZENS + n, text)])
            await asyncio.sleep(max(0.0, begun + (n + 1) * WITHIN / PEOPLE - time.perf_counter()))
        ended = await town.until(lambda: len(told) == people, patience=600)
        seen = [s.at for s in town.sent if s.chat == staff and s.at >= begun]
    who = "who have consented" if consented else "newcomers"
    took, floor = ended - begun, people * MESSAGES[consented] / LIMIT
    return Figure(
        f"crisis, {people:,} {who}: until the last receipt",
        f"{floor:.1f} s",
        f"{took:.1f} s (card after {seen[0] - begun:.1f} s, at most {_most(seen)} a minute in its "
        f"chat, {town.refused} × 429)",
        took / floor,
        at_most(1.1) if consented else None,
        _broken(town, seen, begun),
    )


def _listening(town: Messenger, *, consented: bool) -> set[int]:
    """Whoever has his receipt; newcomers agree as soon as they are asked."""
    told: set[int] = set()

    def see(sent: Sent) -> None:
        if sent.chat < CITIZENS:
            return
        agree = sent.button("c1.agree.")
        if agree and not consented:
            town.put([press(sent.chat, sent.chat, sent.message, agree)])
        elif "№" in sent.text:
            told.add(sent.chat)

    town.on_sent = see
    return told


def _most(moments: Sequence[float]) -> int:
    """Messages and edits in the fullest minute."""
    return max((sum(at <= m < at + 60 for m in moments) for at in moments), default=0)


def _broken(town: Messenger, seen: Sequence[float], begun: float) -> str:
    wrong = []
    if town.refused:
        wrong.append("429")
    if not seen or seen[0] - begun > FIRST_CARD:
        wrong.append("the first card is late")
    if _most(seen) > A_MINUTE:
        wrong.append("the staff's chat is flooded")
    return ", ".join(wrong)
