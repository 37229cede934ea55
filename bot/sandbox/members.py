"""Who is in which chat: people, groups, the bot's standing; blocking, kicking, migration."""

import itertools
from typing import Any

from bot.sandbox.rooms import Chat, Posted, Room, User
from bot.sandbox.town import Town

_FIRST_USER = 1001
_FIRST_GROUP = -4001
_FIRST_SUPERGROUP = -1_001_000_000_001


class MemberMoves:
    """The part of the world about people coming and going."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._user_ids = itertools.count(_FIRST_USER)
        self._group_ids = itertools.count(_FIRST_GROUP, -1)
        self._supergroup_ids = itertools.count(_FIRST_SUPERGROUP, -1)

    def add_user(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str = "ru",
        id: int | None = None,  # noqa: A002
    ) -> User:
        """A person with a private chat in which nobody has written yet."""
        names = {"first_name": first_name, "last_name": last_name, "username": username}
        known = {key: value for key, value in names.items() if value is not None}
        user_id = _free(self.town.users, self._user_ids, id)
        user: User = {"id": user_id, "is_bot": False} | known | {"language_code": language_code}
        chat: Chat = {"id": user_id, "type": "private"} | known
        self.town.users[user_id] = user
        self.town.rooms[user_id] = Room(chat, {user_id: "member"}, opened=False)
        return dict(user)

    def add_group(
        self,
        title: str,
        *,
        members: list[User],
        forum: bool = False,
        supergroup: bool = True,
        id: int | None = None,  # noqa: A002
        bot_admin: bool = True,
    ) -> Chat:
        """A group that was there before, with the bot in it: no update about joining comes."""
        ids = self._supergroup_ids if supergroup or forum else self._group_ids
        kind = "supergroup" if supergroup or forum else "group"
        chat: Chat = {"id": _free(self.town.rooms, ids, id), "type": kind, "title": title}
        if forum:
            chat["is_forum"] = True
        statuses = {user["id"]: "member" for user in members}
        standing = "administrator" if bot_admin else "member"
        self.town.rooms[chat["id"]] = Room(chat, statuses, standing)
        return dict(chat)

    def add_member(self, chat_id: int, user: User, status: str = "member") -> None:
        """Let a person into a group, or change his status there."""
        self._room(chat_id).members[user["id"]] = status

    def remove_member(self, chat_id: int, user: User) -> None:
        """A person leaves a group."""
        self._room(chat_id).members.pop(user["id"], None)

    def add_topic(self, chat_id: int, title: str, user: User | None = None) -> int:
        """A new topic of a forum; its thread id."""
        room = self._room(chat_id)
        if not room.chat.get("is_forum"):
            raise ValueError(f"chat {chat_id} isn't a forum")
        content = {"forum_topic_created": {"name": title, "icon_color": 7322096}}
        posted = self.town.store(room, user or self.town.bot, content)
        thread = int(posted.data["message_id"])
        posted.data |= {"message_thread_id": thread, "is_topic_message": True}
        room.topics[thread] = title
        return thread

    def delete_topic(self, chat_id: int, thread: int) -> None:
        """Delete a topic with everything in it."""
        room = self._room(chat_id)
        del room.topics[thread]
        for message_id, posted in list(room.messages.items()):
            if posted.data.get("message_thread_id") == thread:
                del room.messages[message_id]
        self.town.changed.fire()

    def block(self, user: User) -> None:
        """A person stops the bot."""
        room = self._room(user["id"])
        room.blocked = True
        self._tell_standing(room, user, "member", "kicked")

    def unblock(self, user: User) -> None:
        """A person lets the bot write again."""
        room = self._room(user["id"])
        room.blocked = False
        self._tell_standing(room, user, "kicked", "member")

    def set_bot_status(self, chat_id: int, status: str, by: User) -> None:
        """Make the bot «administrator», «member», «left» or «kicked» in a group."""
        room = self._room(chat_id)
        before, room.bot_status = room.bot_status, status
        self._tell_standing(room, by, before, status)

    def upgrade_group(self, chat_id: int) -> int:
        """A basic group becomes a supergroup: its new id."""
        old = self._room(chat_id)
        if old.chat["type"] != "group":
            raise ValueError("only a basic group is upgraded: add_group(supergroup=False)")
        new_id = _free(self.town.rooms, self._supergroup_ids, None)
        chat = old.chat | {"id": new_id, "type": "supergroup"}
        new = self.town.rooms[new_id] = Room(chat, dict(old.members), old.bot_status)
        sender = self.town.users[next(iter(old.members))] if old.members else self.town.bot
        left = self.town.store(old, sender, {"migrate_to_chat_id": new_id})
        come = self.town.store(new, sender, {"migrate_from_chat_id": chat_id})
        for posted in (left, come):
            self.town.tell_bot("message", posted.data)
        old.moved_to = new_id
        return new_id

    def _room(self, chat_id: int) -> Room:
        try:
            return self.town.rooms[chat_id]
        except KeyError:
            raise LookupError(f"no chat {chat_id} in the town") from None

    def _posted(self, room: Room, message_id: int) -> Posted:
        try:
            return room.messages[message_id]
        except KeyError:
            raise LookupError(f"no message {message_id} in chat {room.id}") from None

    def _tell_standing(self, room: Room, by: User, before: str, after: str) -> None:
        update: dict[str, Any] = {
            "chat": room.chat,
            "from": by,
            "date": int(self.town.clock.now().timestamp()),
            "old_chat_member": member_info(self.town.bot, before),
            "new_chat_member": member_info(self.town.bot, after),
        }
        self.town.tell_bot("my_chat_member", update)


def member_info(user: User, status: str) -> dict[str, Any]:
    """A ChatMember object of Telegram."""
    info: dict[str, Any] = {"status": status, "user": dict(user)}
    if status == "kicked":
        return info | {"until_date": 0}
    if status == "creator":
        return info | {"is_anonymous": False}
    if status == "administrator":
        return info | _RIGHTS
    return info


_RIGHTS = dict.fromkeys(
    (
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
        "can_pin_messages",
        "can_manage_topics",
        "can_send_welcome_messages",
    ),
    True,
) | {"can_be_edited": False, "is_anonymous": False, "can_promote_members": False}


def _free(taken: dict[int, Any], ids: "itertools.count[int]", wanted: int | None) -> int:
    """The wanted id, else the next one nobody has."""
    if wanted is None:
        return next(number for number in ids if number not in taken)
    if wanted in taken:
        raise ValueError(f"id {wanted} is taken")
    return wanted
