"""Labels that the classifier learns from: how many, and which are the newest."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from services.model import Label
from storage import tables as t
from storage.types import EPOCH

if TYPE_CHECKING:
    from storage.unit import UnitOfWork


class Labels:
    """Queries of the labels table."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def newest(self, *, limit: int) -> list[Label]:
        """Labels that still have their words, the newest first."""
        c = t.labels.c
        return await self._uow.select(Label, c.text != "", order=[c.at.desc()], limit=limit)

    async def count(self, *, since: datetime = EPOCH) -> int:
        """How many were said or changed after `since`."""
        await self._uow.flush()
        statement = select(func.count()).select_from(t.labels).where(t.labels.c.at > since)
        return int((await self._uow.connection.execute(statement)).scalar_one())
