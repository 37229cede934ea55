"""What the hub took for one, or for two, and the citizen knows better: «Это о другом» and «Это всё
о № …» (conversations.md §1.6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services import belonging, cases, halving, intake, joining, notify
from services.desk import Desk, use_case
from services.directory import Known
from services.errors import OutOfDate
from services.lifecycle import Action
from services.model import Appeal, AppealId, Direction, Outcome, SaidAs, State, Utterance
from services.notices import Kind
from services.policies import Urgency
from services.wire import Author, File, Message, joined

MERGES = (State.NEW, State.ASSIGNED)
"""Nobody works on it yet: it may still turn out to be the same as another."""


@use_case
async def split(desk: Desk, known: Known, number: AppealId, *, first: int) -> Appeal:
    """«Это о другом»: the series of additions that begins with `first` becomes an appeal.

    The event of the addition keeps the words in the history of the old one. Raises
    DomainError(«not_yours»), OutOfDate.
    """
    appeal = await cases.of_author(desk, known.person.id, number)
    said = await desk.uow.appeals.utterances_of(number)
    moved = _series_from(said, first, desk)
    if not moved:
        raise OutOfDate("outdated")
    parts = [intake.Part(await _message(desk, known, one), one.at, one) for one in moved]
    whole = joined([part.message for part in parts])
    appeal = _without(desk, appeal, whole, [u for u in said if u not in moved])
    appeal = cases.note_event(desk, appeal, "split_off", known.actor, text=whole.text)
    new = await intake.register(desk, person=known.person, message=whole, parts=parts)
    await notify.under_card(desk, appeal, Kind.PARTED, new=new.id)
    await _show(desk, appeal)
    await joining.acknowledge(desk, appeal, first)
    return new


def _series_from(said: Sequence[Utterance], first: int, desk: Desk) -> list[Utterance]:
    place = next((n for n, u in enumerate(said) if u.id == first), None)
    if place is None or said[place].said_as is not SaidAs.ADDED:
        return []
    found = [said[place]]
    for one in said[place + 1 :]:
        if one.direction is not Direction.IN:
            continue
        apart = one.at - found[-1].at > desk.town.speech.series
        if apart or one.said_as is not SaidAs.ADDED:
            break
        found.append(one)
    return found


async def _message(desk: Desk, known: Known, said: Utterance) -> Message:
    """What was said, as it came."""
    files = await desk.uow.appeals.attachments_of(said.appeal_id, utterance_id=said.id)
    person = known.person
    return Message(
        channel=said.channel,
        external_id=said.external_id or "",
        author=Author(said.channel, known.account.external_id, person.first_name, person.locale),
        chat=said.chat_id,
        sent_at=said.at,
        text=said.text,
        attachments=tuple(File(f.kind, f.file_id, f.size) for f in files),
        group=said.group_key,
    )


def _without(desk: Desk, appeal: Appeal, gone: Message, left: Sequence[Utterance]) -> Appeal:
    """The appeal without what is no more about it: fewer files, not the other's place."""
    appeal = replace(appeal, attachments=max(appeal.attachments - len(gone.attachments), 0))
    other = desk.place_of(gone.text)
    if other is None or other.text[:255] != appeal.place:
        return appeal
    texts = "\n".join(u.text for u in left if u.direction is Direction.IN)
    mine = desk.place_of(texts)
    return replace(
        appeal,
        place=mine.text[:255] if mine else None,
        territory=mine.territory if mine else None,
    )


@use_case
async def in_two(desk: Desk, known: Known, number: AppealId) -> Appeal:
    """«Да, отдельно»: the second problem of the text becomes an appeal as old as the first.

    Raises DomainError(«not_yours»), OutOfDate once somebody works on it, or it is parted already.
    """
    appeal = await cases.of_author(desk, known.person.id, number)
    if appeal.state not in MERGES:
        raise OutOfDate("outdated")
    appeal, new = await halving.halve(desk, appeal, known.person, known.actor)
    await notify.under_card(desk, appeal, Kind.PARTED, new=new.id)
    await _show(desk, appeal)
    return new


@use_case
async def merge(desk: Desk, known: Known, number: AppealId, *, into: AppealId) -> Appeal:
    """«Это всё о № …»: the words go over to the older appeal, the newer one is its duplicate.

    Only the pair that the receipt offers, and not once somebody works on the newer one. Raises
    DomainError(«not_yours»), OutOfDate.
    """
    old = await cases.of_author(desk, known.person.id, into)
    new = await cases.of_author(desk, known.person.id, number)
    if not may_merge(new, old):
        raise OutOfDate("outdated")
    said = [u for u in await desk.uow.appeals.utterances_of(new.id) if u.direction is Direction.IN]
    messages = [await _message(desk, known, one) for one in said]
    for one in said:
        await intake.take_over(desk, old, one, SaidAs.ADDED)
    whole = joined(messages)
    if new.latitude is not None and new.longitude is not None:
        whole = replace(whole, place=(new.latitude, new.longitude))
    old = joining.with_place(desk, old, whole)
    old = replace(old, attachments=old.attachments + new.attachments)
    old = cases.note_event(desk, old, "add", known.actor, text=whole.text)
    new = await cases.move(
        desk,
        new,
        Action.DUPLICATE,
        known.actor,
        code=str(old.id),
        outcome=Outcome.DUPLICATE,
    )
    await notify.under_card(
        desk,
        old,
        Kind.CITIZEN_REPLIED,
        text=desk.understand(whole.text).masked,
        place=whole.place,
        files=len(whole.attachments),
        answer=False,
    )
    for one, message in zip(said, messages, strict=True):
        if message.attachments:
            await notify.files_under_card(desk, old, one.id)
    await _show(desk, old)
    await _show(desk, new)
    return old


def may_merge(new: Appeal, old: Appeal) -> bool:
    """The receipt of `new` offers to join `old`: an emergency is never hidden in another case."""
    return (
        new.beside_id == old.id
        and new.state in MERGES
        and new.answer_id is None
        and new.urgency is not Urgency.EMERGENCY
        and old.state in belonging.WORKED_ON
    )


async def _show(desk: Desk, appeal: Appeal) -> None:
    await notify.card(desk, appeal)
    await notify.triage_if_shown(desk, appeal)
    notify.receipt(desk, appeal)
