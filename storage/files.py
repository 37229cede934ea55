"""Files on their way to our disk and off it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from services.model import Attachment, DoomedFile, FileState
from storage import tables as t
from storage.fixed import afterwards, fixed

if TYPE_CHECKING:
    from storage.unit import UnitOfWork


_WAITING = fixed(FileState.WAITING)


class Files:
    """Queries about copies of files."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def due(self, now: float, *, limit: int) -> list[Attachment]:
        """What may be fetched now, in real seconds since the epoch; oldest first."""
        c = t.attachments.c
        when = or_(c.next_try_at.is_(None), c.next_try_at <= now)
        return await self._uow.select(
            Attachment, c.state == _WAITING, when, order=[afterwards(c.id)], limit=limit
        )

    async def next_try(self) -> float | None:
        """The soonest moment at which something waits to be tried again."""
        c = t.attachments.c
        found = select(func.min(c.next_try_at)).where(c.state == _WAITING)
        soonest: float | None = (await self._uow.connection.execute(found)).scalar_one()
        return soonest

    async def waiting(self) -> int:
        """How many copies are still to be made or to go."""
        c = t.attachments.c
        made = select(func.count()).select_from(t.attachments).where(c.state == _WAITING)
        gone = select(func.count()).select_from(t.doomed_files)
        execute = self._uow.connection.execute
        return int((await execute(made)).scalar_one()) + int((await execute(gone)).scalar_one())

    async def doomed(self, *, limit: int) -> list[DoomedFile]:
        """Copies that have to go."""
        return await self._uow.select(DoomedFile, order=[t.doomed_files.c.id], limit=limit)
