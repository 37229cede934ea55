"""Fire times of jobs: the last one recorded, and the claim of the next."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import CompoundSelect, func, select, union_all
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from services.model import JobRun
from storage.mapping import to_row
from storage.tables import job_runs as t

if TYPE_CHECKING:
    from storage.unit import UnitOfWork


class Jobs:
    """Queries of the job_runs table."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def last(self, jobs: tuple[str, ...]) -> dict[str, datetime]:
        """When each of these jobs ran last; one that never did is left out."""
        rows = (await self._uow.connection.execute(_last(jobs))).all()
        return {row[0]: row[1] for row in rows}

    async def claim(self, job: str, fired_at: datetime, now: datetime) -> bool:
        """True for the one caller that records this fire time first.

        A second caller waits for the first one's transaction and learns how it ended.
        """
        await self._uow.flush()
        run = JobRun(self._uow.new_id(JobRun), job, fired_at, now)
        insert = sqlite_insert(t) if self._uow.is_sqlite else pg_insert(t)
        statement = insert.values(to_row(run)).on_conflict_do_nothing().returning(t.c.id)
        return (await self._uow.connection.execute(statement)).first() is not None

    async def last_before(self, moment: datetime) -> datetime | None:
        """When any job ran last before `moment`: the hub was alive then."""
        statement = select(func.max(t.c.ran_at)).where(t.c.ran_at < moment)
        found: datetime | None = (await self._uow.connection.execute(statement)).scalar_one()
        return found


@cache
def _last(jobs: tuple[str, ...]) -> CompoundSelect[Any]:
    """The end of each job's range in the index: asked every second, of a month of runs."""
    ends = (
        select(t.c.job, t.c.ran_at).where(t.c.job == job).order_by(t.c.fired_at.desc()).limit(1)
        for job in jobs
    )
    return union_all(*(select(end.subquery()) for end in ends))
