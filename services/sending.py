"""A case goes to a block, or back to the duty officer, and what it is about goes with it."""

from __future__ import annotations

from dataclasses import replace

from services import audit, block_topics, cases, received, reweighing, told_topics, undo
from services.access import HUB, Actor, Deed, authorise
from services.desk import Desk
from services.lifecycle import Action
from services.model import Appeal, EventText, Role
from services.policies import Urgency


async def to_block(desk: Desk, appeal: Appeal, actor: Actor, *, code: str, block: str) -> Appeal:
    """Route the case to `block` under a topic of it: one event; a more urgent topic is one more.

    Raises Denied, OutOfDate.
    """
    before = appeal
    appeal = await _about(desk, appeal, block)
    appeal = await cases.move(
        desk,
        appeal,
        Action.ROUTE,
        actor,
        code=code,
        text=block_topics.change(before.topic, appeal.topic),
        block=block,
    )
    return await _no_less_urgent(desk, before, appeal, actor, Action.ROUTE)


async def for_good(
    desk: Desk, appeal: Appeal, actor: Actor, *, code: str, text: str, block: str
) -> Appeal:
    """The same by a final decision, whose `text` is its reason: the topic is an event of the hub.

    Raises Denied, OutOfDate.
    """
    before = appeal
    appeal = await cases.move(
        desk, appeal, Action.DECIDE_RETURN, actor, code=code, text=text, block=block
    )
    appeal = await _about(desk, appeal, block)
    if appeal.topic != before.topic:
        appeal = audit.record(
            desk,
            appeal,
            action=Deed.TOPIC,
            actor=HUB,
            role=Role.HUB,
            source=appeal.state,
            code=appeal.topic,
            text=before.topic or "",
        )
        desk.uow.put(appeal)
    return await _no_less_urgent(desk, before, appeal, actor, Action.DECIDE_RETURN)


async def back(desk: Desk, appeal: Appeal, actor: Actor) -> Appeal:
    """«Вернуть себе»: the topic of before the routing; within a minute the urgency of then, too.

    Raises Denied, OutOfDate.
    """
    events = await desk.uow.appeals.events_of(appeal.id)
    changes = block_topics.changing(events)
    kept = await desk.uow.get(EventText, changes[0].id) if changes else None
    topic = appeal.topic
    # With the citizen's words went what the topic was.
    if kept is not None:
        before, _since = block_topics.changed(kept.text)
        topic = before if before in desk.town.topics else None
    text = block_topics.change(appeal.topic, topic)
    appeal = replace(appeal, topic=topic, reason=block_topics.words_of(appeal, topic, events))
    appeal = await cases.move(
        desk, appeal, Action.UNROUTE, actor, code=appeal.block, text=text, block=None
    )
    raised = [r for r in (told_topics.raised_by(events, event) for event in changes) if r]
    if not raised or not undo.in_time(changes[0].at, desk.now):
        return appeal
    was, now = raised[0][0], raised[-1][1]
    if appeal.urgency is not now or now is Urgency.EMERGENCY:
        return appeal
    role = authorise(actor, Action.UNROUTE, block=appeal.block)
    return await reweighing.reweigh(desk, appeal, was, actor=actor, role=role)


async def _about(desk: Desk, appeal: Appeal, block: str) -> Appeal:
    """The case under the best topic of `block`; the day's facts follow."""
    events = await desk.uow.appeals.events_of(appeal.id)
    seen = desk.understand(appeal.text)
    topic = block_topics.topic_in(desk.town, appeal, seen, block, events)
    if topic == appeal.topic:
        return appeal
    received.under(desk, appeal, topic, events)
    return replace(appeal, topic=topic, reason=block_topics.words_of(appeal, topic, events))


async def _no_less_urgent(
    desk: Desk, before: Appeal, appeal: Appeal, actor: Actor, action: Action
) -> Appeal:
    topic = desk.town.topics.get(appeal.topic or "")
    if topic is None or appeal.topic == before.topic:
        return appeal
    urgency = reweighing.raised_by_topic(desk, appeal, topic)
    if urgency is None:
        return appeal
    role = authorise(actor, action, block=appeal.block)
    return await reweighing.reweigh(desk, appeal, urgency, actor=actor, role=role)
