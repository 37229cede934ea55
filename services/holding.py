"""Becoming the holder of a case, and having it never happened."""

from __future__ import annotations

from dataclasses import replace

from services import accepting, cases, clocks, intake, notify, undo
from services.access import Actor
from services.desk import Desk
from services.lifecycle import Action
from services.model import Appeal, PersonId
from services.notices import Kind
from services.policies import ClockKind, Urgency


async def take_for(
    desk: Desk,
    appeal: Appeal,
    actor: Actor,
    holder: PersonId,
    *,
    action: Action = Action.TAKE,
    code: str | None = None,
) -> Appeal:
    """The case is `holder`'s now; the citizen reads of the first time, once it can't be undone.

    Raises Denied, OutOfDate.
    """
    first = appeal.taken_at is None
    appeal = await cases.move(
        desk, appeal, action, actor, code=code, holder_id=holder, taken_at=desk.now
    )
    if first:
        intake.count(desk, appeal, "reacted")
    if first or appeal.urgency is Urgency.EMERGENCY:
        await _tell(desk, appeal)
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


async def _tell(desk: Desk, appeal: Appeal) -> None:
    if appeal.urgency is Urgency.EMERGENCY:
        # In danger he is told at once, by whoever was first: there is nothing to take back.
        await accepting.taken(desk, appeal)
        await accepting.tell_citizen(desk, appeal)
        return
    seq = appeal.event_seq
    key, at = f"taken:{appeal.id}:{seq}", desk.now + undo.WINDOW
    notify.to_citizen(desk, appeal, Kind.TAKEN, key=key, at=at, seq=seq)


async def untake(desk: Desk, appeal: Appeal, actor: Actor, *, seq: int) -> Appeal:
    """The taking `seq` never was: the reaction clock runs on, the citizen is told nothing."""
    gives = undo.gives(await desk.uow.appeals.events_of(appeal.id))
    appeal = await cases.move(desk, appeal, Action.GIVE_UP, actor, code=undo.code_undo(seq))
    if len(gives) == 1:
        appeal = desk.uow.put(replace(appeal, taken_at=None))
        intake.count(desk, appeal, "reacted", -1, at=gives[0].at)
        await clocks.run_on(desk, appeal, ClockKind.REACTION)
    return appeal


async def just_taken(desk: Desk, appeal: Appeal, actor: Actor) -> int | None:
    """The number of the actor's own taking, while it can still be undone."""
    if appeal.urgency is Urgency.EMERGENCY or appeal.holder_id != actor.person_id:
        return None
    given = undo.gives(await desk.uow.appeals.events_of(appeal.id))
    last = given[-1] if given else None
    own = last is not None and last.action == Action.TAKE and last.actor_id == actor.person_id
    if last is None or not own or not undo.in_time(last.at, desk.now):
        return None
    return last.seq
