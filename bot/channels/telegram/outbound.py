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

from bot.channels.telegram.rights import missing_rights
from bot.delivery.outcomes import (
    BrokenMarkup,
    Edited,
    Failed,
    Gone,
    Inspected,
    Moved,
    Muted,
    Outcome,
    Refused,
    Removed,
    Sent,
    TopicGone,
    Unreachable,
    Wait,
)
from bot.views.rendered import Button, Media, Rendered, ReplyButton, Upload
from bot.views.toasts import Visit

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_BROKEN = ("can't parse entities",)
_MUTED = ("not enough rights to send", "CHAT_WRITE_FORBIDDEN", "have no rights to send")
_NO_TOPIC = ("message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED")
_GONE = ("message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID")


class TelegramChannel:
    """Sends and edits through aiogram's Bot."""

    def __init__(self, bot: Bot, name: str) -> None:
        self._bot = bot
        self._name = name

    async def send(self, chat_id: str, message: Rendered) -> Outcome:
        """A text with buttons, or files."""

        async def call() -> Outcome:
            if message.media:
                return Sent(await self._send_media(chat_id, message))
            if message.upload is not None:
                return Sent(await self._send_upload(chat_id, message, message.upload))
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

        return await _outcome(call)

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

        return await _outcome(call)

    async def remove(self, chat_id: str, message_id: str) -> Outcome:
        """Delete a message of ours; one that is gone or too old for it counts as removed."""

        async def call() -> Outcome:
            await self._bot.delete_message(chat_id=int(chat_id), message_id=int(message_id))
            return Removed()

        outcome = await _outcome(call)
        return Removed() if isinstance(outcome, Refused | Gone) else outcome

    async def rights(self, chat_id: str) -> Outcome:
        """What the bot lacks in a group."""

        async def call() -> Outcome:
            chat = await self._bot.get_chat(int(chat_id))
            me = await self._bot.get_chat_member(chat_id=int(chat_id), user_id=self._bot.id)
            forum = bool(chat.is_forum)
            return Inspected(missing_rights(me, chat.permissions, forum=forum), forum)

        return await _outcome(call)

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

    async def _send_upload(
        self, chat_id: str, message: Rendered, upload: Upload
    ) -> tuple[str, ...]:
        sent = await self._bot.send_document(
            chat_id=int(chat_id),
            document=BufferedInputFile(upload.content, upload.name),
            message_thread_id=_thread(message),
            caption=_text(message, chat_id) or None,
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
            "message_thread_id": _thread(message),
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
        return _refusal(error.message)
    except TelegramAPIError as error:
        return Refused(error.message)


def _refusal(why: str) -> Outcome:
    """What a 400 means, by its words: the API has no codes for them."""
    if "message is not modified" in why:
        return Edited()
    for texts, outcome in (
        (_GONE, Gone()),
        (_MUTED, Muted(why)),
        (_NO_TOPIC, TopicGone(why)),
        (_BROKEN, BrokenMarkup(why)),
    ):
        if any(text in why for text in texts):
            return outcome
    return Refused(why)
