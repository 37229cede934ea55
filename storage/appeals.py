"""Appeals and what hangs on them: messages, files, events, clocks, answers, ratings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, or_, select

from services.model import (
    Answer,
    AnswerId,
    Appeal,
    AppealId,
    Attachment,
    Clock,
    Direction,
    ErrorRecord,
    Event,
    EventText,
    PersonId,
    Rating,
    State,
    Utterance,
)
from storage import tables as t
from storage.fixed import afterwards, fixed

if TYPE_CHECKING:
    from storage.unit import UnitOfWork


OF_A_PERSON = 50
"""How many of a citizen's newest appeals his words and presses may be about."""


class Appeals:
    """Queries of the appeal tables."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def of_person(self, person_id: PersonId, *, limit: int = 50) -> list[Appeal]:
        """A citizen's appeals, newest first; of very many the newest OF_A_PERSON."""
        found = await self._uow.by(Appeal, newest=OF_A_PERSON, person_id=person_id)
        # Numbers of replicas come from blocks of their own and do not tell the time.
        return sorted(found, key=lambda a: (a.registered_at, a.id), reverse=True)[:limit]

    async def foresee_of_persons(self, people: Iterable[PersonId]) -> None:
        """Read at once what `of_person` will be asked for."""
        await self._uow.foresee(Appeal, "person_id", people, newest=OF_A_PERSON)

    async def numbers_of(self, person_id: int) -> list[int]:
        """The numbers of a citizen's appeals, newest first; of erased ones nothing is his."""
        c = t.appeals.c
        await self._uow.flush()
        says = or_(c.text != "", c.essence != "", c.attachments > 0, c.wordless.is_not(None))
        statement = select(c.id).where(c.person_id == person_id, says).order_by(c.id.desc())
        return [row[0] for row in (await self._uow.connection.execute(statement)).all()]

    async def clocks_of(self, appeal_id: AppealId) -> list[Clock]:
        """Every clock of an appeal, oldest first."""
        return await self._uow.by(Clock, appeal_id=appeal_id)

    async def speaking_clocks(
        self, now: datetime, *, limit: int = 200
    ) -> list[tuple[AppealId, int]]:
        """(appeal, clock) of clocks whose next step has come: of very many the soonest.

        One range of the index. In the order in which they are to be locked.
        """
        await self._uow.flush()
        c = t.clocks.c
        statement = select(c.appeal_id, c.id).where(c.next_at <= now).order_by(c.next_at)
        rows = (await self._uow.connection.execute(statement.limit(limit))).all()
        return sorted((AppealId(appeal), clock) for appeal, clock in rows)

    async def answers_of(self, appeal_id: AppealId) -> list[Answer]:
        """Versions of the answers to an appeal, oldest first."""
        return await self._uow.by(Answer, appeal_id=appeal_id)

    async def rating_of(self, answer_id: AnswerId) -> Rating | None:
        """The citizen's verdict on an answer."""
        found = await self._uow.by(Rating, answer_id=answer_id)
        return found[0] if found else None

    async def errors_of(self, appeal_id: AppealId) -> list[ErrorRecord]:
        """Confirmed communication errors of an appeal, oldest first."""
        return await self._uow.by(ErrorRecord, appeal_id=appeal_id)

    async def child_of(self, parent_id: AppealId) -> Appeal | None:
        """The appeal that continues this one."""
        found = await self._uow.by(Appeal, parent_id=parent_id)
        return found[-1] if found else None

    async def ratings_of(self, appeal_id: AppealId) -> list[Rating]:
        """Every verdict on the answers to an appeal."""
        return await self._uow.by(Rating, appeal_id=appeal_id)

    async def utterances_of(self, appeal_id: AppealId) -> list[Utterance]:
        """The thread of an appeal, oldest first."""
        return await self._uow.by(Utterance, appeal_id=appeal_id)

    async def utterance_at(self, channel: str, chat: str, external_id: str) -> Utterance | None:
        """The recorded message with this id in this chat."""
        found = await self._uow.by(
            Utterance, channel=channel, chat_id=chat, external_id=external_id
        )
        return found[0] if found else None

    async def album(self, channel: str, chat: str, group_key: str) -> Utterance | None:
        """The message that this album became."""
        found = await self._uow.by(Utterance, channel=channel, chat_id=chat, group_key=group_key)
        return found[0] if found else None

    async def attachments_of(
        self,
        appeal_id: AppealId,
        *,
        answer_id: AnswerId | None = None,
        utterance_id: int | None = None,
    ) -> list[Attachment]:
        """The citizen's files, those of one message of his, or those of one answer."""
        found = await self._uow.by(Attachment, appeal_id=appeal_id)
        if utterance_id is not None:
            return [file for file in found if file.utterance_id == utterance_id]
        return [file for file in found if file.answer_id == answer_id]

    async def files_of_author(self, appeal_id: AppealId) -> list[Attachment]:
        """Everything the citizen sent to an appeal, oldest first; not what staff noted."""
        c, said = t.attachments.c, t.utterances.c
        his = select(said.id).where(said.appeal_id == appeal_id, said.direction == Direction.IN)
        return await self._uow.select(
            Attachment, c.appeal_id == appeal_id, c.utterance_id.in_(his), order=[c.id]
        )

    async def events_of(self, appeal_id: AppealId) -> list[Event]:
        """The chain of events of an appeal, in order."""
        return sorted(await self._uow.by(Event, appeal_id=appeal_id), key=lambda e: e.seq)

    async def texts_of(self, event_ids: Sequence[int]) -> list[EventText]:
        """The free texts of these events."""
        return await self._uow.select(EventText, t.event_texts.c.id.in_(list(event_ids)))

    async def silent_since(self, moment: datetime, *, limit: int = 200) -> list[Appeal]:
        """Answered before `moment`, not rated, and the author could be reached since."""
        c, a = t.appeals.c, t.accounts.c
        unreachable = exists().where(
            a.person_id == c.person_id, a.channel == c.channel, a.unreachable_at.is_not(None)
        )
        return await self._uow.select(
            Appeal,
            c.state == fixed(State.ANSWERED),
            c.answered_at < moment,
            or_(c.rated_from.is_(None), c.rated_from < moment),
            ~unreachable,
            order=[c.id],
            limit=limit,
        )

    async def open_of_block(self, block: str, *, limit: int) -> list[Appeal]:
        """Unanswered appeals of a block, oldest first."""
        c = t.appeals.c
        return await self._uow.select(
            Appeal,
            c.block == block,
            c.answered_at.is_(None),
            c.closed_at.is_(None),
            order=[c.id],
            limit=limit,
        )

    async def answered_like(self, topic: str, *, limit: int) -> list[str]:
        """The blocks that answered the newest cases of a topic: one range of the index."""
        c = t.appeals.c
        found = await self._uow.select(
            Appeal,
            c.topic == topic,
            c.answered_at.is_not(None),
            order=[c.received_at.desc()],
            limit=limit,
        )
        return [a.block for a in found if a.block is not None]

    async def in_review(self, *, limit: int) -> list[tuple[Appeal, Answer]]:
        """Answers that wait for a checker, with their appeals."""
        c = t.appeals.c
        found = await self._uow.select(
            Appeal, c.state == fixed(State.REVIEW), order=[c.id], limit=limit
        )
        ids = [a.answer_id for a in found if a.answer_id is not None]
        answers = {a.id: a for a in await self._uow.select(Answer, t.answers.c.id.in_(ids))}
        return [(a, answers[a.answer_id]) for a in found if a.answer_id in answers]

    async def open_of_person(self, person_id: PersonId) -> list[Appeal]:
        """A citizen's appeals that are not closed, oldest first."""
        found = await self.of_person(person_id)
        return [appeal for appeal in reversed(found) if appeal.closed_at is None]

    async def held_by(self, people: Iterable[PersonId]) -> dict[PersonId, int]:
        """How many appeals each of these people holds; those without any are left out."""
        await self._uow.flush()
        c = t.appeals.c
        held = c.answered_at.is_(None) & c.closed_at.is_(None) & c.holder_id.in_(list(people))
        statement = select(c.holder_id, func.count()).where(held).group_by(c.holder_id)
        rows = (await self._uow.connection.execute(statement)).all()
        return {PersonId(person): int(n) for person, n in rows}

    async def asked_before(
        self, moment: datetime, *, limit: int = 500
    ) -> list[tuple[AppealId, int, datetime]]:
        """Questions open since before `moment`: appeal, the event's number, when asked."""
        await self._uow.flush()
        a, e = t.appeals.c, t.events.c
        statement = (
            select(e.appeal_id, func.max(e.seq), func.max(e.at))
            .join(t.appeals, a.id == e.appeal_id)
            .where(a.state == fixed(State.WAITING_CITIZEN), e.action == "ask")
            .group_by(e.appeal_id)
            .having(func.max(e.at) < moment)
            .order_by(e.appeal_id)
            .limit(limit)
        )
        rows = (await self._uow.connection.execute(statement)).all()
        return [(AppealId(appeal), int(seq), at) for appeal, seq, at in rows]

    async def unowned(self, homeless: Iterable[str]) -> list[Appeal]:
        """Registered or returned: no block answers for them yet; free in a `homeless` block."""
        c = t.appeals.c
        ours = c.state.in_((fixed(State.NEW), fixed(State.RETURNING)))
        free = (c.state == fixed(State.ASSIGNED)) & c.block.in_(list(homeless))
        oldest = [afterwards(c.id)]
        return await self._uow.select(Appeal, or_(ours, free), order=oldest, limit=500)
