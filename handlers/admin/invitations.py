"""/invite ROLE [SCOPE] [TERM AND ACT] in private."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.receive.scene import Scene
from services import directory, notify, terms
from services.errors import DomainError
from services.notices import Kind

router = Router(name="admin.invitations")


@router.message(Command("invite"))
async def invite(_message: Message, command: CommandObject, scene: Scene) -> None:
    """A one-time link that gives a role."""
    if not scene.private:
        raise DomainError("invite_in_private")
    words, about = terms.split((command.args or "").split())
    if not words:
        raise DomainError("invite_role_needed", roles=directory.role_codes())
    desk = scene.desk
    term = terms.read(about, desk.town.calendar.zone, now=desk.now) if about else None
    invitation, token = await directory.invite(
        desk,
        actor=scene.known.actor,
        role=words[0],
        scope=words[1] if len(words) > 1 else None,
        term=term,
    )
    await notify.in_private(
        desk,
        scene.known.person.id,
        Kind.INVITATION,
        role=invitation.role,
        scope=invitation.scope,
        token=token,
        until=invitation.expires_at.isoformat(),
        ends=invitation.until.isoformat() if invitation.until else None,
        act=invitation.act,
    )
