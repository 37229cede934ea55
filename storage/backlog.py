"""How much waits in both queues, in one statement over their partial indexes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, bindparam, text

from storage.types import from_micros, to_micros

if TYPE_CHECKING:
    from storage.unit import UnitOfWork


@dataclass(frozen=True, slots=True)
class Standing:
    """Both queues at one moment."""

    new: int
    oldest_new: float | None
    """When the oldest open update was stored, in real seconds since the epoch."""
    parked: int
    queued: int
    """Notices that could go now."""
    oldest_queued: datetime | None
    """Since when the oldest of them could."""
    later: int
    """Notices whose time has not come."""
    dead: int


async def standing(uow: UnitOfWork, now: datetime) -> Standing:
    """Look at both queues; cheap also beside a million applied updates and sent notices."""
    found = await uow.connection.execute(QUERY, {"now": to_micros(now)})
    new, oldest_new, parked, queued, oldest_queued, later, dead = found.one()
    since = None if oldest_queued is None else from_micros(oldest_queued)
    return Standing(new, oldest_new, parked, queued, since, later, dead)


# States are written out: a partial index serves only who names its condition.
QUERY = text(
    """
    SELECT
     (SELECT count(*) FROM inbox WHERE state = 'new'),
     (SELECT min(received_at) FROM inbox WHERE state = 'new'),
     (SELECT count(*) FROM inbox WHERE state = 'parked'),
     (SELECT count(*) FROM outbox WHERE state = 'queued' AND not_before <= :now),
     (SELECT min(not_before) FROM outbox WHERE state = 'queued' AND not_before <= :now),
     (SELECT count(*) FROM outbox WHERE state = 'queued' AND not_before > :now),
     (SELECT count(*) FROM outbox WHERE state = 'dead')
    """
).bindparams(bindparam("now", type_=BigInteger))
