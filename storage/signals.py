"""A word between replicas that there is something to send: PostgreSQL's NOTIFY.

Only a hint that saves waiting for the next look; nothing is lost without it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import asyncpg
from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

_CHANNEL = "otklik_outbox"
_NOTIFY = text(f"NOTIFY {_CHANNEL}")
PATIENCE = 1.0


async def notify(connection: AsyncConnection) -> None:
    """Wake every replica when the transaction commits."""
    await connection.execute(_NOTIFY)


async def listen(url: URL, heard: Callable[[], None]) -> None:
    """Call `heard` at every word until cancelled; a lost connection is made again."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await _listen(address, heard)
        await asyncio.sleep(PATIENCE)
        # Whatever was said meanwhile went past us.
        heard()


async def _listen(address: str, heard: Callable[[], None]) -> None:
    ended = asyncio.Event()
    connection = await asyncpg.connect(address)
    try:
        connection.add_termination_listener(lambda _c: ended.set())
        await connection.add_listener(_CHANNEL, lambda *_: heard())
        await ended.wait()
    finally:
        await connection.close(timeout=PATIENCE)
