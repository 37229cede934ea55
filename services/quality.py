"""The quality gate: a second pair of eyes on every answer (domain.md §4)."""

from __future__ import annotations

from dataclasses import replace

from services import cases, checklist, intake, menus, notify, postponing, problem_work, prompts
from services.access import Actor, authorise
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import Action
from services.model import Answer, AnswerId, AnswerState, Appeal
from services.notices import Kind
from services.phrases import within
from services.policies import ClockKind

REMARK_LIMIT = 1000
"""In UTF-16 units: a remark is a phrase, not a letter."""
TELL_DEPUTY = 3
"""Which return by a checker the deputy hears of."""


async def _in_review(
    desk: Desk, actor: Actor, answer_id: AnswerId, action: Action
) -> tuple[Appeal, Answer]:
    answer = await desk.uow.get(Answer, answer_id)
    if answer is None:
        raise DomainError("no_such_answer")
    appeal = await cases.locked(desk, answer.appeal_id)
    answer = await desk.uow.lock(Answer, answer_id) or answer
    authorise(actor, action, block=appeal.block)
    # Invariant 2: whoever drafted an answer never checks it.
    if answer.author_id == actor.person_id:
        raise DomainError("own_answer")
    if answer.state is not AnswerState.REVIEW or appeal.answer_id != answer.id:
        raise OutOfDate("already_checked")
    return appeal, answer


@use_case
async def let_pass(desk: Desk, *, actor: Actor, answer_id: AnswerId) -> Appeal:
    """The answer goes to the citizen. Raises Denied, DomainError(«own_answer»), OutOfDate."""
    appeal, answer = await _in_review(desk, actor, answer_id, Action.PASS)
    answer = desk.uow.put(
        replace(answer, state=AnswerState.PASSED, checker_id=actor.person_id, checked_at=desk.now)
    )
    if answer.until is not None:
        appeal = await postponing.passed(desk, appeal, answer, actor)
        await _everywhere(desk, appeal, answer)
        notify.receipt(desk, appeal)
        return appeal
    appeal = await cases.move(
        desk, appeal, Action.PASS, actor, outcome=answer.outcome, answered_at=desk.now
    )
    await _count_answer(desk, appeal)
    await problem_work.answer_all(desk, appeal, answer)
    notify.to_citizen(
        desk,
        appeal,
        Kind.ANSWER,
        anchor=f"answer:{answer.id}",
        answer=answer.id,
        key=f"answer:{answer.id}",
    )
    if await desk.uow.appeals.attachments_of(appeal.id, answer_id=answer.id):
        notify.to_citizen(
            desk, appeal, Kind.MEDIA, answer=answer.id, key=f"answer_media:{answer.id}"
        )
    await _everywhere(desk, appeal, answer)
    notify.receipt(desk, appeal)
    return appeal


async def _count_answer(desk: Desk, appeal: Appeal) -> None:
    intake.count(desk, appeal, "answered")
    kinds = (ClockKind.ANSWER, ClockKind.FIX)
    clocks = [c for c in await desk.uow.appeals.clocks_of(appeal.id) if c.kind in kinds]
    if clocks and clocks[-1].due_at >= desk.now:
        intake.count(desk, appeal, "in_time")


@use_case
async def send_back(desk: Desk, *, actor: Actor, answer_id: AnswerId, remark: str) -> Appeal:
    """Back to the holder with what to mend, in words."""
    remark = within(remark, limit=REMARK_LIMIT, empty="remark_needed")
    appeal, answer = await _in_review(desk, actor, answer_id, Action.SEND_BACK)
    answer = desk.uow.put(
        replace(
            answer,
            state=AnswerState.RETURNED,
            checker_id=actor.person_id,
            checked_at=desk.now,
            remark=remark,
        )
    )
    checklist.record(desk, answer)
    appeal = await cases.move(
        desk,
        appeal,
        Action.SEND_BACK,
        actor,
        code=answer.faults or None,
        text=remark,
        check_returns=appeal.check_returns + 1,
    )
    intake.count(desk, appeal, "sent_back")
    await menus.close(desk, appeal.id, actor=actor)
    await notify.under_card(
        desk,
        appeal,
        Kind.SENT_BACK,
        key=f"sent_back:{answer.id}",
        answer=answer.id,
    )
    if appeal.check_returns == TELL_DEPUTY:
        key = f"third_return:{appeal.id}"
        await notify.to_deputies(desk, appeal, Kind.THIRD_RETURN, key=key, answer=answer.id)
    await _everywhere(desk, appeal, answer)
    return appeal


@use_case
async def tick(desk: Desk, *, actor: Actor, answer_id: AnswerId, box: int) -> Answer:
    """One box of the quality card turned over by a checker; the machine ticks none."""
    if box not in checklist.BOXES:
        raise OutOfDate("outdated")
    appeal, answer = await _in_review(desk, actor, answer_id, Action.PASS)
    answer = desk.uow.put(replace(answer, checklist=checklist.toggled(answer, box)))
    await notify.quality(desk, appeal, answer)
    return answer


@use_case
async def mark_fault(
    desk: Desk, *, actor: Actor, answer_id: AnswerId, code: str, channel: str, chat: str
) -> Answer:
    """One code turned over in the menu of «Вернуть»."""
    appeal, answer = await _in_review(desk, actor, answer_id, Action.SEND_BACK)
    if code not in checklist.suspected(answer):
        raise OutOfDate("outdated")
    kept = set(checklist.marked(answer)) ^ {code}
    answer = desk.uow.put(replace(answer, faults=",".join(sorted(kept))))
    await menus.show(
        desk, appeal, actor=actor, channel=channel, chat=chat, name="faults", answer=answer.id
    )
    return answer


@use_case
async def ask_remark(
    desk: Desk, *, actor: Actor, answer_id: AnswerId, channel: str, chat: str
) -> None:
    """«Вернуть»: what is wrong, as codes to tick, and asks the checker for a phrase."""
    appeal, answer = await _in_review(desk, actor, answer_id, Action.SEND_BACK)
    answer = desk.uow.put(replace(answer, faults=checklist.first_faults(answer)))
    if checklist.suspected(answer):
        await menus.show(
            desk, appeal, actor=actor, channel=channel, chat=chat, name="faults", answer=answer.id
        )
    await prompts.ask(
        desk,
        appeal,
        actor=actor,
        channel=channel,
        chat=chat,
        purpose="remark",
        answer=answer.id,
    )


async def _everywhere(desk: Desk, appeal: Appeal, answer: Answer) -> None:
    """The quality card, the preview and the block's card show what was decided."""
    await notify.quality(desk, appeal, answer)
    await notify.in_chat(
        desk,
        await notify.home(desk, appeal),
        Kind.DRAFT,
        appeal=appeal,
        anchor=f"draft:{answer.id}",
        coalesce=True,
        answer=answer.id,
    )
    await notify.card(desk, appeal)
