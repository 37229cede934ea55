"""The hands of those who play with the learner: citizens, the duty officer, the checker.

They act as people of the town do, through the sandbox alone.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any

from bot.sandbox.rooms import Chat, Message, User
from bot.sandbox.server import Sandbox
from bot.town.beside import Beside

PATIENCE = 60.0
"""Real seconds for something to come."""
GLANCE = 0.25
_NUMBER = re.compile(r"№ (\d+)")


class Missed(LookupError):
    """What an actor builds on did not come."""


class Actors:
    """What they do, one thing after another."""

    def __init__(self, sandbox: Sandbox, beside: Beside) -> None:
        self.world, self.clock, self._beside = sandbox.world, sandbox.clock, beside

    async def citizen(self, name: str) -> User:
        """Somebody new who has agreed that his words are kept."""
        user = self.world.add_user(name)
        self.world.start(user)
        asked = await self.sees(user, "Нужно ваше согласие")
        await self.press(user, asked, "Даю согласие")
        await self.sees(user, "Что случилось и где?")
        return user

    async def report(self, citizen: User, text: str) -> int:
        """A citizen writes; returns the number of his receipt."""
        self.world.say(citizen, text)
        receipt = await self.sees(citizen, "Принято, №")
        found = _NUMBER.search(str(receipt["text"]))
        assert found is not None
        return int(found[1])

    async def sees(
        self, chat: Chat | User, *parts: str, button: str | None = None, after: int = 0
    ) -> Message:
        """The bot's newest message in a chat with all these words, and a button where named.

        `after`: the message it must be newer than. Raises Missed when it does not come.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                while (found := self._newest(chat, parts, button, after)) is None:
                    await self._hurry()
                    await asyncio.sleep(GLANCE)
        except TimeoutError:
            raise Missed(f"«{' … '.join(parts)}» did not come") from None
        return found

    def last(self, chat: Chat | User) -> int:
        """The newest message of a chat: what comes later is news."""
        return int(self.world.last(chat["id"])["message_id"])

    async def press(self, who: User, message: Message, button: str) -> None:
        """Press a button, and wait until the bot has heard of it. Raises LookupError."""
        query = self.world.press(who, message["chat"]["id"], message["message_id"], button)
        queries = self.world.town.queries
        try:
            await self.world.wait(lambda: queries[query].answered, PATIENCE)
        except TimeoutError:
            raise Missed(f"[{button}] was not answered") from None

    def _newest(
        self, chat: Chat | User, parts: tuple[str, ...], button: str | None, after: int
    ) -> Message | None:
        bot = self.world.town.bot["id"]
        for message in reversed(self.world.messages(chat["id"])):
            if message["message_id"] <= after:
                return None
            words = str(message.get("text") or message.get("caption") or "")
            if message["from"]["id"] != bot or not all(part in words for part in parts):
                continue
            if button is None or button in buttons(message):
                return message
        return None

    async def _hurry(self) -> None:
        """Whoever wrote has said everything: nobody waits for the end of a burst."""
        over = await self._beside.next_burst()
        if over is not None and over > self.clock.now():
            self.clock.set(over)


def buttons(message: Message) -> dict[str, Any]:
    """The data of a message's buttons by their words."""
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return {b["text"]: b.get("callback_data") for row in rows for b in row}
