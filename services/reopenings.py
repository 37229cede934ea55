"""An answer comes back: to work with half the clock, or to a dispute above the department."""

from __future__ import annotations

from datetime import datetime, timedelta

from services import cases, clocks, dialogs, disputes, intake, notify
from services.access import HUB, Actor
from services.desk import Desk
from services.directory import Known
from services.errors import OutOfDate
from services.lifecycle import REOPENINGS, Action
from services.model import Answer, Appeal, Outcome, State
from services.notices import Kind

REOPEN_DAYS = 7
"""Calendar days after the answer in which it can be returned [domain.md §2, I01]."""
THIRD, REFUSAL, REJECTION = "third", "refusal", "rejection"
"""Why a case is disputed: the third return, a refusal, «не проблема» that was one."""


async def to_work(
    desk: Desk,
    known: Known,
    appeal: Appeal,
    *,
    code: str | None = None,
    since: datetime | None = None,
) -> Appeal:
    """Back to the department with half the clock; the third time it is a dispute (domain.md §1).

    `code` «unclear»: a refusal that was not understood. `since`: the moment from which the citizen
    was promised the new date, now unless said otherwise.
    """
    appeal = await _reopened(desk, known.actor, appeal, code)
    if appeal.reopened > REOPENINGS:
        return await _dispute(desk, appeal, THIRD)
    appeal = await cases.move(desk, appeal, Action.REASSIGN, HUB)
    clocks.start_half(desk, appeal, since=since)
    times = appeal.reopened
    key = f"reopened:{appeal.id}:{times}"
    notify.to_citizen(desk, appeal, Kind.REOPENED, key=key, why=code)
    key = f"returned:{appeal.id}:{times}"
    await notify.under_card(desk, appeal, Kind.CITIZEN_RETURNED, key=key)
    await notify.to_deputies(desk, appeal, Kind.CITIZEN_RETURNED, key=key)
    return appeal


async def _reopened(desk: Desk, actor: Actor, appeal: Appeal, code: str | None) -> Appeal:
    appeal = await cases.move(
        desk,
        appeal,
        Action.REOPEN,
        actor,
        code=code,
        reopened=appeal.reopened + 1,
        outcome=None,
        answered_at=None,
    )
    intake.count(desk, appeal, "reopened")
    return appeal


async def dispute(desk: Desk, known: Known, appeal: Appeal) -> Appeal:
    """«Хочу оспорить», «Вы ошиблись»: at once above the department (§1.11).

    Raises OutOfDate when there is nothing to dispute or a week has passed.
    """
    if appeal.state is State.ANSWERED and await _refused(desk, appeal):
        why = REFUSAL
    elif appeal.state is State.CLOSED and appeal.outcome is Outcome.REJECTED:
        if not within_a_week(desk, appeal.closed_at):
            raise OutOfDate("moved_on")
        why = REJECTION
    else:
        raise OutOfDate("moved_on")
    appeal = await _reopened(desk, known.actor, appeal, "disputed")
    await dialogs.close(desk, known.person.id, appeal.chat_id)
    return await _dispute(desk, appeal, why)


def may_return(appeal: Appeal, now: datetime) -> bool:
    """The answer can still be given back: a week since it was read, rated or not (§1.12)."""
    since = appeal.rated_from or appeal.answered_at
    if appeal.answer_id is None or appeal.answered_at is None or since is None:
        return False
    over = now > since + timedelta(days=REOPEN_DAYS)
    return appeal.state in (State.ANSWERED, State.CLOSED) and not over


def within_a_week(desk: Desk, since: datetime | None) -> bool:
    """An answer, or a closing, that can still be taken back."""
    return since is not None and desk.now <= since + timedelta(days=REOPEN_DAYS)


async def _refused(desk: Desk, appeal: Appeal) -> bool:
    answer = await desk.uow.get(Answer, appeal.answer_id) if appeal.answer_id else None
    return answer is not None and answer.outcome is Outcome.REFUSED


async def _dispute(desk: Desk, appeal: Appeal, why: str) -> Appeal:
    appeal = await cases.move(desk, appeal, Action.DISPUTE, HUB, code=why)
    await disputes.ask(desk, appeal, why=why)
    return appeal
