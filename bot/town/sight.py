"""What one person of the town sees: his chats, a chat's messages, what he may answer with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.sandbox.rooms import Posted, Room, User
from bot.sandbox.town import Town
from bot.town.content import (
    asks,
    files_of,
    first_words,
    is_reply,
    person_of,
    place_of,
    thread_of,
    words_of,
)
from bot.town.reading import Reading
from bot.town.requests import NotHere
from bot.town.rich import rich, start_parameter
from bot.town.seen import AnswerSeen, ButtonSeen, ChatSeen, MessageSeen
from bot.town.words import service_words


class Sight:
    """The eyes of one person."""

    def __init__(self, town: Town, user: User, reading: Reading) -> None:
        self._town, self._user, self._reading = town, user, reading

    def chats(self) -> list[ChatSeen]:
        """His chat with the bot first, then his groups."""
        mine = [r for r in self._town.rooms.values() if self._user["id"] in r.members]
        mine = [r for r in mine if r.moved_to is None]
        return [
            self._chat(r)
            for r in sorted(
                mine, key=lambda r: (not r.private, r.chat["title"] if not r.private else "")
            )
        ]

    def room(self, chat_id: int) -> Room:
        """A chat of his. Raises NotHere for anybody else's."""
        room = self._town.rooms.get(chat_id)
        if room is None or self._user["id"] not in room.members:
            raise NotHere(f"no chat {chat_id}")
        return room

    def _chat(self, room: Room) -> ChatSeen:
        posts = list(room.messages.values())
        fresh = [p for p in posts if self._is_fresh(room, p)]
        last = posts[-1] if posts else None
        return ChatSeen(
            id=room.id,
            title=self._town.bot["first_name"] if room.private else room.chat["title"],
            private=room.private,
            unread=len(fresh),
            sounding=sum(not p.silent for p in fresh),
            last=self._first_words(last) if last else "",
            at=self._moment(last) if last else None,
            topics=tuple(self._topics(room)),
        )

    def _topics(self, room: Room) -> Iterator[tuple[int, str, int]]:
        for thread, title in room.topics.items():
            posts = [p for p in room.messages.values() if thread_of(p) == thread]
            yield thread, title, sum(self._is_fresh(room, p) for p in posts)

    def _is_fresh(self, room: Room, posted: Posted) -> bool:
        if posted.data["from"]["id"] == self._user["id"]:
            return False
        seen = self._reading.upto(self._user["id"], room.id, thread_of(posted))
        return int(posted.data["message_id"]) > seen

    def messages(self, chat_id: int, thread: int | None = None) -> list[MessageSeen]:
        """A chat's messages, oldest first; of a forum those of one topic, None: outside of any."""
        room = self.room(chat_id)
        posts = room.messages.values()
        if room.topics:
            posts = [p for p in posts if thread_of(p) == thread]
        return [self._message(p) for p in posts]

    def _message(self, posted: Posted) -> MessageSeen:
        data = posted.data
        words = words_of(data)
        marks = data.get("entities") or data.get("caption_entities") or []
        replied = data.get("reply_to_message")
        return MessageSeen(
            id=int(data["message_id"]),
            author=str(data["from"]["first_name"]),
            mine=data["from"]["id"] == self._user["id"],
            by_bot=bool(data["from"].get("is_bot")),
            at=self._moment(posted),
            edited="edit_date" in data,
            silent=posted.silent,
            html=rich(words, marks, bot=self._town.bot["username"]),
            source=words,
            files=tuple(files_of(data)),
            place=place_of(data),
            place_name=(data.get("venue") or {}).get("title"),
            contact=(data.get("contact") or {}).get("phone_number"),
            sticker="sticker" in data or "dice" in data or "poll" in data,
            reply_to=int(replied["message_id"]) if is_reply(data, replied) else None,
            reply_words=first_words(replied) if is_reply(data, replied) else None,
            buttons=self._buttons(posted),
            service=service_words(data),
            album=data.get("media_group_id"),
            thread=thread_of(posted),
        )

    def _buttons(self, posted: Posted) -> tuple[tuple[ButtonSeen, ...], ...]:
        rows = (posted.markup or {}).get("inline_keyboard", [])
        return tuple(tuple(self._button(b) for b in row) for row in rows)

    def _button(self, button: dict[str, Any]) -> ButtonSeen:
        url = button.get("url")
        return ButtonSeen(
            text=button["text"],
            data=button.get("callback_data"),
            url=url,
            start=start_parameter(url, self._town.bot["username"]) if url else None,
            style=button.get("style"),
        )

    def answer(self, chat_id: int, thread: int | None = None) -> AnswerSeen:
        """What the field for words offers."""
        room = self.room(chat_id)
        asking = self._asking(room, thread)
        markup = (asking.markup if asking else None) or {}
        keys = (room.keyboard or {}).get("keyboard", [])
        placeholder = markup.get("input_field_placeholder")
        if placeholder is None and room.keyboard:
            placeholder = room.keyboard.get("input_field_placeholder")
        return AnswerSeen(
            started=room.opened,
            blocked=room.blocked,
            keys=tuple(tuple((k["text"], asks(k)) for k in row) for row in keys),
            placeholder=placeholder,
            reply_to=int(asking.data["message_id"]) if asking else None,
            reply_words=self._first_words(asking) if asking else None,
            closed=None if room.moved_to is None else str(room.moved_to),
        )

    def _asking(self, room: Room, thread: int | None) -> Posted | None:
        """The newest message that wants this person's reply, unless he has spoken since."""
        for posted in reversed(room.messages.values()):
            if room.topics and thread_of(posted) != thread:
                continue
            if posted.data["from"]["id"] == self._user["id"]:
                return None
            markup = posted.markup or {}
            if markup.get("force_reply") and self._is_meant(posted, markup):
                return posted
        return None

    def _is_meant(self, posted: Posted, markup: dict[str, Any]) -> bool:
        if not markup.get("selective"):
            return True
        named = [e.get("user", {}).get("id") for e in posted.data.get("entities", [])]
        named += [person_of(e.get("url", "")) for e in posted.data.get("entities", [])]
        replied = posted.data.get("reply_to_message", {}).get("from", {}).get("id")
        return self._user["id"] in (*named, replied)

    def _moment(self, posted: Posted) -> datetime:
        return datetime.fromtimestamp(posted.data["date"], tz=self._town.clock.now().tzinfo)

    def _first_words(self, posted: Posted) -> str:
        return service_words(posted.data) or first_words(posted.data)
