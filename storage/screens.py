"""Messages of ours that stand in chats: which case, which owner, which anchor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from services.model import AppealId, Posted
from storage import tables as t

if TYPE_CHECKING:
    from storage.unit import UnitOfWork

_LATER = 500
"""So many messages of a chat are looked through at the most."""


class Screens:
    """Queries of the posted table."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def at(self, channel: str, chat_id: str, external_id: str) -> Posted | None:
        """The message of ours with this id in this chat."""
        found = await self._uow.by(
            Posted, channel=channel, chat_id=chat_id, external_id=external_id
        )
        return found[0] if found else None

    async def anchored(self, anchor: str) -> Posted | None:
        """The message that stands for this anchor."""
        found = await self._uow.by(Posted, anchor=anchor)
        return found[0] if found else None

    async def let_go(self, posted: Posted) -> None:
        """The message stays as it is: its anchor is free for a newer one."""
        self._uow.put(replace(posted, anchor=None))
        await self._uow.flush()

    async def anew(self, anchor: str) -> None:
        """What stands for the anchor stays as it is; what comes next is a new message, below it.

        An edit far above would be seen by nobody.
        """
        standing = await self.anchored(anchor)
        if standing is not None:
            await self.let_go(standing)

    async def of_appeal(self, appeal_id: AppealId, kind: str) -> list[Posted]:
        """Messages of one kind about an appeal, oldest first."""
        return [p for p in await self._uow.by(Posted, appeal_id=appeal_id) if p.kind == kind]

    async def about(self, appeal_id: AppealId, kinds: Sequence[str]) -> list[Posted]:
        """Messages of these kinds about an appeal, oldest first."""
        return [p for p in await self._uow.by(Posted, appeal_id=appeal_id) if p.kind in kinds]

    async def of_kind_in(self, channel: str, chat_id: str, kind: str) -> list[Posted]:
        """Messages of one kind that stand in a chat, oldest first."""
        c = t.posted.c
        where = (c.channel == channel, c.chat_id == chat_id, c.kind == kind)
        return await self._uow.select(Posted, *where, order=[c.id])

    async def since(self, channel: str, chat_id: str, moment: datetime) -> list[Posted]:
        """What was posted in a chat at `moment` or later, in that order."""
        c = t.posted.c
        where = (c.channel == channel, c.chat_id == chat_id, c.at >= moment)
        return await self._uow.select(Posted, *where, order=[c.at], limit=_LATER)

    async def of_kind_before(
        self, kind: str, moment: datetime, *, limit: int = 200
    ) -> list[Posted]:
        """Messages of a kind posted before `moment`, oldest first."""
        c = t.posted.c
        return await self._uow.select(
            Posted, c.kind == kind, c.at < moment, order=[c.at], limit=limit
        )
