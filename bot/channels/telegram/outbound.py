"""Rendered → Bot API calls, and the API's errors → outcomes."""

from __future__ import annotations

from functools import partial
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
)
from aiogram.methods import (
    SendAnimation,
    SendAudio,
    SendDocument,
    SendPhoto,
    SendVideo,
    SendVideoNote,
    SendVoice,
)
from aiogram.types import (
    BufferedInputFile,
    ChatMemberBanned,
    ChatMemberLeft,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.channels.telegram.outcomes import outcome_of
from bot.channels.telegram.rights import missing_rights
from bot.delivery.outcomes import (
    Edited,
    Failed,
    Gone,
    Inspected,
    Left,
    Moved,
    Outcome,
    Partly,
    Refused,
    Removed,
    Sent,
    Unreachable,
    Wait,
)
from bot.views.media import batches
from bot.views.rendered import Button, Media, Rendered, ReplyButton, Upload
from bot.views.toasts import Visit

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

_IN_ALBUM: dict[str, Any] = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "document": InputMediaDocument,
    "audio": InputMediaAudio,
}
_ALONE: dict[str, Any] = {
    "photo": SendPhoto,
    "video": SendVideo,
    "animation": SendAnimation,
    "document": SendDocument,
    "audio": SendAudio,
    "voice": SendVoice,
    "video_note": SendVideoNote,
}


class TelegramChannel:
    """Sends and edits through aiogram's Bot."""

    def __init__(self, bot: Bot, name: str) -> None:
        self._bot = bot
        self._name = name

    async def send(self, chat_id: str, message: Rendered) -> Outcome:
        """A text with buttons, or files."""

        async def call() -> Outcome:
            if message.media:
                return await self._send_media(chat_id, message)
            if message.upload is not None:
                return await self._send_upload(chat_id, message, message.upload)
            sent = await self._bot.send_message(
                chat_id=int(chat_id),
                message_thread_id=_thread(message),
                text=_text(message, chat_id),
                parse_mode="HTML" if message.markup else None,
                link_preview_options=_NO_PREVIEW,
                disable_notification=message.silent or None,
                reply_parameters=_reply(message),
                reply_markup=_markup(message),
            )
            return Sent((str(sent.message_id),))

        return await outcome_of(call)

    async def edit(self, chat_id: str, message_id: str, message: Rendered) -> Outcome:
        """New text and buttons of a standing message."""

        async def call() -> Outcome:
            await self._bot.edit_message_text(
                chat_id=int(chat_id),
                message_id=int(message_id),
                text=_text(message, chat_id),
                parse_mode="HTML" if message.markup else None,
                link_preview_options=_NO_PREVIEW,
                reply_markup=_keyboard(message) if message.buttons else None,
            )
            return Edited()

        return await outcome_of(call)

    async def remove(self, chat_id: str, message_id: str) -> Outcome:
        """Delete a message of ours; one that is gone or too old for it counts as removed."""

        async def call() -> Outcome:
            await self._bot.delete_message(chat_id=int(chat_id), message_id=int(message_id))
            return Removed()

        outcome = await outcome_of(call)
        return Removed() if isinstance(outcome, Refused | Gone) else outcome

    async def rights(self, chat_id: str) -> Outcome:
        """What the bot lacks in a group."""

        async def call() -> Outcome:
            chat = await self._bot.get_chat(int(chat_id))
            me = await self._bot.get_chat_member(chat_id=int(chat_id), user_id=self._bot.id)
            if isinstance(me, ChatMemberLeft | ChatMemberBanned):
                return Unreachable("the bot is not in the group")
            forum = bool(chat.is_forum)
            return Inspected(missing_rights(me, chat.permissions, forum=forum), forum)

        return await outcome_of(call)

    async def create_topic(self, chat_id: str, title: str) -> str | None:
        """A topic of a forum; None when the messenger makes none."""
        try:
            made = await self._bot.create_forum_topic(chat_id=int(chat_id), name=title)
        except TelegramAPIError:
            return None
        return str(made.message_thread_id)

    async def toast(self, query_id: str, answer: str | Visit | None) -> None:
        """Answer a press, best effort: «query is too old» is success."""
        text, url = (answer, None) if not isinstance(answer, Visit) else (None, self._link(answer))
        try:
            await self._bot.answer_callback_query(query_id, text=text, url=url)
        except TelegramAPIError:
            return

    def _link(self, visit: Visit) -> str:
        """Telegram opens nothing else for a press than the bot's own chat."""
        return f"https://t.me/{self._name}?start={visit.start}"

    async def _send_upload(self, chat_id: str, message: Rendered, upload: Upload) -> Outcome:
        about = {
            "chat_id": int(chat_id),
            "message_thread_id": _thread(message),
            "caption": _text(message, chat_id) or None,
            "parse_mode": "HTML" if message.markup else None,
            "disable_notification": message.silent or None,
            "reply_parameters": _reply(message),
            upload.kind: BufferedInputFile(upload.content, upload.name),
        }
        sent = await self._bot(_ALONE[upload.kind](**about))
        return Sent((str(sent.message_id),))

    async def leave(self, chat_id: str, message: Rendered) -> Outcome:
        """Say a last word where we may, and leave the group."""
        if message.text:
            said = await self.send(chat_id, message)
            if isinstance(said, Wait | Failed | Moved):
                return said

        async def call() -> Outcome:
            await self._bot.leave_chat(int(chat_id))
            return Left()

        outcome = await outcome_of(call)
        return Left() if isinstance(outcome, Refused | Unreachable) else outcome

    async def _send_media(self, chat_id: str, message: Rendered) -> Outcome:
        """Every batch of the files; what one refuses does not keep the others."""
        ids: list[str] = []
        files, refused = 0, None
        for batch in batches(message.media):
            outcome = await outcome_of(partial(self._send_batch, chat_id, message, batch))
            if isinstance(outcome, Sent):
                ids += outcome.ids
            elif isinstance(outcome, Refused):
                refused = outcome
            else:
                return Partly(tuple(ids), files, outcome) if files else outcome
            files += len(batch)
        if refused is not None:
            return Partly(tuple(ids), files, refused)
        return Sent(tuple(ids))

    async def _send_batch(
        self, chat_id: str, message: Rendered, batch: tuple[Media, ...]
    ) -> Outcome:
        about = {
            "chat_id": int(chat_id),
            "message_thread_id": _thread(message),
            "disable_notification": message.silent or None,
            "reply_parameters": _reply(message),
        }
        if len(batch) > 1:
            items = [_IN_ALBUM[f.kind](media=f.file_id) for f in batch]
            album = await self._bot.send_media_group(media=items, **about)
            return Sent(tuple(str(m.message_id) for m in album))
        file = batch[0]
        one = await self._bot(_ALONE[file.kind](**{file.kind: file.file_id}, **about))
        return Sent((str(one.message_id),))


