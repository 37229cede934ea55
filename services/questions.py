"""A question to the citizen: put, answered, «не знаю», waited for, withdrawn."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services import cases, clocks, dialogs, menus, notify, prompts, sendable, undo
from services.access import Actor, authorise
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import Action
from services.model import Appeal, AppealId, Event, Purpose, Source, State
from services.notices import Kind
from services.phrases import within
from services.policies import ClockKind
from services.wire import Message

if TYPE_CHECKING:
    from services.directory import Known

QUICK = ("addr", "photo", "what", "when")
"""Questions of one press; bot/views/asked has their words in both languages."""
LIMIT = 1000
"""In UTF-16 units: a question is a phrase, not a letter."""
NUDGE_AFTER = timedelta(days=2)
GIVE_UP_AFTER = timedelta(days=5)
"""Calendar days of silence: a soft reminder, then the duty officer's word (domain.md §1)."""


def newest(events: list[Event]) -> Event | None:
    """The last question of an appeal."""
    return next((e for e in reversed(events) if e.action == Action.ASK), None)


async def put(
    desk: Desk,
    appeal: Appeal,
    actor: Actor,
    *,
    code: str | None = None,
    text: str | None = None,
    after: timedelta = timedelta(),
) -> Appeal:
    """Ask: the case waits, and so do its clocks where the law lets them.

    A quick question has a code and no text. Raises Denied, OutOfDate.
    """
    appeal = await cases.move(desk, appeal, Action.ASK, actor, code=code, text=text)
    _show(desk, appeal, appeal.event_seq, after=after)
    await dialogs.close(desk, appeal.person_id, appeal.chat_id)
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


def _show(desk: Desk, appeal: Appeal, seq: int, *, after: timedelta = timedelta()) -> None:
    notify.to_citizen(
        desk,
        appeal,
        Kind.QUESTION,
        anchor=f"question:{appeal.id}:{seq}",
        at=desk.now + after,
        asked=seq,
    )


async def withdraw(desk: Desk, appeal: Appeal, actor: Actor) -> Appeal:
    """Nobody waits for the citizen any more; a question that had not left yet never was."""
    asked = newest(await desk.uow.appeals.events_of(appeal.id))
    if asked is not None and asked.word in QUICK and undo.in_time(asked.at, desk.now):
        await clocks.never_paused(desk, appeal)
    appeal = await cases.move(desk, appeal, Action.UNASK, actor)
    await settle(desk, appeal)
    return appeal


async def settle(desk: Desk, appeal: Appeal) -> None:
    """Nobody waits any more: the buttons under the question go."""
    if appeal.source is not Source.BOT:
        # He was asked by phone.
        return
    asked = newest(await desk.uow.appeals.events_of(appeal.id))
    if asked is not None:
        _show(desk, appeal, asked.seq)


async def replied(
    desk: Desk, appeal: Appeal, actor: Actor, *, code: str | None = None, text: str | None = None
) -> Appeal:
    """The citizen has answered: work and clocks go on, he reads his date and whether it moved."""
    before = await _due(desk, appeal)
    appeal = await cases.move(desk, appeal, Action.REPLY, actor, code=code, text=text)
    moved = await _due(desk, appeal) != before
    notify.to_citizen(desk, appeal, Kind.REPLY_PASSED, moved=moved)
    await settle(desk, appeal)
    return appeal


async def _due(desk: Desk, appeal: Appeal) -> list[datetime]:
    kinds = (ClockKind.ANSWER, ClockKind.FIX)
    return [c.due_at for c in await desk.uow.appeals.clocks_of(appeal.id) if c.kind in kinds]


async def _held(desk: Desk, actor: Actor, appeal_id: AppealId) -> Appeal:
    """The case, in the hands of who presses. Raises Denied, DomainError(«held_by»), OutOfDate."""
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.ASK, block=appeal.block)
    await cases.check_holder(desk, appeal, actor)
    if appeal.state is not State.IN_PROGRESS:
        raise OutOfDate("moved_on")
    return appeal


@use_case
async def choose(desk: Desk, *, actor: Actor, appeal_id: AppealId, channel: str, chat: str) -> None:
    """«Уточнить»: the menu of questions."""
    appeal = await _held(desk, actor, appeal_id)
    await menus.show(desk, appeal, actor=actor, channel=channel, chat=chat, name="ask")


