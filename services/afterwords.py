"""Words after a verdict: a remark to the answer, and what «Частично» left undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from services import cases, dialogs, feedback, intake, joining, notify
from services.desk import Desk, use_case
from services.errors import OutOfDate
from services.model import (
    Answer,
    AnswerId,
    Appeal,
    AppealId,
    Dialog,
    Outcome,
    Rating,
    SaidAs,
    Utterance,
)
from services.notices import Kind
from services.wire import Message

if TYPE_CHECKING:
    from services.directory import Known


@use_case
async def comment(desk: Desk, known: Known, dialog: Dialog, message: Message) -> None:
    """While a rating is open, words and files are its comment; a series of them is one."""
    answer_id = AnswerId(dialog.data["answer"])
    rating = await desk.uow.appeals.rating_of(answer_id)
    if rating is None or rating.person_id != known.person.id:
        raise OutOfDate("moved_on")
    appeal = await cases.locked(desk, rating.appeal_id)
    said = intake.utter(
        desk,
        appeal,
        message,
        masked=desk.understand(message.text).masked,
        author=known.person,
        said_as=SaidAs.COMMENT,
    )
    appeal = replace(appeal, attachments=appeal.attachments + len(message.attachments))
    words = "\n".join(filter(None, (rating.comment, message.text)))
    first = dialog.data.get("first", said.id)
    desk.uow.put(replace(rating, comment=words or None))
    await dialogs.ask(
        desk,
        known.person.id,
        message.chat,
        dialogs.COMMENT,
        life=desk.town.speech.series,
        appeal=appeal.id,
        answer=answer_id,
        first=first,
    )
    appeal = cases.note_event(desk, appeal, "comment", known.actor, text=message.text)
    await _tell(desk, appeal, message)
    if message.attachments:
        await notify.files_under_card(desk, appeal, said.id)
    await notify.card(desk, appeal)
    notify.to_citizen(desk, appeal, Kind.COMMENT_PASSED, key=f"comment:{first}")


async def _tell(desk: Desk, appeal: Appeal, message: Message) -> None:
    await notify.under_card(
        desk,
        appeal,
        Kind.CITIZEN_REPLIED,
        text=desk.understand(message.text).masked,
        place=message.place,
        files=len(message.attachments),
        answer=False,
        comment=True,
    )


@use_case
async def correct(desk: Desk, known: Known, said: Utterance, message: Message) -> None:
    """He changed his remark to an answer: those who read it are told how it reads now."""
    appeal = await cases.locked(desk, said.appeal_id)
    rating = await _remarked(desk, appeal, said)
    if rating is None:
        raise OutOfDate("moved_on")
    words = (
        (rating.comment or "").replace(said.text, message.text, 1) if said.text else message.text
    )
    desk.uow.put(replace(rating, comment=words or None))
    masked = desk.understand(message.text).masked
    desk.uow.put(replace(said, text=message.text, masked=masked))
    appeal = cases.note_event(desk, appeal, "comment", known.actor, text=message.text)
    await _tell(desk, appeal, replace(message, attachments=(), place=None))
    await notify.card(desk, appeal)
    notify.to_citizen(desk, appeal, Kind.COMMENT_PASSED)


async def _remarked(desk: Desk, appeal: Appeal, said: Utterance) -> Rating | None:
    """The rating that these words were a remark to: of the newest answer given before them."""
    for answer in reversed(await desk.uow.appeals.answers_of(appeal.id)):
        rating = await desk.uow.appeals.rating_of(answer.id)
        if rating is not None and said.text in (rating.comment or ""):
            return rating
    return None


@use_case
async def rest(desk: Desk, known: Known, dialog: Dialog, message: Message) -> None:
    """What «Частично» left undone becomes an appeal of its own, with half the clock."""
    parent = await cases.of_author(desk, known.person.id, AppealId(dialog.data["appeal"]))
    await dialogs.close(desk, known.person.id, message.chat)
    if parent.outcome is not Outcome.PARTLY:
        # It came back to work since: what is left is said to those who work on it.
        await joining.append(desk, known.person, parent.id, [message])
        return
    child = await intake.register(desk, person=known.person, message=message, parent=parent)
    notify.to_citizen(desk, child, Kind.CHILD_MADE, key=f"child:{child.id}")
    answer = await desk.uow.get(Answer, parent.answer_id) if parent.answer_id else None
    if answer is not None:
        feedback.show(desk, parent, answer)
