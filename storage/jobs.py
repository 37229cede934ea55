"""Fire times of jobs: the last one recorded, and the claim of the next."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from services.model import JobRun
from storage.tables import job_runs as t

if TYPE_CHECKING:
    from storage.unit import UnitOfWork


class Jobs:
    """Queries of the job_runs table."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def last(self) -> dict[str, datetime]:
        """When every job ran last."""
        statement = select(t.c.job, func.max(t.c.ran_at)).group_by(t.c.job)
        return {row[0]: row[1] for row in (await self._uow.connection.execute(statement)).all()}

    async def claim(self, job: str, fired_at: datetime, now: datetime) -> bool:
        """True for the one caller that records this fire time first."""
        await self._uow.flush()
        taken = select(t.c.id).where(t.c.job == job, t.c.fired_at == fired_at)
        if (await self._uow.connection.execute(taken)).first() is not None:
            return False
        self._uow.add(JobRun(self._uow.new_id(JobRun), job, fired_at, now))
        return True
