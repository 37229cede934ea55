"""Questions to those above a department: what is open, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.model import AppealId, Decision, Matter
from storage import tables as t

if TYPE_CHECKING:
    from storage.unit import UnitOfWork


class Decisions:
    """Queries of the decisions table."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def open(self, *, limit: int = 200) -> list[Decision]:
        """Everything undecided, oldest first."""
        c = t.decisions.c
        return await self._uow.select(Decision, c.verdict.is_(None), order=[c.id], limit=limit)

    async def of_appeal(self, appeal_id: AppealId, matter: Matter | None = None) -> list[Decision]:
        """What was asked about an appeal, oldest first."""
        c = t.decisions.c
        where = [c.appeal_id == appeal_id]
        if matter is not None:
            where.append(c.matter == matter)
        return await self._uow.select(Decision, *where, order=[c.id])
