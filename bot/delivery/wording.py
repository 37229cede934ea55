"""Putting claimed notices into words: all of a claim in one look at the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.outcomes import Outcome, Refused
from bot.log import log
from bot.views.frame import Frame
from bot.views.render import render
from bot.views.rendered import Rendered
from services.model import (
    Account,
    Answer,
    Appeal,
    AppealId,
    Attachment,
    Chat,
    Clock,
    Person,
    PersonId,
    Posted,
    Problem,
    Rating,
)
from services.notices import Kind, is_group
from storage.outbox import OutboxRow


@dataclass(frozen=True, slots=True)
class Worded:
    """A notice, what it says now, and where it stands."""

    row: OutboxRow
    message: Rendered | None
    """None: there is nothing left to say."""
    posted: Posted | None
    chat: Chat | None
    failure: Outcome | None = None
    """It could not be put into words."""
    waited: float | None = None
    """Of a case's first receipt and card: seconds since its first words left the inbox."""


async def word(frame: Frame, rows: Sequence[OutboxRow]) -> list[Worded]:
    """Render the rows. Raises SQLAlchemyError; any other failure is that row's alone."""
    if len(rows) > 1:
        await _foresee(frame, rows)
    return [await _one(frame, row) for row in rows]


async def _one(frame: Frame, row: OutboxRow) -> Worded:
    try:
        message = await render(frame, row)
        posted = await frame.uow.screens.anchored(row.anchor) if row.anchor else None
        group = is_group(row.chat_id)
        chat = await frame.uow.people.chat(row.channel, row.chat_id) if group else None
        waited = None if posted else await _waited(frame, row)
        return Worded(row, message, posted, chat, waited=waited)
    except (SQLAlchemyError, OSError):
        raise
    except Exception as error:
        # A notice that can't be rendered must not stop its chat for ever.
        log.exception("delivery.broken", notice=row.id, kind=row.kind, appeal=row.appeal_id)
        return Worded(row, None, None, None, Refused(type(error).__name__))


_FIRST = (Kind.RECEIPT, Kind.CARD, Kind.TRIAGE)


async def _waited(frame: Frame, row: OutboxRow) -> float | None:
    if row.kind not in _FIRST or row.appeal_id is None:
        return None
    # Known already to whoever has rendered it.
    appeal = await frame.uow.get(Appeal, AppealId(row.appeal_id))
    if appeal is None or appeal.registered_at != row.created_at:
        return None
    return (frame.now - appeal.received_at).total_seconds()


async def _foresee(frame: Frame, rows: Sequence[OutboxRow]) -> None:
    uow = frame.uow
    appeals = {row.appeal_id for row in rows if row.appeal_id is not None}
    await uow.foresee(Posted, "anchor", {row.anchor for row in rows if row.anchor})
    found = await uow.foresee(Appeal, "id", appeals)
    await uow.foresee(Clock, "appeal_id", appeals)
    await uow.foresee(Problem, "lead_id", appeals)
    authors = {appeal.person_id for appeal in found}
    await uow.foresee(Account, "person_id", authors)
    holders = {appeal.holder_id for appeal in found if appeal.holder_id is not None}
    await uow.foresee(Person, "id", {*authors, *holders, *_readers(rows)})
    answers = {appeal.answer_id for appeal in found if appeal.answer_id is not None}
    await uow.foresee(Answer, "id", answers)
    await uow.foresee(Rating, "answer_id", answers)
    if any(appeal.attachments for appeal in found):
        await uow.foresee(Attachment, "appeal_id", appeals)


def _readers(rows: Sequence[OutboxRow]) -> set[PersonId]:
    return {PersonId(row.person_id) for row in rows if row.person_id is not None}
