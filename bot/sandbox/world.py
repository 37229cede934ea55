"""The people's side of the town: they write, press, block; and tests look at what they see."""

import asyncio
import itertools
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from typing import Any, TypeVar, Unpack

from bot.sandbox import speech
from bot.sandbox.journal import Journal
from bot.sandbox.keyboards import START_PARAMETER
from bot.sandbox.media import content_of
from bot.sandbox.members import MemberMoves
from bot.sandbox.rooms import Chat, Message, Posted, Room, User
from bot.sandbox.town import Query, Town
from bot.sandbox.trouble import Trouble

T = TypeVar("T")


class World(MemberMoves):
    """A town of people and chats around one bot. `chat=None` is the person's chat with the bot."""

    def __init__(self, town: Town, journal: Journal) -> None:
        super().__init__(town)
        self._journal = journal

    @property
    def trouble(self) -> Trouble:
        """What goes wrong next."""
        return self.town.trouble

    # What people do

    def say(
        self,
        user: User,
        text: str | None = None,
        *,
        chat: Chat | int | None = None,
        caption: str | None = None,
        reply_to: int | None = None,
        media_group: list[speech.Item] | None = None,
        size: int | None = None,
        thread: int | None = None,
        at: datetime | None = None,
        **things: Unpack[speech.Things],
    ) -> Any:
        """Send a message (an album gives a list); the bot gets it if it would in Telegram.

        An album's items are pictures, or kinds with bytes: ("video", b"…"). `size` is what a
        file's size is said to be.
        """
        room = self._entered(user, chat)
        # In a topic, what replies to nothing replies to the message that opened the topic.
        root = reply_to or thread
        if thread is not None and thread not in room.topics:
            raise LookupError(f"no topic {thread} in {room.chat['title']}: see add_topic")
        place = {"reply_to": self._replied(room, root), "thread": thread, "at": at}
        if media_group is not None:
            return self._say_album(room, user, media_group, caption, place)
        content = speech.content(
            self.town.files, user, things, text=text, caption=caption, size=size
        )
        return self._said(room, user, content, place)

    def start(self, user: User, param: str | None = None) -> Message:
        """Press Start, with the parameter of a link when there is one."""
        if param is not None and not START_PARAMETER.fullmatch(param):
            raise ValueError(f"a start parameter is 1-64 of A-Z a-z 0-9 _ -: {param!r}")
        message: Message = self.say(user, f"/start {param}" if param else "/start")
        return message

    def press(self, user: User, chat_id: int, message_id: int, data_or_text: str) -> str:
        """Press an inline button, named by its data or its text; the id of the query."""
        room = self._entered(user, chat_id)
        posted = self._posted(room, message_id)
        buttons = list(
            itertools.chain.from_iterable((posted.markup or {}).get("inline_keyboard", []))
        )
        data = _button_data(buttons, data_or_text)
        query_id = str(7_000_001 + len(self.town.queries))
        self.town.queries[query_id] = Query(user["id"])
        if room.bot_hears:
            query = {"id": query_id, "from": user, "message": posted.data, "data": data}
            self.town.tell_bot("callback_query", query | {"chat_instance": f"i{chat_id}"})
        return query_id

    def tap(
        self,
        user: User,
        button: str,
        *,
        chat: Chat | int | None = None,
        location: tuple[float, float] | None = None,
        contact: str | None = None,
    ) -> Any:
        """Tap a key of the chat's reply keyboard: says its text, or what the key asks for."""
        room = self._entered(user, chat)
        keys = list(itertools.chain.from_iterable((room.keyboard or {}).get("keyboard", [])))
        key = next((k for k in keys if k["text"] == button), None)
        if key is None:
            shown = ", ".join(f"«{k['text']}»" for k in keys)
            raise LookupError(f"no key {button!r}; there are: {shown or 'none'}")
        if bool(key.get("request_location")) != (location is not None):
            raise ValueError(f"{button!r}: a location goes with a key that asks for one, only")
        if bool(key.get("request_contact")) != (contact is not None):
            raise ValueError(f"{button!r}: a contact goes with a key that asks for one, only")
        words = None if location or contact else button
        return self.say(user, words, chat=chat, location=location, contact=contact)

    def edit(self, user: User, chat_id: int, message_id: int, text: str) -> Message:
        """Edit one's own message (a caption when there is a picture)."""
        room = self._entered(user, chat_id)
        posted = self._posted(room, message_id)
        if posted.data["from"]["id"] != user["id"]:
            raise LookupError(f"message {message_id} isn't of {user['first_name']}")
        plain = "text" in posted.data
        for key in ("text", "entities", "caption", "caption_entities"):
            posted.data.pop(key, None)
        posted.data |= speech.text_content(text) if plain else speech.caption_content(text)
        posted.data["edit_date"] = int(self.town.clock.now().timestamp())
        posted.source = text
        if speech.reaches_bot(room, posted.data, self.town.bot):
            self.town.tell_bot("edited_message", posted.data)
        self.town.changed.fire()
        return deepcopy(posted.data)

    def delete(self, chat_id: int, message_id: int) -> None:
        """Delete a message; Telegram doesn't tell the bot."""
        room = self._room(chat_id)
        self._posted(room, message_id)
        del room.messages[message_id]
        self.town.changed.fire()

    def add_update(self, raw: dict[str, Any]) -> None:
        """Queue a raw update."""
        self.town.updates.push_raw(deepcopy(raw))
        self.town.changed.fire()

    # What people see

    def messages(self, chat_id: int) -> list[Message]:
        """All messages of a chat as they are now, oldest first, with `html` as it was sent."""
        return [posted.seen() for posted in self._room(chat_id).messages.values()]

    def last(self, chat_id: int) -> Message:
        """The newest message."""
        messages = self._room(chat_id).messages
        if not messages:
            raise LookupError(f"nothing was said in {chat_id}")
        return messages[max(messages)].seen()

    def find(self, chat_id: int, text_part: str) -> Message | None:
        """The newest message whose text or caption contains this."""
        for posted in reversed(self._room(chat_id).messages.values()):
            if text_part in (posted.data.get("text") or posted.data.get("caption") or ""):
                return posted.seen()
        return None

    def keyboard(self, chat_id: int) -> list[list[str]]:
        """The texts of the chat's reply keyboard, row by row; empty when there is none."""
        rows = (self._room(chat_id).keyboard or {}).get("keyboard", [])
        return [[key["text"] for key in row] for row in rows]

    def toasts(self, user_id: int) -> list[str]:
        """Texts that answered this person's presses."""
        return [q.text for q in self.town.queries.values() if q.user_id == user_id and q.text]

    async def wait(self, predicate: Callable[[], T | bool | None], timeout: float = 10) -> T:  # noqa: ASYNC109
        """The first true value of the predicate, tried again on every change in the town."""
        try:
            async with asyncio.timeout(timeout):
                while not (value := predicate()):
                    await self.town.changed.wait()
        except TimeoutError:
            raise TimeoutError(
                f"not seen in {timeout} s; the last requests:\n{self._journal.tail()}"
            ) from None
        return value  # type: ignore[return-value]

    # Parts of the above

    def _entered(self, user: User, chat: Chat | int | None) -> Room:
        """The chat where this person acts; his first words open his chat with the bot."""
        chat_id = user["id"] if chat is None else chat if isinstance(chat, int) else chat["id"]
        room = self._room(chat_id)
        if user["id"] not in room.members:
            raise LookupError(f"{user['first_name']} isn't in chat {chat_id}")
        if room.private:
            if room.blocked:
                self.unblock(user)
            room.opened = True
        elif room.moved_to is not None:
            raise LookupError(f"chat {chat_id} became {room.moved_to}")
        return room

    def _say_album(
        self,
        room: Room,
        user: User,
        items: list[speech.Item],
        caption: str | None,
        place: dict[str, Any],
    ) -> list[Message]:
        self.town.albums += 1
        album = {"media_group_id": str(13_000_000 + self.town.albums)}
        said = []
        for index, item in enumerate(items):
            kind, data = ("photo", item) if isinstance(item, bytes) else item
            words = speech.caption_content(caption if index == 0 else None)
            content = content_of(self.town.files.add(kind, data)) | album | words
            said.append(self._said(room, user, content, place))
        return said

    def _said(
        self, room: Room, user: User, content: dict[str, Any], place: dict[str, Any]
    ) -> Message:
        source = content.get("text") or content.get("caption") or ""
        posted = self.town.store(room, user, content, source=source, **place)
        if speech.reaches_bot(room, posted.data, self.town.bot):
            self.town.tell_bot("message", posted.data)
        return deepcopy(posted.data)

    def _replied(self, room: Room, message_id: int | None) -> Posted | None:
        return None if message_id is None else self._posted(room, message_id)


def _button_data(buttons: list[dict[str, Any]], data_or_text: str) -> str:
    for key in ("callback_data", "text"):
        for button in buttons:
            if button.get(key) == data_or_text and "callback_data" in button:
                return str(button["callback_data"])
    shown = ", ".join(f"«{b['text']}» ({b.get('callback_data', 'no data')})" for b in buttons)
    # The beginning of the data is enough: «m1.send.7» whatever version follows.
    for button in buttons:
        if button.get("callback_data", "").startswith(f"{data_or_text}."):
            return str(button["callback_data"])
    raise LookupError(f"no button {data_or_text!r}; there are: {shown or 'none'}")
