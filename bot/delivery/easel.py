"""Pictures are drawn here: one at a time, in a thread, while no transaction is open.

Drawing takes the processor from everything else; a morning's pictures of all deputies at once
would take the threads and the places in flight as well.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.views.rendered import Rendered
from services.notices import Kind
from storage.outbox import OutboxRow


def is_drawn(row: OutboxRow) -> bool:
    """The notice is a picture of our own making."""
    return row.kind == Kind.DIGEST_PICTURE


class Easel:
    """Holds one row from its claim until its picture is drawn."""

    def __init__(self) -> None:
        self._row: int | None = None

    @property
    def is_free(self) -> bool:
        """A picture may be begun."""
        return self._row is None

    def take(self, row: OutboxRow) -> None:
        """A row was claimed; of a picture that is the turn."""
        if is_drawn(row):
            self._row = row.id

    def free(self, row: OutboxRow) -> bool:
        """The row needs it no more; True when it is free since now."""
        was = self._row == row.id
        if was:
            self._row = None
        return was

    async def draw(self, message: Rendered) -> Rendered:
        """The message with its picture; any other as it is."""
        if message.drawing is None:
            return message
        upload = await asyncio.to_thread(message.drawing.drawn)
        return replace(message, drawing=None, upload=upload)
