"""What the script sees in the town's chats, and the list of what went wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from bot.demo.transcript import Transcript, short
from bot.sandbox.server import Sandbox

_NUMBER = re.compile(r"№ (\d+)")
Person = dict[str, Any]
Chat = dict[str, Any]
Message = dict[str, Any]
Seen = Callable[[], str | None]
"""What shows that a step has happened: the bot's words, or None while they aren't there."""


def at_once() -> str:
    """Nothing to wait for: what is said next will show."""
    return ""


class Missed(LookupError):
    """Something the script builds on isn't there."""


class Sight:
    """Eyes on the sandbox's chats."""

    def __init__(self, sandbox: Sandbox, transcript: Transcript) -> None:
        self.sandbox, self.transcript = sandbox, transcript
        self.world = sandbox.world
        self.errors: list[str] = []
        self._names: dict[int, str] = {}

    @property
    def now(self) -> datetime:
        """The town's moment."""
        return self.sandbox.clock.now()

    def name(self, user: Person, label: str) -> Person:
        """How the transcript calls this person or chat."""
        self._names[user["id"]] = label
        return user

    def called(self, user: Person) -> str:
        """The name given by `name`."""
        return self._names[user["id"]]

    def find(self, chat: Chat, *parts: str) -> Message:
        """The newest message of the bot in a chat with all these words. Raises Missed."""
        found = self.newest(chat, *parts)
        if found is None:
            raise Missed(f"нет сообщения «{' … '.join(parts)}» у «{self.called(chat)}»")
        return found

    def sees(self, chat: Chat, *parts: str, tell: tuple[str, ...] = ()) -> Seen:
        """A sight of such a message: its lines with these words, or with those of `tell`."""

        def seen() -> str | None:
            found = self.newest(chat, *parts)
            if found is None:
                return None
            lines = [x for x in _text(found).splitlines() if any(p in x for p in tell or parts)]
            return f"«{short(' · '.join(lines))}»"

        return seen

    def gone(self, chat: Chat, *parts: str) -> Seen:
        """A sight of such a message not being there any more."""
        return lambda: None if self.newest(chat, *parts) else "сообщения больше нет"

    def offers(self, chat: Chat, button: str, *parts: str) -> Seen:
        """A sight of such a message with a button that begins so."""

        def seen() -> str | None:
            found = self.newest(chat, *parts)
            try:
                return f"[{self.label(found, button)}]" if found else None
            except Missed:
                return None

        return seen

    def label(self, message: Message, beginning: str) -> str:
        """The button whose words, or whose data, begin so; the words whole. Raises Missed."""
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [b for row in rows for b in row]
        for kind in ("text", "callback_data"):
            for button in buttons:
                if str(button.get(kind, "")).startswith(beginning):
                    return str(button["text"])
        raise Missed(f"нет кнопки «{beginning}», есть {[b['text'] for b in buttons]}")

    def show(self, chat: Chat, *parts: str) -> None:
        """Tell the newest such message whole, for who reads the transcript."""
        with self.attempt("показать целиком"):
            self.transcript.whole(self.called(chat), _text(self.find(chat, *parts)))

    def newest(self, chat: Chat, *parts: str) -> Message | None:
        """The newest message of the bot in a chat with all these words, if there is one."""
        town = self.world.town
        for posted in reversed(town.rooms[chat["id"]].messages.values()):
            words = _text(posted.data)
            if posted.data["from"]["id"] == town.bot["id"] and all(p in words for p in parts):
                return posted.seen()
        return None

    def has_photo(self, chat: Chat) -> bool:
        """The bot has sent a picture to this chat."""
        bot = self.world.town.bot["id"]
        return any(
            m.get("photo") and m["from"]["id"] == bot for m in self.world.messages(chat["id"])
        )

    @contextmanager
    def attempt(self, what: str) -> Iterator[None]:
        """What is not there for this step is one error, not the end of the day."""
        try:
            yield
        except (LookupError, ValueError) as error:
            self.fail(f"{what}: {error.args[0] if error.args else error}")

    def fail(self, text: str) -> None:
        """Note what went wrong."""
        self.errors.append(text)
        self.transcript.trouble(self.now, text)


def number_in(text: str) -> int:
    """The number a message names first."""
    found = _NUMBER.search(text)
    return int(found[1]) if found else 0


def _text(message: Message) -> str:
    return str(message.get("text") or message.get("caption") or "")
