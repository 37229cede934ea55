"""What staff say about whose a case is, kept for the classifier to learn from.

A block alone tells a set of groups, not one: the label keeps the set, and learning decides what to
make of it (docs/understanding.md). Nothing is concluded here from what the hub itself had guessed.
"""

from __future__ import annotations

from dataclasses import replace

from services.access import Actor
from services.desk import Desk
from services.lifecycle import Action
from services.model import Appeal, AppealId, Because, Label, State
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
        await drop(desk, after.id)
    elif after.block is None or not after.text:
        return
    elif action in _TELLS and not actor.hub:
        await _keep(desk, after, _because(before), actor, topic=_told_topic(desk, before, after))
    elif action in _ENDS and after.state is State.CLOSED and _was_theirs(after):
        await _confirm(desk, after)


async def drop(desk: Desk, appeal_id: AppealId) -> None:
    """Nobody says it any more."""
    for label in await desk.uow.by(Label, appeal_id=appeal_id):
        desk.uow.remove(label)


async def erase(desk: Desk, appeal_id: AppealId) -> None:
    """The citizen's words go; that there was a correction stays."""
    for label in await desk.uow.by(Label, appeal_id=appeal_id):
        desk.uow.put(replace(label, text=""))


def _because(before: Appeal) -> Because:
    return {State.NEW: Because.CHOSEN, State.RETURNING: Because.RETURNED}.get(
        before.state, Because.MOVED
    )


def _told_topic(desk: Desk, before: Appeal, after: Appeal) -> str | None:
    changed = after.topic != before.topic
    return after.topic if changed and after.topic in desk.town.topics else None


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
