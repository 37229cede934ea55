"""Methods about the bot itself, chats and files."""

import re
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.media import MAX_DOWNLOAD
from bot.sandbox.members import member_info
from bot.sandbox.outcome import Outcome, Params
from bot.sandbox.town import Town

MAX_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_NO_GIFTS = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    False,
)


async def get_me(town: Town, params: Params) -> Outcome:
    """getMe."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }
    return Outcome(town.bot | abilities)


async def get_chat(town: Town, params: Params) -> Outcome:
    """getChat."""
    room = town.writable(params["chat_id"])
    more: dict[str, Any] = {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": _NO_GIFTS,
    }
    if not room.private:
        more["permissions"] = {"can_send_messages": True, "can_send_photos": True}
    return Outcome(room.chat | more)


async def get_chat_member(town: Town, params: Params) -> Outcome:
    """getChatMember."""
    room = town.writable(params["chat_id"])
    user_id = params["user_id"]
    if user_id == town.bot["id"]:
        return Outcome(member_info(town.bot, room.bot_status, room.denied))
    if user_id not in town.users:
        raise bad_request("user not found")
    status = room.members.get(user_id, "left")
    return Outcome(member_info(town.users[user_id], status))


async def create_forum_topic(town: Town, params: Params) -> Outcome:
    """createForumTopic: for an administrator with the right to it, in a forum."""
    room = town.writable(params["chat_id"])
    if not room.chat.get("is_forum"):
        raise bad_request("the chat is not a forum")
    if room.bot_status != "administrator" or "can_manage_topics" in room.denied:
        raise bad_request("not enough rights to create a topic")
    if not 1 <= len(params["name"]) <= 128:
        raise bad_request("TOPIC_TITLE_INVALID")
    posted = town.add_topic(room, params["name"], town.bot)
    thread = posted.data["message_thread_id"]
    return Outcome(
        {"message_thread_id": thread, "name": params["name"], "icon_color": 7322096},
        f"topic {thread} in {room.id}",
    )


async def leave_chat(town: Town, params: Params) -> Outcome:
    """leaveChat."""
    room = town.writable(params["chat_id"])
    if room.private:
        raise bad_request("chat member status can't be changed in private chats")
    room.bot_status = "left"
    town.changed.fire()
    return Outcome(True, f"left {room.id}")


async def get_file(town: Town, params: Params) -> Outcome:
    """getFile: bots may download up to 20 MB."""
    stored = town.files.get(params["file_id"])
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return Outcome(stored.described(file_path=stored.path))


async def set_my_commands(town: Town, params: Params) -> Outcome:
    """setMyCommands, kept per scope and language in `town.commands`."""
    commands = params["commands"]
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    scope = params.get("scope", {"type": "default"})
    parts = [scope["type"], scope.get("chat_id"), scope.get("user_id")]
    parts.append(params.get("language_code") or None)
    key = ":".join(str(part) for part in parts if part is not None)
    town.commands[key] = commands
    return Outcome(True, f"{len(commands)} commands for {key}")
