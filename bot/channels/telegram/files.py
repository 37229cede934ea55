"""A file by its id: asked for, then downloaded from the same server the bot talks to."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress
from pathlib import Path

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramRetryAfter
from aiohttp import ClientError

from bot.fetching.outcomes import Fetched, NotNow, Outcome, TooLarge

PATIENCE = 60
"""Seconds for one file: 20 MB over a slow line."""
_CHUNK = 256 * 1024


class TelegramFiles:
    """getFile and the download, through the bot's own session: its address and its proxy."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def fetch(self, file_id: str, target: Path, *, limit: int) -> Outcome:
        """Write the file to `target`; a half-written one is never left there."""
        try:
            found = await self._bot.get_file(file_id)
            if not found.file_path:
                return NotNow("no path")
            return await self._download(found.file_path, target, limit)
        except TelegramRetryAfter as error:
            return NotNow("429", error.retry_after)
        except TelegramBadRequest as error:
            return TooLarge() if "file is too big" in error.message else NotNow(error.message)
        except (TelegramAPIError, ClientError, TimeoutError, OSError) as error:
            # Their words may carry the address, and with it the token.
            return NotNow(type(error).__name__)

    async def _download(self, path: str, target: Path, limit: int) -> Outcome:
        url = self._bot.session.api.file_url(self._bot.token, path)
        half = target.with_suffix(".part")
        await asyncio.to_thread(target.parent.mkdir, parents=True, exist_ok=True)
        size = 0
        try:
            with half.open("wb") as file:
                stream = self._bot.session.stream_content(
                    url, timeout=PATIENCE, chunk_size=_CHUNK, raise_for_status=True
                )
                async with aclosing(stream) as chunks:
                    async for chunk in chunks:
                        size += len(chunk)
                        if size > limit:
                            return TooLarge()
                        await asyncio.to_thread(file.write, chunk)
            half.replace(target)
        finally:
            with suppress(FileNotFoundError):
                half.unlink()
        return Fetched(size)