def _text(message: Rendered, chat_id: str) -> str:
    here = f"https://t.me/c/{chat_id.removeprefix('-100')}/"
    text = message.text.replace('<a href="user:', '<a href="tg://user?id=')
    return text.replace('<a href="message:', f'<a href="{here}')


def _thread(message: Rendered) -> int | None:
    return int(message.thread) if message.thread is not None else None


def _reply(message: Rendered) -> ReplyParameters | None:
    if message.reply_to is None:
        return None
    # The card may have been deleted by hand: the words must get through all the same.
    return ReplyParameters(message_id=int(message.reply_to), allow_sending_without_reply=True)


_Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply


def _markup(message: Rendered) -> _Markup | None:
    if message.reply_buttons:
        return ReplyKeyboardMarkup(
            keyboard=[[_reply_button(b) for b in row] for row in message.reply_buttons],
            one_time_keyboard=True,
            resize_keyboard=True,
            input_field_placeholder=message.placeholder,
        )
    if message.drop_keyboard:
        return ReplyKeyboardRemove(remove_keyboard=True)
    if message.placeholder is not None:
        return ForceReply(selective=True, input_field_placeholder=message.placeholder)
    return _keyboard(message) if message.buttons else None


def _keyboard(message: Rendered) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[_button(b) for b in row] for row in message.buttons if row]
    )


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=button.text, callback_data=button.data, url=button.url)


def _reply_button(button: ReplyButton) -> KeyboardButton:
    return KeyboardButton(text=button.text, request_location=button.location or None)
