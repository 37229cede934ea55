"""A messenger's outgoing side with a stopwatch."""

from __future__ import annotations

from time import perf_counter

from bot.delivery.outcomes import Channel, Outcome
from bot.views.rendered import Rendered
from bot.watch.counts import Counts


class Timed:
    """A channel whose calls are timed; it is a channel itself."""

    def __init__(self, channel: Channel, name: str, counts: Counts) -> None:
        self._channel = channel
        self._name = name
        self._spread = counts.sending

    async def send(self, chat_id: str, message: Rendered) -> Outcome:
        """Send a new message."""
        began = perf_counter()
        outcome = await self._channel.send(chat_id, message)
        self._spread.see(perf_counter() - began, self._name, "send")
        return outcome

    async def edit(self, chat_id: str, message_id: str, message: Rendered) -> Outcome:
        """Change a standing message."""
        began = perf_counter()
        outcome = await self._channel.edit(chat_id, message_id, message)
        self._spread.see(perf_counter() - began, self._name, "edit")
        return outcome

    async def remove(self, chat_id: str, message_id: str) -> Outcome:
        """Delete a standing message."""
        began = perf_counter()
        outcome = await self._channel.remove(chat_id, message_id)
        self._spread.see(perf_counter() - began, self._name, "remove")
        return outcome

    async def rights(self, chat_id: str) -> Outcome:
        """Look at what the bot may do in a group."""
        return await self._channel.rights(chat_id)

    async def create_topic(self, chat_id: str, title: str) -> str | None:
        """A new topic of a forum."""
        return await self._channel.create_topic(chat_id, title)

    async def leave(self, chat_id: str, message: Rendered) -> Outcome:
        """Say a last word in a group and leave it."""
        return await self._channel.leave(chat_id, message)
