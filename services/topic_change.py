"""«Другая тема»: a person says what a case is about; the hub learns from it.

Urgency and evidence follow the topic, but no date that a citizen was told moves to later by it:
the urgency is raised where the topic is more urgent and every clock ends as soon or sooner. Only
a person lowers it, by «Важность».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from services import (
    audit,
    cases,
    comparing,
    labels,
    menus,
    notify,
    received,
    reweighing,
    told_topics,
    undo,
    work,
)
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.model import AnswerState, Appeal, AppealId, Event, EventText, Person, Role, State
from services.notices import Kind
from services.triage import OURS

PAGE = 6
"""Topics of one page of the menu: they need a row each."""
CHANGEABLE = (*OURS, State.ASSIGNED, State.IN_PROGRESS, State.WAITING_CITIZEN)
"""An answer that is being checked was written, and is judged, by the topic it has."""


@use_case
async def choose(
    desk: Desk,
    *,
    actor: Actor,
    appeal_id: AppealId,
    channel: str,
    chat: str,
    block: str | None = None,
    page: int = 1,
) -> None:
    """Open the menu of topics at a page: of the block that holds the case, in triage of `block`.

    Raises Denied, OutOfDate, DomainError(«held_by»).
    """
    appeal = await cases.locked(desk, appeal_id)
    await _role(desk, actor, appeal)
    show = partial(menus.show, desk, appeal, actor=actor, channel=channel, chat=chat)
    triage = appeal.state in OURS
    found = told_topics.choices(
        desk.town,
        desk.understand(appeal.text),
        block=block if triage else appeal.block,
        present=appeal.topic,
    )
    if triage and not found:
        await show(name="triage.topic_blocks", page=1)
        return
    pages = max(-(-len(found) // PAGE), 1)
    page = min(max(page, 1), pages)
    await show(
        name="triage.topics" if triage else "topics",
        page=page,
        pages=pages,
        block=block,
        codes=found[(page - 1) * PAGE : page * PAGE],
        revision=told_topics.revision(await desk.uow.appeals.events_of(appeal.id)),
    )


@use_case
async def choose_block(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, channel: str, chat: str, page: int
) -> None:
    """The duty officer looks for a topic by its block. Raises Denied, OutOfDate."""
    appeal = await cases.locked(desk, appeal_id)
    await _role(desk, actor, appeal)
    if appeal.state not in OURS:
        raise OutOfDate("moved_on")
    await menus.show(
        desk,
        appeal,
        actor=actor,
        channel=channel,
        chat=chat,
        name="triage.topic_blocks",
        page=page,
    )


@use_case
async def tell(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, topic: str, revision: int
) -> Appeal:
    """The case is about `topic`, said in a menu that was opened at `revision`.

    Raises Denied, OutOfDate, DomainError(«held_by», «no_such_topic», «topic_is», «topic_told» when
    somebody has chosen another one since the menu was opened).
    """
    appeal = await cases.locked(desk, appeal_id)
    role = await _role(desk, actor, appeal)
    known = desk.town.topics.get(topic)
    # Another block's topic is a case for another block, and that is a return or the duty officer's.
    if known is None or (appeal.state not in OURS and known.block != appeal.block):
        raise DomainError("no_such_topic")
    if topic == appeal.topic:
        raise DomainError("topic_is")
    events = await desk.uow.appeals.events_of(appeal.id)
    if told_topics.revision(events) != revision:
        last = told_topics.newest(events)
        if last is None or last.actor_id is None:
            raise OutOfDate("moved_on")
        name = (await desk.uow.need(Person, last.actor_id)).first_name
        raise DomainError("topic_told", name=name, topic=appeal.topic)
    before = appeal
    appeal = _about(desk, appeal, topic, events, actor=actor, role=role, code=topic)
    seq = appeal.event_seq
    urgency = reweighing.raised_by_topic(desk, appeal, known)
    if urgency is not None:
        appeal = await reweighing.reweigh(desk, appeal, urgency, actor=actor, role=role)
    await labels.tell_topic(desk, appeal, actor)
    await _show(desk, before, appeal, seq)
    return appeal


@use_case
async def take_back(desk: Desk, *, actor: Actor, appeal_id: AppealId, seq: int) -> Appeal:
    """«Отменить» within a minute, by who changed it: topic, urgency and label as before.

    Raises Denied, OutOfDate, DomainError(«others_topic», «topic_undo_late»).
    """
    appeal = await cases.locked(desk, appeal_id)
    role = await _role(desk, actor, appeal)
    events = await desk.uow.appeals.events_of(appeal.id)
    change = told_topics.told(events)
    if change is None or change.seq != seq or told_topics.revision(events) != seq:
        raise OutOfDate("moved_on")
    if change.word != appeal.topic:
        # It went to another block since, and what it was about stayed behind.
        raise OutOfDate("moved_on")
    if change.actor_id != actor.person_id:
        raise DomainError("others_topic")
    kept = await desk.uow.get(EventText, change.id)
    # With the citizen's words went what the topic was.
    if appeal.erased or kept is None or not told_topics.may_undo(events, change, desk.now):
        raise DomainError("topic_undo_late")
    before, topic = appeal, kept.text if kept.text in desk.town.topics else None
    code = undo.code_undo(seq)
    appeal = _about(desk, appeal, topic, events, actor=actor, role=role, code=code)
    raised = told_topics.raised_by(events, change)
    if raised is not None and appeal.urgency is raised[1]:
        appeal = await reweighing.reweigh(desk, appeal, raised[0], actor=actor, role=role)
    earlier = told_topics.told(await desk.uow.appeals.events_of(appeal.id))
    await labels.untell_topic(desk, appeal, earlier)
    await _show(desk, before, appeal, seq)
    return appeal


async def _role(desk: Desk, actor: Actor, appeal: Appeal) -> Role:
    """Who may send the case elsewhere, its holder, a head, or anybody of the block while free.

    Raises Denied, OutOfDate, DomainError(«held_by»).
    """
    role = authorise(actor, Deed.TOPIC, block=appeal.block)
    if appeal.state not in CHANGEABLE:
        raise OutOfDate("moved_on")
    if role not in (Role.DUT, Role.MHD) and appeal.holder_id is not None:
        await cases.check_may_free(desk, appeal, actor)
    return role


def _about(
    desk: Desk,
    appeal: Appeal,
    topic: str | None,
    events: Sequence[Event],
    *,
    actor: Actor,
    role: Role,
    code: str,
) -> Appeal:
    """The case under another topic: an event, and the day's facts."""
    received.under(desk, appeal, topic, events)
    before = appeal.topic or ""
    appeal = replace(appeal, topic=topic, reason=told_topics.words_for(appeal, topic))
    appeal = audit.record(
        desk,
        appeal,
        action=Deed.TOPIC,
        actor=actor,
        role=role,
        source=appeal.state,
        code=code,
        text=before,
    )
    return desk.uow.put(appeal)


async def _show(desk: Desk, before: Appeal, appeal: Appeal, seq: int) -> None:
    """Cards, drafts, receipt; under the card what changed, a minute long with a way back."""
    await comparing.counted_anew(desk, before)
    await comparing.counted_anew(desk, appeal)
    await notify.card(desk, appeal)
    await notify.triage_if_shown(desk, appeal)
    for answer in await desk.uow.appeals.answers_of(appeal.id):
        if answer.state is AnswerState.DRAFT:
            # What a draft lacks is judged by the topic: a photo, first of all.
            await work.preview(desk, appeal, answer)
    notify.receipt(desk, appeal)
    chat = await notify.home(desk, appeal)
    if chat is not None:
        await menus.close_all(desk, appeal.id, chat_id=chat.external_id)
    anchor = f"topic:{appeal.id}:{seq}"
    await notify.with_undo(desk, chat, Kind.TOPIC_TOLD, appeal=appeal, anchor=anchor, seq=seq)
