"""Methods that change what was sent, and the answer to a press."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import START_PARAMETER, check_markup
from bot.sandbox.markup import utf16_len
from bot.sandbox.outcome import Outcome, Params
from bot.sandbox.rooms import Posted, Room
from bot.sandbox.texts import message_text
from bot.sandbox.town import Town

MAX_TOAST = 200
DELETABLE_FOR = timedelta(hours=48)


async def edit_message_text(town: Town, params: Params) -> Outcome:
    """editMessageText: without `reply_markup` the keyboard goes away, as in Telegram."""
    room, posted = _target(town, params)
    if "text" not in posted.data:
        raise bad_request("there is no text in the message to edit")
    content = message_text(params)
    if "link_preview_options" in params:
        content["link_preview_options"] = params["link_preview_options"]
    return _changed(town, room, posted, params, content)


async def edit_message_reply_markup(town: Town, params: Params) -> Outcome:
    """editMessageReplyMarkup."""
    room, posted = _target(town, params)
    return _changed(town, room, posted, params, None)


async def delete_message(town: Town, params: Params) -> Outcome:
    """deleteMessage: its own for 48 hours; in a group of its own administration, others' too."""
    room = town.writable(params["chat_id"])
    posted = room.messages.get(params["message_id"])
    if posted is None:
        raise bad_request("message to delete not found")
    own = posted.data["from"]["id"] == town.bot["id"]
    admin = room.bot_status == "administrator"
    if not (own or room.private or admin):
        raise bad_request("message can't be deleted")
    age = town.clock.now().timestamp() - posted.data["date"]
    if age > DELETABLE_FOR.total_seconds() and not admin:
        raise bad_request("message can't be deleted for everyone")
    del room.messages[params["message_id"]]
    return Outcome(True, f"message {params['message_id']} deleted in {room.id}")


async def answer_callback_query(town: Town, params: Params) -> Outcome:
    """answerCallbackQuery: once per press."""
    text = params.get("text", "")
    if utf16_len(text) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    query = town.queries.get(params["callback_query_id"])
    if query is None or query.answered:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    url = params.get("url")
    if url is not None and not _opens_the_bot(town, url):
        raise bad_request("URL_INVALID")
    query.answered, query.text, query.url = True, text or None, url
    return Outcome(True, f"press of {query.user_id} answered")


def _opens_the_bot(town: Town, url: str) -> bool:
    """Without a game a press opens nothing but the bot's own chat with a start parameter."""
    prefix = f"https://t.me/{town.bot['username']}?start="
    return url.startswith(prefix) and bool(START_PARAMETER.fullmatch(url.removeprefix(prefix)))


def _target(town: Town, params: Params) -> tuple[Room, Posted]:
    if "chat_id" not in params or "message_id" not in params:
        raise bad_request("message identifier is not specified")
    room = town.writable(params["chat_id"])
    posted = room.messages.get(params["message_id"])
    if posted is None:
        raise bad_request("message to edit not found")
    plain_keyboard = posted.markup is not None and "inline_keyboard" not in posted.markup
    if posted.data["from"]["id"] != town.bot["id"] or plain_keyboard:
        raise bad_request("message can't be edited")
    check_markup(params.get("reply_markup"), private=room.private)
    return room, posted


def _changed(
    town: Town, room: Room, posted: Posted, params: Params, content: dict[str, Any] | None
) -> Outcome:
    markup = _or_none(params.get("reply_markup"))
    if content is not None:
        same = all(posted.data.get(k) == content.get(k) for k in ("text", "entities"))
    else:
        same = True
    if same and markup == _or_none(posted.markup):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are "
            "exactly the same as a current content and reply markup of the message"
        )
    if content is not None:
        posted.data.pop("entities", None)
        posted.data |= content
        posted.source = params["text"]
    posted.data.pop("reply_markup", None)
    if markup is not None:
        posted.data["reply_markup"] = markup
    posted.markup = markup
    posted.data["edit_date"] = int(town.clock.now().timestamp())
    town.changed.fire()
    return Outcome(
        deepcopy(posted.data), f"message {posted.data['message_id']} edited in {room.id}"
    )


def _or_none(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """An inline keyboard without buttons is no keyboard."""
    return markup if markup and any(markup["inline_keyboard"]) else None
