"""Shifts and alarms of the duty people."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from services.model import Alarm, Appeal, AppealId, PersonId, Shift, Source, State
from storage import tables as t
from storage.fixed import fixed

if TYPE_CHECKING:
    from storage.unit import UnitOfWork


class Duty:
    """Queries of the shifts and alarms tables."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def on_shift(self) -> list[Shift]:
        """Everybody on duty now, the longest first."""
        c = t.shifts.c
        return await self._uow.select(Shift, c.until.is_(None), order=[c.since, c.id])

    async def by_phone(self) -> list[Appeal]:
        """What waits for the duty officer's word: asked from triage, or to be told by phone."""
        c = t.appeals.c
        answered, waiting = fixed(State.ANSWERED), fixed(State.WAITING_CITIZEN)
        asked = (c.state == waiting) & c.block.is_(None)
        told = c.state.in_((answered, waiting)) & (c.source != Source.BOT)
        return await self._uow.select(Appeal, asked | told, order=[c.id], limit=200)

    async def alarm_of(self, appeal_id: AppealId) -> Alarm | None:
        """The newest alarm of an appeal."""
        found = await self._uow.by(Alarm, appeal_id=appeal_id)
        return found[-1] if found else None

    async def nameless(self, author_id: PersonId) -> list[Alarm]:
        """Alarms of a person that have no appeal yet, oldest first."""
        c = t.alarms.c
        return await self._uow.select(
            Alarm, c.author_id == author_id, c.appeal_id.is_(None), order=[c.id]
        )

    async def nameless_before(self, moment: datetime) -> list[Alarm]:
        """Alarms without an appeal, raised before `moment`, that still carry their words."""
        c = t.alarms.c
        return await self._uow.select(
            Alarm, c.appeal_id.is_(None), c.raised_at < moment, c.text != "", limit=200
        )

    async def open_alarms(self) -> list[Alarm]:
        """Alarms that nobody has accepted, oldest first."""
        c = t.alarms.c
        return await self._uow.select(
            Alarm, c.accepted_at.is_(None), c.over_at.is_(None), order=[c.id], limit=200
        )
