"""Two problems in one text, and one problem told twice: the duty officer sets it right."""

from __future__ import annotations

from dataclasses import replace

from services import audit, cases, halving, intake, menus, notify, problem_work, prompts, triage
from services.access import Actor, authorise
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import OPEN, Action
from services.model import Appeal, AppealId, Attachment, Direction, Outcome, Person, State
from services.notices import Kind
from services.wire import Author, Message


@use_case
async def ask_words(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, channel: str, chat: str, purpose: str
) -> None:
    """«Разделить» and «Объединить» ask for words or a number. Raises Denied, OutOfDate."""
    appeal = await _ours(desk, actor, appeal_id, Action.SPLIT)
    await menus.close(desk, appeal.id, actor=actor)
    await prompts.ask(desk, appeal, actor=actor, channel=channel, chat=chat, purpose=purpose)


@use_case
async def split(desk: Desk, *, actor: Actor, appeal_id: AppealId, words: str) -> Appeal:
    """Make the second problem of a text a case of its own; returns that case.

    It is received when the first was: the citizen wrote both at once, and no clock starts later
    for our splitting it. Raises Denied, OutOfDate, DomainError(«words_needed»).
    """
    appeal = await _ours(desk, actor, appeal_id, Action.SPLIT)
    if not words.strip():
        raise DomainError("words_needed")
    person = await desk.uow.need(Person, appeal.person_id)
    author = Author(appeal.channel, appeal.chat_id, person.first_name, person.locale)
    message = Message(appeal.channel, "", author, appeal.chat_id, desk.now, words.strip())
    twin = await intake.register(desk, person=person, message=message, split_from=appeal, by=actor)
    role = authorise(actor, Action.SPLIT, block=appeal.block)
    desk.uow.put(
        audit.record(
            desk,
            appeal,
            action="split_off",
            actor=actor,
            role=role,
            source=appeal.state,
            code=str(twin.id),
        )
    )
    return twin


@use_case
async def halve(desk: Desk, *, actor: Actor, appeal_id: AppealId) -> Appeal:
    """«Разделить: яма / мусор»: the two problems that the hub tells apart; returns the second.

    Raises Denied, OutOfDate: also when somebody, the citizen too, has done it already.
    """
    appeal = await _ours(desk, actor, appeal_id, Action.SPLIT)
    person = await desk.uow.need(Person, appeal.person_id)
    appeal, twin = await halving.halve(desk, appeal, person, actor, by=actor)
    await notify.card(desk, appeal)
    await notify.triage(desk, appeal)
    await triage.close_menus(desk, appeal)
    notify.receipt(desk, appeal)
    return twin


@use_case
async def join(desk: Desk, *, actor: Actor, appeal_id: AppealId, number: str) -> Appeal:
    """Close a case as said before: its words and files go under the other card.

    A case of another author is no double: whether both are one problem is asked.

    Raises Denied, OutOfDate, DomainError(«number_needed», «no_such_appeal», «same_case»,
    «other_closed», «for_a_problem» where nobody works on that author's case).
    """
    other_id = _number(number)
    if other_id == appeal_id:
        raise DomainError("same_case")
    # Two cases are locked in the order of their numbers, as everywhere.
    for key in sorted((appeal_id, other_id)):
        await cases.locked(desk, key)
    appeal = await _ours(desk, actor, appeal_id, Action.DUPLICATE)
    other = await cases.locked(desk, other_id)
    if other.person_id != appeal.person_id:
        if not problem_work.can_lead(other):
            raise DomainError("for_a_problem", number=other.id)
        await problem_work.propose_by_hand(desk, lead=other, appeal=appeal)
        return appeal
    if other.state not in OPEN - {State.ANSWERED}:
        raise DomainError("other_closed", number=other.id)
    appeal = await cases.move(
        desk,
        appeal,
        Action.DUPLICATE,
        actor,
        code=str(other.id),
        outcome=Outcome.DUPLICATE,
        beside_id=other.id,
    )
    other = await _take_over(desk, actor, appeal, other)
    notify.to_citizen(desk, appeal, Kind.JOINED, key=f"joined:{appeal.id}", other=other.id)
    await notify.triage(desk, appeal)
    await triage.close_menus(desk, appeal)
    notify.receipt(desk, appeal)
    await notify.card(desk, other)
    notify.receipt(desk, other)
    return appeal


async def _take_over(desk: Desk, actor: Actor, appeal: Appeal, other: Appeal) -> Appeal:
    """What was said in the double is said in the other case too."""
    role = authorise(actor, Action.DUPLICATE, block=appeal.block)
    other = audit.record(
        desk,
        other,
        action="joined",
        actor=actor,
        role=role,
        source=other.state,
        code=str(appeal.id),
    )
    other = replace(
        other,
        attachments=other.attachments + appeal.attachments,
        place=other.place or appeal.place,
        territory=other.territory or appeal.territory,
    )
    desk.uow.put(other)
    for said in await desk.uow.appeals.utterances_of(appeal.id):
        if said.direction is not Direction.IN:
            continue
        copy = replace(said, id=desk.uow.new_id(type(said)), appeal_id=other.id, external_id=None)
        desk.uow.add(replace(copy, group_key=None))
        files = await desk.uow.appeals.attachments_of(appeal.id, utterance_id=said.id)
        for file in files:
            desk.uow.add(
                replace(
                    file, id=desk.uow.new_id(Attachment), appeal_id=other.id, utterance_id=copy.id
                )
            )
        await notify.under_card(
            desk,
            other,
            Kind.CITIZEN_REPLIED,
            text=said.masked,
            files=len(files),
            answer=False,
            joined=appeal.id,
            utterance=copy.id,
        )
        if files:
            await notify.files_under_card(desk, other, copy.id)
    return other


async def _ours(desk: Desk, actor: Actor, appeal_id: AppealId, action: Action) -> Appeal:
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, action, block=appeal.block)
    if appeal.state not in triage.OURS:
        raise OutOfDate("moved_on")
    return appeal


def _number(text: str) -> AppealId:
    digits = "".join(c for c in text if c.isascii() and c.isdecimal())
    if not digits or len(digits) > 18:
        raise DomainError("number_needed")
    return AppealId(int(digits))
