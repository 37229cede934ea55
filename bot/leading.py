"""Work that one replica does at a time: started with the lease, stopped without it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError

from bot.log import log
from storage.leases import Lease

RENEW = 5.0
"""Seconds between renewals of a lease of 15."""
LOOK = 2.0
"""Seconds between looks at a lease that another holds: it is taken over 17 s after a death."""


async def while_leading(lease: Lease, work: Callable[[], Awaitable[None]], name: str) -> None:
    """Do the work whenever the lease is ours, until it ends or we are cancelled.

    Raises what the work raises.
    """
    while True:
        if not await _take(lease):
            await asyncio.sleep(LOOK)
            continue
        log.info("lease.taken", lease=name)
        task = asyncio.ensure_future(work())
        try:
            while not task.done() and await _take(lease):
                await asyncio.wait([task], timeout=RENEW)
            if task.done():
                await task
                return
            log.warning("lease.lost", lease=name)
        finally:
            await _end(task)
            await _release(lease)


async def _take(lease: Lease) -> bool:
    """A database that does not answer takes nothing from us before our time is over."""
    try:
        async with asyncio.timeout(RENEW):
            return await lease.take()
    except (TimeoutError, SQLAlchemyError, OSError) as error:
        log.warning("lease.unanswered", error=type(error).__name__)
        return lease.is_held


async def _end(task: asyncio.Future[None]) -> None:
    task.cancel()
    await asyncio.wait([task])


async def _release(lease: Lease) -> None:
    try:
        async with asyncio.timeout(RENEW):
            await lease.release()
    except (TimeoutError, SQLAlchemyError, OSError):
        # It ends by itself.
        return
