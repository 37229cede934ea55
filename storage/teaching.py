"""Tasks about the classifier's models: what waits, and what was done last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from services.model import Came, ModelTask, Task
from storage import tables as t

if TYPE_CHECKING:
    from storage.unit import UnitOfWork


class Teaching:
    """Queries of the model_tasks table."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def next(self, *tasks: Task) -> ModelTask | None:
        """The oldest of these that waits."""
        c = t.model_tasks.c
        where = (c.came.is_(None), c.task.in_(tasks))
        found = await self._uow.select(ModelTask, *where, order=[c.id], limit=1)
        return found[0] if found else None

    async def waiting(self) -> int:
        """How many wait or are being done."""
        where = t.model_tasks.c.came.is_(None)
        statement = select(func.count()).select_from(t.model_tasks).where(where)
        return int((await self._uow.connection.execute(statement)).scalar_one())

    async def last(self, task: Task, *, limit: int = 1) -> list[ModelTask]:
        """The newest tasks of a kind, whatever came of them."""
        c = t.model_tasks.c
        return await self._uow.select(ModelTask, c.task == task, order=[c.id.desc()], limit=limit)

    async def of(self, came: Came) -> list[ModelTask]:
        """Everything of which this came, the oldest first."""
        c = t.model_tasks.c
        return await self._uow.select(ModelTask, c.came == came, order=[c.id])
