"""What staff say about whose a case is, kept for the classifier to learn from.

A block alone tells a set of groups, not one: the label keeps the set, and learning decides what to
make of it (docs/understanding.md). Nothing is concluded here from what the hub itself had guessed.
"""

from __future__ import annotations

from dataclasses import replace

from services import told_topics
from services.access import Actor
from services.desk import Desk
from services.lifecycle import Action
from services.model import Appeal, AppealId, Because, Event, Label, State
from services.municipality import Municipality
from services.policies import Urgency
from services.understanding import mask

_TELLS = frozenset({Action.ROUTE, Action.DECIDE_RETURN})
"""Moves by which a person says whose it is."""
_ENDS = frozenset({Action.RATE, Action.SILENCE})
"""Moves by which an answered case is over."""


def groups_of(town: Municipality, block: str) -> list[str]:
    """Groups of the classifier that a block answers for, whole or in part."""
    return sorted({topic.group for topic in town.topics.values() if topic.block == block})


async def follow(desk: Desk, before: Appeal, after: Appeal, action: Action, actor: Actor) -> None:
    """A move was made: keep what it tells of the case's block and topic."""
    if action is Action.UNROUTE:
        await _forget_block(desk, after)
    elif after.block is None or not after.text:
        return
    elif action in _TELLS and not actor.hub:
        await _keep(desk, after, _because(before), actor, topic=await _told_of(desk, after))
    elif action in _ENDS and after.state is State.CLOSED and _was_theirs(after):
        await _confirm(desk, after)


async def erase(desk: Desk, appeal_id: AppealId) -> None:
    """The citizen's words go; that there was a correction stays."""
    for label in await desk.uow.by(Label, appeal_id=appeal_id):
        desk.uow.put(replace(label, text=""))


def _because(before: Appeal) -> Because:
    return {State.NEW: Because.CHOSEN, State.RETURNING: Because.RETURNED}.get(
        before.state, Because.MOVED
    )


async def tell_topic(desk: Desk, appeal: Appeal, actor: Actor) -> None:
    """A person said what the case is about, and so whose it is."""
    if appeal.topic is None or not appeal.text:
        return
    said = await desk.uow.by(Label, appeal_id=appeal.id)
    because = said[0].because if said else Because.TOPIC
    block = desk.town.topics[appeal.topic].block
    await _keep(desk, replace(appeal, block=block), because, actor, topic=appeal.topic)


async def untell_topic(desk: Desk, appeal: Appeal, earlier: Event | None) -> None:
    """That was taken back: what a person has said `earlier` stands, or whose the case is."""
    if earlier is not None:
        await tell_topic(desk, appeal, Actor(earlier.actor_id))
        return
    for label in await desk.uow.by(Label, appeal_id=appeal.id):
        if label.because is Because.TOPIC or appeal.block is None:
            desk.uow.remove(label)
        else:
            of_block = groups_of(desk.town, appeal.block)
            desk.uow.put(replace(label, block=appeal.block, groups=of_block, topic=None))


async def _told_of(desk: Desk, appeal: Appeal) -> str | None:
    """The topic that a person has told, if it is of the block that has the case now."""
    events = await desk.uow.appeals.events_of(appeal.id)
    topic = told_topics.told_topic(desk.town, events)
    return topic.code if topic is not None and topic.block == appeal.block else None


async def _forget_block(desk: Desk, appeal: Appeal) -> None:
    """Nobody says whose it is any more; what it is about stays said, though it was routed away."""
    events = await desk.uow.appeals.events_of(appeal.id)
    told, topic = told_topics.told(events), told_topics.told_topic(desk.town, events)
    for label in await desk.uow.by(Label, appeal_id=appeal.id):
        if told is None or topic is None:
            desk.uow.remove(label)
            continue
        about = replace(label, topic=topic.code, block=topic.block, groups=[topic.group])
        desk.uow.put(replace(about, because=Because.TOPIC, person_id=told.actor_id))


def _was_theirs(appeal: Appeal) -> bool:
    """Somebody of the block took it and answered it himself; what is left of a case is no whole."""
    return bool(appeal.taken_at and appeal.answered_at) and appeal.parent_id is None


async def _keep(
    desk: Desk, appeal: Appeal, because: Because, actor: Actor, *, topic: str | None
) -> None:
    assert appeal.block is not None
    told = desk.town.topics[topic].group if topic is not None else None
    label = Label(
        id=desk.uow.new_id(Label),
        appeal_id=appeal.id,
        text=_words(appeal),
        block=appeal.block,
        groups=[told] if told is not None else groups_of(desk.town, appeal.block),
        topic=topic,
        because=because,
        person_id=actor.person_id,
        at=desk.now,
    )
    for before in await desk.uow.by(Label, appeal_id=appeal.id):
        desk.uow.put(replace(label, id=before.id))
        return
    desk.uow.add(label)


async def _confirm(desk: Desk, appeal: Appeal) -> None:
    """The hub was right; what a person has said before tells more."""
    if not await desk.uow.by(Label, appeal_id=appeal.id):
        await _keep(desk, appeal, Because.CONFIRMED, Actor(None), topic=None)


def _words(appeal: Appeal) -> str:
    # The door of a flat is for those who hurry there, not for what is learnt.
    return mask(appeal.text) if appeal.urgency is Urgency.EMERGENCY else appeal.text
