"""Was the hub silent? Its jobs run every minute, so a hole in their record is an outage."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.desk import Desk

LATE = timedelta(minutes=30)
"""What is said later than this came late."""
_THIS_BEAT = timedelta(minutes=1)


async def silent_since(desk: Desk) -> datetime | None:
    """When the hub fell silent, if it has only just woken; None when it was at work."""
    alive = await desk.uow.jobs.last_before(desk.now - _THIS_BEAT)
    return alive if alive is not None and desk.now - alive > LATE else None
