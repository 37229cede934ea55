"""Rendered → Bot API calls, and the API's errors → outcomes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import (
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.delivery.outcomes import (
    BrokenMarkup,
    Edited,
    Failed,
    Gone,
    Moved,
    Outcome,
    Refused,
    Removed,
    Sent,
    Unreachable,
    Wait,
)
from bot.views.rendered import Button, Media, Rendered, ReplyButton, Upload

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_GONE = ("message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID")


class TelegramChannel:
    """Sends and edits through aiogram's Bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, chat_id: str, message: Rendered) -> Outcome:
        """A text with buttons, or files."""

        async def call() -> Outcome:
            if message.media:
                return Sent(await self._send_media(chat_id, message))
            if message.upload is not None:
                return Sent(await self._send_upload(chat_id, message, message.upload))
            sent = await self._bot.send_message(
                chat_id=int(chat_id),
                text=_text(message),
                parse_mode="HTML" if message.markup else None,
                link_preview_options=_NO_PREVIEW,
                disable_notification=message.silent or None,
                reply_parameters=_reply(message),
                reply_markup=_markup(message),
            )
            return Sent((str(sent.message_id),))

        return await _outcome(call)

    async def edit(self, chat_id: str, message_id: str, message: Rendered) -> Outcome:
        """New text and buttons of a standing message."""

        async def call() -> Outcome:
            await self._bot.edit_message_text(
                chat_id=int(chat_id),
                message_id=int(message_id),
                text=_text(message),
                parse_mode="HTML" if message.markup else None,
                link_preview_options=_NO_PREVIEW,
                reply_markup=_keyboard(message) if message.buttons else None,
            )
            return Edited()

        return await _outcome(call)

    async def remove(self, chat_id: str, message_id: str) -> Outcome:
        """Delete a message of ours; one that is gone or too old for it counts as removed."""

        async def call() -> Outcome:
            await self._bot.delete_message(chat_id=int(chat_id), message_id=int(message_id))
            return Removed()

        outcome = await _outcome(call)
        return Removed() if isinstance(outcome, Refused | Gone) else outcome

    async def toast(self, query_id: str, text: str | None) -> None:
        """Answer a press, best effort: «query is too old» is success."""
        try:
            await self._bot.answer_callback_query(query_id, text=text)
        except TelegramAPIError:
            return

    async def _send_upload(
        self, chat_id: str, message: Rendered, upload: Upload
    ) -> tuple[str, ...]:
        sent = await self._bot.send_document(
            chat_id=int(chat_id),
            document=BufferedInputFile(upload.content, upload.name),
            caption=_text(message) or None,
            parse_mode="HTML" if message.markup else None,
            disable_notification=message.silent or None,
            reply_parameters=_reply(message),
        )
        return (str(sent.message_id),)

    async def _send_media(self, chat_id: str, message: Rendered) -> tuple[str, ...]:
        ids: list[str] = []
        for kind in ("photo", "document"):
            files = [m for m in message.media if m.kind == kind]
            for start in range(0, len(files), 10):
                ids += await self._send_files(chat_id, message, files[start : start + 10])
        return tuple(ids)

    async def _send_files(self, chat_id: str, message: Rendered, files: list[Media]) -> list[str]:
        about = {
            "chat_id": int(chat_id),
            "disable_notification": message.silent or None,
            "reply_parameters": _reply(message),
        }
        if len(files) > 1:
            kind = InputMediaPhoto if files[0].kind == "photo" else InputMediaDocument
            album = await self._bot.send_media_group(
                media=[kind(media=f.file_id) for f in files], **about
            )
            return [str(m.message_id) for m in album]
        one: Message
        if files[0].kind == "photo":
            one = await self._bot.send_photo(photo=files[0].file_id, **about)
        else:
            one = await self._bot.send_document(document=files[0].file_id, **about)
        return [str(one.message_id)]


def _text(message: Rendered) -> str:
    return message.text.replace('<a href="user:', '<a href="tg://user?id=')


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


async def _outcome(call: Callable[[], Awaitable[Outcome]]) -> Outcome:
    try:
        return await call()
    except TelegramRetryAfter as error:
        return Wait(error.retry_after)
    except TelegramMigrateToChat as error:
        return Moved(str(error.migrate_to_chat_id))
    except TelegramForbiddenError as error:
        return Unreachable(error.message)
    except (TelegramNetworkError, TelegramServerError) as error:
        return Failed(str(error))
    except TelegramBadRequest as error:
        if "message is not modified" in error.message:
            return Edited()
        if any(text in error.message for text in _GONE):
            return Gone()
        if "can't parse entities" in error.message:
            return BrokenMarkup(error.message)
        return Refused(error.message)
    except TelegramAPIError as error:
        return Refused(error.message)
