"""Fetching: due → network → record. Files come and go beside the conversation, never inside it.

No transaction is open while the messenger is asked. A crash between the download and its record
fetches the same file to the same place again.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bot.fetching.outcomes import Fetched, NotNow, Outcome, Source, TooLarge
from bot.log import about, log
from services import files
from services.desk import Desk
from services.model import Attachment, Utterance
from storage.store import Store
from storage.unit import UnitOfWork

AT_ONCE = 4
"""Downloads side by side: answers and cards need the line too."""
TRIES = 12
LONGEST_PAUSE = 3600.0


def pause_after(tries: int) -> float:
    """Seconds before the next try: 1, 5, 25 … an hour."""
    return min(5.0**tries, LONGEST_PAUSE)


class Fetcher:
    """One per process."""

    def __init__(
        self,
        *,
        store: Store,
        sources: dict[str, Source],
        folder: Path,
        desk: Callable[[UnitOfWork], Desk],
        haste: float = 1.0,
    ) -> None:
        self._store = store
        self._sources = sources
        self._folder = folder
        self._desk = desk
        self._haste = haste
        self._wake = asyncio.Event()
        self.busy = False

    def wake(self) -> None:
        """Something was committed."""
        self._wake.set()

    async def run(self) -> None:
        """Fetch what waits until cancelled."""
        while True:
            self._wake.clear()
            self.busy = True
            worked = await self._fetch() or await self._delete()
            self.busy = False
            if not worked:
                await self._rest()

    async def _rest(self) -> None:
        async with self._store.reading() as uow:
            soonest = await uow.files.next_try()
        pause = 60.0 if soonest is None else min(max(soonest - time.time(), 0.01), 60.0)
        try:
            async with asyncio.timeout(pause):
                await self._wake.wait()
        except TimeoutError:
            return
        # Every commit wakes; looking once for many of them is enough.
        await asyncio.sleep(0.3 / self._haste)

    async def _fetch(self) -> bool:
        async with self._store.reading() as uow:
            due = await uow.files.due(time.time(), limit=AT_ONCE)
            wanted = [(a, await _channel(uow, a)) for a in due]
        if not wanted:
            return False
        outcomes = await asyncio.gather(*(self._one(a, channel) for a, channel in wanted))
        lost: list[Path] = []
        async with self._store.unit() as uow:
            desk = self._desk(uow)
            for (attachment, _channel_of), outcome in zip(wanted, outcomes, strict=True):
                if not await self._record(desk, attachment, outcome):
                    lost.append(self._place(files.path_of(attachment)))
        await asyncio.to_thread(_unlink, lost)
        return True

    async def _one(self, attachment: Attachment, channel: str | None) -> Outcome:
        source = self._sources.get(channel or "")
        if source is None:
            return NotNow("no such channel")
        if attachment.size is not None and attachment.size > files.LIMIT:
            return TooLarge()
        place = self._place(files.path_of(attachment))
        return await source.fetch(attachment.file_id, place, limit=files.LIMIT)

    def _place(self, path: str) -> Path:
        return self._folder / path

    async def _record(self, desk: Desk, attachment: Attachment, outcome: Outcome) -> bool:
        """Write down how it ended; False when the copy belongs to nobody any more."""
        match outcome:
            case Fetched(size):
                path = files.path_of(attachment)
                return await files.stored(desk, attachment.id, path=path, size=size)
            case TooLarge():
                await files.too_large(desk, attachment.id)
            case NotNow(error, after):
                again = self._again(attachment.tries, after)
                level = log.warning if again else log.error
                with about(file=attachment.id, appeal=attachment.appeal_id):
                    level("fetching.failed", error=error, tries=attachment.tries)
                await files.failed(desk, attachment.id, next_try_at=again)
        return True

    def _again(self, tries: int, after: float | None) -> float | None:
        if tries + 1 >= TRIES:
            return None
        pause = max(pause_after(tries) * random.uniform(0.8, 1.2) / self._haste, after or 0.0)
        return time.time() + pause

    async def _delete(self) -> bool:
        """Take forgotten copies off the disk, then forget that they were there."""
        async with self._store.reading() as uow:
            doomed = await uow.files.doomed(limit=100)
        if not doomed:
            return False
        await asyncio.to_thread(_unlink, [self._place(d.path) for d in doomed])
        async with self._store.unit() as uow:
            for one in doomed:
                uow.remove(one)
        log.info("files.deleted", files=len(doomed))
        return True


async def _channel(uow: UnitOfWork, attachment: Attachment) -> str | None:
    said = await uow.get(Utterance, attachment.utterance_id) if attachment.utterance_id else None
    return said.channel if said is not None else None


def _unlink(paths: list[Path]) -> None:
    for path in paths:
        for name in (path, path.with_suffix(".part")):
            with suppress(FileNotFoundError):
                name.unlink()
