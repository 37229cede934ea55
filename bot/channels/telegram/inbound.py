"""Telegram's raw updates: which chat they belong to, who sent them, what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.i18n import supported
from services.copies import Copy
from services.wire import Author, File, Message
from storage.arrivals import Incoming

CHANNEL = "telegram"
_FILES = ("animation", "video", "voice", "audio", "video_note", "document")
"""In this order: an animation comes with a twin document."""
_SERVICE = frozenset(
    (
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "new_chat_photo",
        "delete_chat_photo",
        "message_auto_delete_timer_changed",
        "pinned_message",
        "users_shared",
        "chat_shared",
        "connected_website",
        "write_access_allowed",
        "proximity_alert_triggered",
        "boost_added",
        "chat_background_set",
    )
)
"""What the messenger says about a chat: nobody waits for an answer to it."""
UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
"""What we ask the messenger for, explicitly."""


def incoming(update: dict[str, Any], bot_id: str) -> Incoming:
    """The inbox row of a raw update."""
    body = _body(update)
    group = body.get("media_group_id") if "message" in update else None
    chat = _chat(update)
    return Incoming(
        channel=CHANNEL,
        bot_id=bot_id,
        update_id=int(update["update_id"]),
        chat_key=f"{CHANNEL}:{chat.get('id', 0)}",
        payload=update,
        group_key=f"{CHANNEL}:{chat.get('id')}:{group}" if group else None,
    )


def kind(update: dict[str, Any]) -> str:
    """What sort of update it is, of those that we ask for."""
    return next((name for name in UPDATES if name in update), "other")


def _body(update: dict[str, Any]) -> dict[str, Any]:
    return next((v for k, v in update.items() if k != "update_id" and isinstance(v, dict)), {})


def _chat(update: dict[str, Any]) -> dict[str, Any]:
    body = _body(update)
    holder = body.get("message", body) if "callback_query" in update else body
    found: dict[str, Any] = holder.get("chat", {})
    return found


def chat_id(update: dict[str, Any]) -> str:
    """The chat an update happened in."""
    return str(_chat(update).get("id", ""))


def is_private(update: dict[str, Any]) -> bool:
    """True in a one-to-one chat with the bot."""
    return _chat(update).get("type") == "private"


def author(update: dict[str, Any]) -> Author | None:
    """The person behind an update; None for channels and anonymous posts of bots."""
    user = _body(update).get("from")
    if user is None or user.get("is_bot"):
        return None
    return Author(
        channel=CHANNEL,
        external_id=str(user["id"]),
        first_name=user.get("first_name") or "—",
        locale=supported(user.get("language_code")),
    )


def is_words(update: dict[str, Any]) -> bool:
    """Somebody wrote or corrected something; no press, no news of members."""
    return "message" in update or "edited_message" in update


def words(update: dict[str, Any]) -> str:
    """What a new message says; empty for everything else."""
    return _text(update.get("message") or {})


def _text(body: dict[str, Any]) -> str:
    # PostgreSQL takes no NUL, and no messenger means one.
    return (body.get("text") or body.get("caption") or "").replace("\x00", "")


def pressed_message(update: dict[str, Any]) -> str | None:
    """The id of the message whose button was pressed."""
    message = update.get("callback_query", {}).get("message")
    return str(message["message_id"]) if message else None


def message(update: dict[str, Any], by: Author) -> Message:
    """One message in neutral words."""
    body = update.get("message") or update["edited_message"]
    reply = _replied(body)
    venue = body.get("venue", {})
    place = body.get("location") or venue.get("location")
    thread = body.get("message_thread_id")
    return Message(
        channel=CHANNEL,
        external_id=str(body["message_id"]),
        author=by,
        chat=str(body["chat"]["id"]),
        sent_at=datetime.fromtimestamp(body["date"], UTC),
        text=_text(body),
        attachments=_files(body),
        place=(place["latitude"], place["longitude"]) if place else None,
        contact=body.get("contact", {}).get("phone_number"),
        reply_to=str(reply["message_id"]) if reply else None,
        thread=str(thread) if thread is not None else None,
        group=body.get("media_group_id"),
        anonymous="sender_chat" in body,
        venue=", ".join(filter(None, (venue.get("title"), venue.get("address")))) or None,
    )


def touched(update: dict[str, Any], bot_id: str) -> Copy | None:
    """Our own message that was pressed or replied to, as it stands in the update."""
    pressed = update.get("callback_query", {}).get("message")
    body = pressed or _replied(update.get("message") or update.get("edited_message") or {})
    if not body.get("date") or str(body.get("from", {}).get("id")) != bot_id:
        # The messenger shows no more of an old message than its id and a date of 0.
        return None
    rows = body.get("reply_markup", {}).get("inline_keyboard", [])
    return Copy(
        channel=CHANNEL,
        chat=str(body["chat"]["id"]),
        external_id=str(body["message_id"]),
        text=body.get("text") or body.get("caption") or "",
        buttons=tuple(b["callback_data"] for row in rows for b in row if "callback_data" in b),
        at=datetime.fromtimestamp(body["date"], UTC),
    )


def _replied(body: dict[str, Any]) -> dict[str, Any]:
    """What the message replies to. In a forum plain talk «replies» to what opened the topic."""
    reply: dict[str, Any] = body.get("reply_to_message") or {}
    return {} if "forum_topic_created" in reply else reply


def _files(body: dict[str, Any]) -> tuple[File, ...]:
    if body.get("photo"):
        largest = body["photo"][-1]
        return (File("photo", largest["file_id"], largest.get("file_size")),)
    for kind in _FILES:
        if kind in body:
            return (File(kind, body[kind]["file_id"], body[kind].get("file_size")),)
    return ()


def names_nobody(update: dict[str, Any]) -> str | None:
    """The id of a group's message to us that hides its author: a command, or a reply to the bot."""
    body = update.get("message") or {}
    if "sender_chat" not in body or body.get("chat", {}).get("type") == "private":
        return None
    to_bot = _replied(body).get("from", {}).get("is_bot")
    command = str(body.get("text", "")).startswith("/")
    return str(body["message_id"]) if command or to_bot else None


def is_for_us(update: dict[str, Any]) -> bool:
    """A group's talk is not ours to know: only commands, replies to the bot, presses are.

    Nor is what the messenger itself says in a chat.
    """
    body = _body(update)
    if not _SERVICE.isdisjoint(body):
        return False
    if is_private(update) or "callback_query" in update or "my_chat_member" in update:
        return True
    to_bot = _replied(body).get("from", {}).get("is_bot")
    return bool(to_bot) or str(body.get("text", "")).startswith("/") or "edit_date" in body


def joined(messages: list[Message]) -> Message:
    """The items of an album as one message: the first non-empty caption, every file."""
    first = min(messages, key=lambda m: int(m.external_id))
    return replace(
        first,
        text=next((m.text for m in messages if m.text), ""),
        attachments=tuple(f for m in messages for f in m.attachments),
        reply_to=next((m.reply_to for m in messages if m.reply_to), None),
    )
