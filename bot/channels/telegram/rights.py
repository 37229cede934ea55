"""What the bot lacks in a group, in our words (services/binding.RIGHTS)."""

from __future__ import annotations

from aiogram.types import (
    ChatMemberAdministrator,
    ChatMemberMember,
    ChatMemberRestricted,
    ChatPermissions,
)
from aiogram.types import ChatMemberOwner as Owner

from services.binding import RIGHTS


def missing_rights(
    me: object, permissions: ChatPermissions | None, *, forum: bool
) -> tuple[str, ...]:
    """The rights that `me` has not got in a chat with these permissions for everybody.

    Administrators may always write; topics are needed in a forum only.
    """
    had = {"topics"} if not forum else set()
    match me:
        case Owner():
            had |= set(RIGHTS)
        case ChatMemberAdministrator():
            had |= {"send", "photos"}
            had |= {"delete"} if me.can_delete_messages else set()
            had |= {"topics"} if me.can_manage_topics else set()
        case ChatMemberRestricted():
            had |= {"send"} if me.can_send_messages else set()
            had |= {"photos"} if me.can_send_photos else set()
        case ChatMemberMember():
            had |= _given(permissions)
    return tuple(right for right in RIGHTS if right not in had)


def _given(permissions: ChatPermissions | None) -> set[str]:
    if permissions is None:
        return {"send", "photos"}
    had = {"send"} if permissions.can_send_messages is not False else set()
    return had | ({"photos"} if permissions.can_send_photos is not False else set())
