"""«Отложить»: an interim answer with a promised day (conversations.md §1.9, §2.5; domain.md §1).

The words go through the quality gate like any answer; passed, the case waits for the promised day.
A day that the department may not promise by itself is asked for first (services/extensions).
"""

from __future__ import annotations

from typing import Any

from services import (
    cases,
    clocks,
    extensions,
    intake,
    menus,
    notify,
    problem_work,
    prompts,
    sendable,
    work,
)
from services import postponing_rules as rules
from services.access import HUB, Actor, authorise
from services.attachments import evidence
from services.calendar import end_of_day
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import Action
from services.model import (
    Answer,
    AnswerId,
    AnswerState,
    Appeal,
    AppealId,
    Clock,
    Direction,
    Outcome,
    Person,
    State,
)
from services.notices import Kind
from services.policies import Urgency
from services.wire import Message

STATES = (State.IN_PROGRESS, State.POSTPONED)


async def _ready(desk: Desk, actor: Actor, appeal_id: AppealId) -> tuple[Appeal, rules.Choice]:
    """The case and the days on offer, if this person may postpone it now."""
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.POSTPONE, block=appeal.block)
    if appeal.state not in STATES:
        raise OutOfDate("moved_on")
    await cases.check_holder(desk, appeal, actor)
    if appeal.urgency is Urgency.EMERGENCY:
        raise DomainError("never_postponed")
    offered = await extensions.choice(desk, appeal)
    if offered is None:
        raise DomainError("no_extension")
    done = rules.times(await desk.uow.appeals.answers_of(appeal.id))
    if done >= rules.most(clocks.policy_of(desk, appeal)):
        raise DomainError("postponed_enough")
    return appeal, offered


@use_case
async def open_menu(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, channel: str, chat: str, page: int = 0
) -> None:
    """«Отложить», «Сменить дату»: until which day? Page 0: four days; from 1 on: the calendar.

    Raises Denied, OutOfDate, DomainError(«held_by», «never_postponed», «no_extension»,
    «postponed_enough»).
    """
    appeal, offered = await _ready(desk, actor, appeal_id)
    shown: dict[str, Any] = {
        "first": offered.first.isoformat(),
        "free": offered.free.isoformat() if offered.free else None,
        "last": offered.last.isoformat(),
    }
    await menus.show(
        desk, appeal, actor=actor, channel=channel, chat=chat, name="dates", page=page, **shown
    )


@use_case
async def ask_words(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, channel: str, chat: str, day: str
) -> None:
    """The day is chosen: what was done, what do we wait for?"""
    appeal, offered = await _ready(desk, actor, appeal_id)
    chosen = rules.checked_day(desk.town.calendar, offered, day)
    await menus.close(desk, appeal.id, actor=actor)
    await prompts.ask(
        desk,
        appeal,
        actor=actor,
        channel=channel,
        chat=chat,
        purpose="postpone",
        day=chosen.isoformat(),
    )


@use_case
async def promise(
    desk: Desk, *, actor: Actor, person: Person, appeal_id: AppealId, day: str, message: Message
) -> Answer:
    """The holder's words and the day: to the quality gate, or first to whoever must allow it.

    Raises what `open_menu` raises, OutOfDate(«no_such_day»), DomainError(«empty_answer»,
    «too_long», «visible_…»).
    """
    appeal, offered = await _ready(desk, actor, appeal_id)
    chosen = rules.checked_day(desk.town.calendar, offered, day)
    text = sendable.checked_text(message.text)
    sendable.check_words(text)
    await work.shelve_drafts(desk, appeal)
    await extensions.give_way(desk, appeal)
    answer = Answer(
        id=AnswerId(desk.uow.new_id(Answer)),
        appeal_id=appeal.id,
        author_id=person.id,
        text=text,
        outcome=Outcome.EXPLAINED,
        state=AnswerState.WAITING,
        created_at=desk.now,
        submitted_at=None,
        checker_id=None,
        checked_at=None,
        remark=None,
        photos=evidence(message.attachments),
        until=end_of_day(desk.town.calendar, chosen),
    )
    desk.uow.add(answer)
    intake.utter(
        desk, appeal, message, masked=text, author=person, direction=Direction.NOTE, answer=answer
    )
    role = await extensions.decider(desk, appeal, actor, chosen, offered)
    if role is None:
        await extensions.submit(desk, appeal, answer, actor)
        return answer
    await extensions.ask(desk, appeal, answer, role=role, reply_to=message.external_id)
    return answer


async def passed(desk: Desk, appeal: Appeal, answer: Answer, actor: Actor) -> Appeal:
    """The checker let an interim answer pass: the citizen reads it, the case waits for its day.

    Raises DomainError(«promise_past») when the promised day is over meanwhile.
    """
    assert answer.until is not None
    if answer.until <= desk.now:
        raise DomainError("promise_past")
    others = [a for a in await desk.uow.appeals.answers_of(appeal.id) if a.id != answer.id]
    before = rules.promise_of(others)
    appeal = await cases.move(
        desk, appeal, Action.PASS_INTERIM, actor, code="interim", check_returns=0
    )
    await clocks.promise(desk, appeal, answer.until)
    intake.count(desk, appeal, "postponed")
    allowed = await extensions.was_allowed(desk, answer)
    notify.to_citizen(
        desk,
        appeal,
        Kind.INTERIM,
        anchor=f"answer:{answer.id}",
        key=f"interim:{answer.id}",
        answer=answer.id,
        before=before.id if before else None,
        allowed=allowed,
    )
    await problem_work.interim_follows(desk, appeal, answer, before=before, allowed=allowed)
    if await desk.uow.appeals.attachments_of(appeal.id, answer_id=answer.id):
        notify.to_citizen(
            desk, appeal, Kind.MEDIA, answer=answer.id, key=f"answer_media:{answer.id}"
        )
    return appeal


@use_case
async def resume(desk: Desk, *, actor: Actor, appeal_id: AppealId) -> Appeal:
    """«Вернуть в работу»: the holder goes on before the promised day; the promise stays."""
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.RESUME, block=appeal.block)
    if await cases.holder_of(desk, appeal) is not None:
        await cases.check_holder(desk, appeal, actor)
    return await _resumed(desk, appeal, actor)


async def _resumed(desk: Desk, appeal: Appeal, actor: Actor) -> Appeal:
    appeal = await cases.move(desk, appeal, Action.RESUME, actor)
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


async def day_came(desk: Desk, appeal: Appeal, clock: Clock) -> None:
    """09:00 of the promised day: the case is in work again and its holder hears of it."""
    if appeal.state is State.POSTPONED:
        appeal = await _resumed(desk, appeal, HUB)
    await notify.under_card(
        desk,
        appeal,
        Kind.PROMISE_DAY,
        key=f"promised:clock {clock.id}",
        clock=clock.id,
        holder=await cases.holder_of(desk, appeal),
    )