@use_case
async def quick(desk: Desk, *, actor: Actor, appeal_id: AppealId, code: str) -> Appeal:
    """A question of one press; it leaves in a minute, until then «Снять вопрос» undoes it."""
    if code not in QUICK:
        raise OutOfDate("outdated")
    appeal = await _held(desk, actor, appeal_id)
    await menus.close(desk, appeal.id, actor=actor)
    return await put(desk, appeal, actor, code=code, after=undo.WINDOW)


@use_case
async def prompt(desk: Desk, *, actor: Actor, appeal_id: AppealId, channel: str, chat: str) -> None:
    """«Свой вопрос»: asks the executor for its words."""
    appeal = await _held(desk, actor, appeal_id)
    await menus.close(desk, appeal.id, actor=actor)
    await prompts.ask(desk, appeal, actor=actor, channel=channel, chat=chat, purpose="question")


@use_case
async def own(desk: Desk, *, actor: Actor, appeal_id: AppealId, message: Message) -> Appeal:
    """The executor's own words go to the citizen at once.

    Raises Denied, DomainError(«held_by», «question_needed», «too_long», «visible_…»), OutOfDate.
    """
    appeal = await _held(desk, actor, appeal_id)
    text = within(message.text, limit=LIMIT, empty="question_needed")
    sendable.check_words(text)
    return await put(desk, appeal, actor, text=text)


async def _open(desk: Desk, known: Known, appeal_id: AppealId, seq: int) -> Appeal:
    """The citizen's own case whose question `seq` is still open. Raises OutOfDate."""
    appeal = await cases.locked(desk, appeal_id)
    if appeal.person_id != known.person.id:
        raise DomainError("not_yours", number=appeal_id)
    asked = newest(await desk.uow.appeals.events_of(appeal.id))
    if appeal.state is not State.WAITING_CITIZEN or asked is None or asked.seq != seq:
        raise OutOfDate("outdated")
    return appeal


@use_case
async def not_known(desk: Desk, known: Known, appeal_id: AppealId, *, seq: int) -> Appeal:
    """«Не знаю» is an answer: the work and the clocks go on."""
    appeal = await _open(desk, known, appeal_id, seq)
    appeal = await replied(desk, appeal, known.actor, code="dunno")
    await notify.under_card(
        desk, appeal, Kind.CITIZEN_REPLIED, text="", answer=True, not_known=True
    )
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


@use_case
async def later(desk: Desk, known: Known, appeal_id: AppealId, *, seq: int) -> None:
    """«Отвечу позже»: a kind line, nothing else changes."""
    appeal = await _open(desk, known, appeal_id, seq)
    notify.plain(
        desk,
        known.person,
        channel=appeal.channel,
        chat_id=appeal.chat_id,
        text="answer_later",
        key=f"later:{appeal.id}:{seq}",
        number=appeal.id,
    )


@use_case
async def nudge(desk: Desk) -> int:
    """Two days of silence: a word to the citizen; five: to everybody who decides (a job)."""
    told = 0
    for number, seq, at in await desk.uow.appeals.asked_before(desk.now - NUDGE_AFTER):
        appeal = await cases.locked(desk, number)
        if appeal.state is State.WAITING_CITIZEN:
            told += 1
            await _say(desk, appeal, seq, at)
    return told


async def _say(desk: Desk, appeal: Appeal, seq: int, at: datetime) -> None:
    over = desk.now - at > GIVE_UP_AFTER
    step = "over" if over else "soft"
    key = f"question_{step}:{appeal.id}:{seq}"
    notify.to_citizen(desk, appeal, Kind.QUESTION_WAITS, key=key, asked=seq, over=over)
    if not over:
        return
    triage = await desk.uow.people.chat_for(Purpose.TRIAGE)
    home = await notify.home(desk, appeal)
    for chat in {c.id: c for c in (home, triage) if c is not None}.values():
        await notify.in_chat(
            desk,
            chat,
            Kind.CITIZEN_SILENT,
            appeal=appeal,
            key=f"silent:{appeal.id}:{seq}:{chat.id}",
            asked=seq,
        )
