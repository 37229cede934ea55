"""Is this button really on this message, and may this person press it?"""

from __future__ import annotations

from services.desk import Desk
from services.errors import DomainError
from services.model import Appeal, AppealId, Chat, Person, PersonId, Posted, Purpose


async def verify(
    desk: Desk,
    *,
    presser: PersonId,
    posted: Posted | None,
    bound: Chat | None,
    chat: str,
    appeal_id: AppealId | None,
) -> None:
    """Compare a press with what stands in the chat.

    A list is about no case, and a message that we have no record of may be the second copy of one
    (a crash between send and record): there the case must belong to the chat. `appeal_id` is None
    for a button about no case. Raises DomainError(«forged», «others_menu»).
    """
    if posted is not None:
        if posted.owner_id is not None and posted.owner_id != presser:
            await _others(desk, posted.owner_id)
        if posted.appeal_id is not None and posted.appeal_id == appeal_id:
            return
        if posted.appeal_id is not None and appeal_id is not None:
            raise DomainError("forged")
    if appeal_id is None:
        return
    appeal = await desk.uow.get(Appeal, appeal_id)
    if appeal is None or not _belongs(appeal, bound, chat):
        raise DomainError("forged")


async def _others(desk: Desk, owner: PersonId) -> None:
    person = await desk.uow.need(Person, owner)
    raise DomainError("others_menu", name=person.first_name)


def _belongs(appeal: Appeal, bound: Chat | None, chat: str) -> bool:
    if bound is None:
        return appeal.chat_id == chat
    return bound.purpose is not Purpose.BLOCK or bound.block == appeal.block
