"""The outbox as a line of people: what has become due joins it, the next ones step out of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.delivery import schedule
from bot.delivery.easel import is_drawn
from bot.delivery.ledger import chat_key
from bot.delivery.limits import Pacer
from bot.delivery.schedule import BEAT, SHORTEST, Choice
from services.notices import is_group
from storage.outbox import OutboxRow
from storage.store import Store
from storage.turns import Head

IN_FLIGHT = 30


class Line:
    """What the leader knows of it between two looks."""

    def __init__(self, store: Store, pacer: Pacer, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._pacer = pacer
        self._clock = clock
        self._resting: dict[str, float] = {}
        """Chats that nothing can be sent to yet, and until when."""
        self._looked = (float("-inf"), datetime.min.replace(tzinfo=UTC))
        """When it was looked for what has become due, by either clock."""

    async def next(
        self,
        now: float,
        *,
        skip: Sequence[str],
        busy: Collection[str],
        unsent: int,
        pauses: Mapping[int, float],
        may_draw: bool,
    ) -> Choice[OutboxRow]:
        """What goes now; see `schedule.choose`. `skip`: anchors that let others go first."""
        await self._let_in(now)
        self._resting = {chat: until for chat, until in self._resting.items() if until > now}
        async with self._store.reading() as uow:
            heads = await uow.turns.heads(
                skip=skip, without=[*busy, *self._resting], limit=2 * IN_FLIGHT
            )
        choice = schedule.choose(
            [_seen(head, pauses) for head in heads],
            pacer=self._pacer,
            now=now,
            busy=busy,
            unsent=unsent,
            places=IN_FLIGHT,
            may_draw=may_draw,
        )
        self._resting |= choice.resting
        # Who rests is not among the heads, and is waited for all the same.
        soonest = min(self._resting.values(), default=now + BEAT)
        return replace(choice, pause=max(min(choice.pause, soonest - now), SHORTEST))

    async def _let_in(self, now: float) -> None:
        """Whose time has come joins the line; looked for once a second, by either clock."""
        moment = self._clock()
        looked, at = self._looked
        if now < looked + BEAT and abs((moment - at).total_seconds()) < BEAT:
            return
        self._looked = (now, moment)
        async with self._store.reading() as uow:
            due = await uow.turns.soonest()
        if due is not None and due <= moment.timestamp():
            async with self._store.unit() as uow:
                await uow.turns.promote(moment)


def _seen(head: Head, pauses: Mapping[int, float]) -> schedule.Head[OutboxRow]:
    row = head.row
    return schedule.Head(
        what=row,
        chat=chat_key(row),
        is_group=is_group(row.chat_id),
        rank=head.rank,
        not_until=pauses.get(row.id, 0.0),
        is_drawn=is_drawn(row),
    )
