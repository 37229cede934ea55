"""An answer that waits for a second pair of eyes: where its card stands, and who can look at it."""

from __future__ import annotations

from services import checklist, substitutes
from services.desk import Desk
from services.model import Answer, AnswerState, Appeal, Chat, Purpose, Role
from services.notices import Kind
from services.notify.people import address, in_chat


async def quality(desk: Desk, appeal: Appeal, answer: Answer) -> None:
    """Put the answer's card up where it can be checked, or bring every one that stands up to date.

    Nobody checks his own: with no other checker within reach the duty officer has it as well
    (domain.md §1, «Who decides»).
    """
    for chat in await _chats(desk, appeal, answer):
        await _in(desk, chat, appeal, answer)


async def _chats(desk: Desk, appeal: Appeal, answer: Answer) -> list[Chat]:
    bound = await desk.uow.people.chat_for(Purpose.QUALITY)
    triage = await desk.uow.people.chat_for(Purpose.TRIAGE)
    chats = [bound] if bound is not None else []
    waits = answer.state is AnswerState.REVIEW
    unchecked = bound is None or (waits and not await _another_checker(desk, answer))
    standing = await desk.uow.screens.of_appeal(appeal.id, Kind.QUALITY)
    shown = {p.chat_id for p in standing if (p.anchor or "").startswith(f"quality:{answer.id}:")}
    if triage is not None and (unchecked or triage.external_id in shown):
        chats.append(triage)
    return chats


async def _another_checker(desk: Desk, answer: Answer) -> bool:
    for person_id in await substitutes.responsible(desk, None, Role.QC):
        if person_id != answer.author_id and await address(desk, person_id) is not None:
            return True
    return False


async def _in(desk: Desk, chat: Chat, appeal: Appeal, answer: Answer) -> None:
    here = f"{answer.id}:{chat.external_id}"
    await in_chat(
        desk,
        chat,
        Kind.QUALITY,
        appeal=appeal,
        anchor=f"quality:{here}",
        coalesce=True,
        answer=answer.id,
    )
    await in_chat(
        desk,
        chat,
        Kind.CHECK_LATE,
        appeal=appeal,
        key=f"check_late:{here}",
        at=checklist.check_by(desk.town, appeal, answer),
        answer=answer.id,
    )
    if await desk.uow.appeals.attachments_of(appeal.id, answer_id=answer.id):
        # The checker vouches for the photo «after»: he must see it.
        await in_chat(
            desk, chat, Kind.MEDIA, appeal=appeal, key=f"checked_media:{here}", answer=answer.id
        )
