"""/invite ROLE [SCOPE] in private."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.receive.scene import Scene
from services import directory, notify
from services.errors import DomainError
from services.notices import Kind

router = Router(name="admin.invitations")


@router.message(Command("invite"))
async def invite(_message: Message, command: CommandObject, scene: Scene) -> None:
    """A one-time link that gives a role."""
    if not scene.private:
        raise DomainError("invite_in_private")
    words = (command.args or "").split()
    if not words:
        raise DomainError("invite_role_needed", roles=directory.role_codes())
    invitation, token = await directory.invite(
        scene.desk,
        actor=scene.known.actor,
        role=words[0],
        scope=words[1] if len(words) > 1 else None,
    )
    await notify.in_private(
        scene.desk,
        scene.known.person.id,
        Kind.INVITATION,
        role=invitation.role,
        scope=invitation.scope,
        token=token,
        until=invitation.expires_at.isoformat(),
    )
