"""Which topic of a forum a message goes to (conversations.md §0.6): made when missing, made again
when somebody deleted it. A plain group has none, and nothing here happens.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.delivery.outcomes import Channel, Inspected, Outcome, Sent, TopicGone
from bot.views.rendered import Rendered
from bot.views.topics import moved, title
from services.binding import TOPICS
from services.model import Chat, Posted
from services.notices import Kind
from storage.outbox import OutboxRow


@dataclass(slots=True)
class Flight:
    """One message on its way: where it goes, and the topics made for it."""

    row: OutboxRow
    message: Rendered
    posted: Posted | None
    chat: Chat | None
    made: dict[str, str] = field(default_factory=dict)

    @property
    def topics(self) -> dict[str, str] | None:
        """The chat's topics as they are now; None in a plain group."""
        if self.chat is None or self.chat.topics is None:
            return None
        return {**self.chat.topics, **self.made}

    async def fly(self, channel: Channel) -> Outcome:
        """Send or edit; the message's topic is made first when the forum has none."""
        here = self.posted is not None and self.posted.chat_id == self.row.chat_id
        if here and self.posted is not None and not await self._risen(channel):
            return await channel.edit(self.row.chat_id, self.posted.external_id, self.message)
        await self._place(channel)
        outcome = await channel.send(self.row.chat_id, self.message)
        if isinstance(outcome, TopicGone):
            outcome = await self._again(channel)
        if here and isinstance(outcome, Sent):
            await self._leave_line(channel, outcome)
        return outcome

    async def inspect(self, channel: Channel) -> Outcome:
        """Look at the bot's rights; a forum gets the topics that it hasn't yet."""
        outcome = await channel.rights(self.row.chat_id)
        if isinstance(outcome, Inspected) and outcome.forum and "topics" not in outcome.missing:
            known = (self.chat.topics if self.chat else None) or {}
            for word in TOPICS:
                if word not in known:
                    await self._make(channel, word)
        return outcome

    async def _place(self, channel: Channel) -> None:
        word, topics = self.message.topic, self.topics
        if word is None or topics is None:
            return
        if word not in topics:
            await self._make(channel, word)
        self.message = replace(self.message, thread=(self.topics or {}).get(word))

    async def _make(self, channel: Channel, word: str) -> None:
        thread = await channel.create_topic(self.row.chat_id, title(word))
        if thread is not None:
            self.made[word] = thread

    async def _again(self, channel: Channel) -> Outcome:
        """Somebody deleted the topic; without a new one the words go to the general one."""
        assert self.message.topic is not None
        self.message = replace(self.message, thread=None)
        await self._make(channel, self.message.topic)
        thread = self.made.get(self.message.topic)
        self.message = replace(self.message, thread=thread)
        return await channel.send(self.row.chat_id, self.message)

    async def _risen(self, channel: Channel) -> bool:
        """A card that became urgent stands in another topic: a message can't move."""
        if self.row.kind != Kind.CARD or self.message.topic != "urgent" or self.topics is None:
            return False
        await self._place(channel)
        standing = self.posted.thread if self.posted else None
        return standing is not None and self.message.thread not in (None, standing)

    async def _leave_line(self, channel: Channel, sent: Sent) -> None:
        """The old card says where the case is now; best effort, nobody works from it."""
        assert self.posted is not None
        assert self.row.appeal_id is not None
        line = moved(self.row.appeal_id, sent.ids[0])
        await channel.edit(self.row.chat_id, self.posted.external_id, line)
