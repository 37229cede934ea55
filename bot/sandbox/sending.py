"""Methods that send: messages, files of every kind, albums."""

import itertools
from copy import deepcopy
from typing import Any

from bot.sandbox.decode import Upload
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import check_markup
from bot.sandbox.media import content_of
from bot.sandbox.outcome import Outcome, Params
from bot.sandbox.rooms import Message, Posted, Room
from bot.sandbox.texts import message_caption, message_text
from bot.sandbox.town import Town

ALBUM = range(2, 11)
_TOGETHER = {"photo", "video"}
"""What may stand in one album; documents and audio only with their like."""
_album_ids = itertools.count(14_000_000)
_COPIED = ("link_preview_options", "show_caption_above_media")


async def send_message(town: Town, params: Params) -> Outcome:
    """sendMessage."""
    place = _Place(town, params)
    content = message_text(params)
    return _sent(place.post(content, params["text"]))


async def send_photo(town: Town, params: Params) -> Outcome:
    """sendPhoto."""
    return _send_file(town, params, "photo")


async def send_document(town: Town, params: Params) -> Outcome:
    """sendDocument."""
    return _send_file(town, params, "document")


async def send_video(town: Town, params: Params) -> Outcome:
    """sendVideo."""
    return _send_file(town, params, "video")


async def send_animation(town: Town, params: Params) -> Outcome:
    """sendAnimation."""
    return _send_file(town, params, "animation")


async def send_audio(town: Town, params: Params) -> Outcome:
    """sendAudio."""
    return _send_file(town, params, "audio")


async def send_voice(town: Town, params: Params) -> Outcome:
    """sendVoice."""
    return _send_file(town, params, "voice")


async def send_video_note(town: Town, params: Params) -> Outcome:
    """sendVideoNote."""
    return _send_file(town, params, "video_note")


async def send_media_group(town: Town, params: Params) -> Outcome:
    """sendMediaGroup: everything is checked before anything is sent."""
    place = _Place(town, params)
    media = params["media"]
    if len(media) not in ALBUM:
        raise bad_request("an album must have from 2 to 10 items")
    kinds = {item["type"] for item in media}
    alone = sorted(kinds - _TOGETHER)
    if alone and len(kinds) > 1:
        raise bad_request(f"{alone[0]} can't be mixed with other media types")
    captions = [message_caption(item) for item in media]
    contents = [_file_content(town, i["type"], i["media"]) for i in media]
    album = {"media_group_id": str(next(_album_ids))}
    sent = [
        place.post(content | caption | album, item.get("caption", ""))
        for content, caption, item in zip(contents, captions, media, strict=True)
    ]
    numbers = ", ".join(str(message["message_id"]) for message in sent)
    return Outcome(sent, f"messages {numbers} in {place.room.id}")


def _send_file(town: Town, params: Params, kind: str) -> Outcome:
    place = _Place(town, params)
    caption = message_caption(params)
    content = _file_content(town, kind, params[kind])
    return _sent(place.post(content | caption, params.get("caption", "")))


def _sent(message: Message) -> Outcome:
    return Outcome(message, f"message {message['message_id']} in {message['chat']['id']}")


def _file_content(town: Town, kind: str, given: str | Upload) -> dict[str, Any]:
    """A new upload, or a file Telegram already has."""
    if isinstance(given, Upload):
        if not given.data:
            raise bad_request("file must be non-empty")
        return content_of(town.files.add(kind, given.data, given.name))
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = town.files.get(given)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind} as {kind}")
    return content_of(stored)


class _Place:
    """Where a message goes: checked when made, before the content is looked at."""

    def __init__(self, town: Town, params: Params) -> None:
        self._town = town
        self._params = params
        self.room = town.writable(params["chat_id"])
        if self.room.bot_status == "restricted" and "can_send_messages" in self.room.denied:
            raise bad_request("not enough rights to send text messages to the chat")
        check_markup(params.get("reply_markup"), private=self.room.private)
        self._reply = _reply(self.room, params.get("reply_parameters"))
        self._thread = _thread(self.room, params.get("message_thread_id"), self._reply)

    def post(self, content: dict[str, Any], source: str) -> Message:
        """Send it there."""
        copied = {key: self._params[key] for key in _COPIED if key in self._params}
        if self._params.get("protect_content"):
            copied["has_protected_content"] = True
        posted = self._town.store(
            self.room,
            self._town.bot,
            content | copied,
            source=source,
            markup=self._params.get("reply_markup"),
            silent=self._params.get("disable_notification", False),
            reply_to=self._reply,
            thread=self._thread,
        )
        return deepcopy(posted.data)


def _reply(room: Room, reply: dict[str, Any] | None) -> Posted | None:
    if reply is None:
        return None
    if reply.get("chat_id", room.id) != room.id:
        raise bad_request("replies to other chats aren't supported by the sandbox")
    found = room.messages.get(reply["message_id"])
    if found is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return found


def _thread(room: Room, thread: int | None, reply: Posted | None) -> int | None:
    if thread is None:
        return reply.data.get("message_thread_id") if reply else None
    if thread not in room.topics:
        raise bad_request("message thread not found")
    return thread
