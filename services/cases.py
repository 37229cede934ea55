"""The only place where an appeal changes its state: rights, table, event, clocks, in this order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services import audit, clocks, labels
from services.access import BLOCK_STAFF, Actor, Deed, authorise, held, in_the_name_of
from services.desk import Desk
from services.errors import Denied, DomainError
from services.lifecycle import HELD, OPEN, Action, allowed, target
from services.model import WHOLE_CENTRE, Appeal, AppealId, Person, PersonId, State
from services.policies import ClockKind

_STOPS_REACTION = {
    Action.TAKE,
    Action.ASSIGN,
    Action.ASK,
    Action.POSTPONE,
    Action.PASS,
    Action.PASS_INTERIM,
    Action.ANSWER_UNCHECKED,
}
_STOPS_ANSWER = {Action.PASS, Action.ANSWER_UNCHECKED}
_LEAVES_OTHERS = {
    Action.MERGE,
    Action.REJECT,
    Action.FORWARD,
    Action.DUPLICATE,
    Action.TERMINATE,
}
"""Ends of a case that would leave those who follow it in a problem without an answer."""


async def locked(desk: Desk, appeal_id: AppealId) -> Appeal:
    """The appeal, locked and as it is now. Raises DomainError(«no_such_appeal»)."""
    found = await desk.uow.lock(Appeal, appeal_id)
    if found is None:
        raise DomainError("no_such_appeal", number=appeal_id)
    return found


async def holder_of(desk: Desk, appeal: Appeal) -> PersonId | None:
    """Who holds it and may still work on it: whose role is over holds nothing."""
    if appeal.holder_id is None:
        return None
    grants = held(await desk.uow.people.grants_of(appeal.holder_id), desk.now)
    scopes = (appeal.block, WHOLE_CENTRE)
    mine = [g for g in grants if g.role in BLOCK_STAFF and g.scope in scopes]
    return appeal.holder_id if mine else None


async def check_holder(desk: Desk, appeal: Appeal, actor: Actor) -> None:
    """Nobody else holds it. Raises DomainError(«held_by», «holder_gone»)."""
    if appeal.holder_id is not None and appeal.holder_id != actor.person_id:
        holder = await desk.uow.need(Person, appeal.holder_id)
        gone = await holder_of(desk, appeal) is None
        raise DomainError("holder_gone" if gone else "held_by", name=holder.first_name)


async def check_may_free(desk: Desk, appeal: Appeal, actor: Actor) -> None:
    """The holder himself, or the head of the block; anybody of it once the holder's role is over.

    Raises DomainError(«held_by»), Denied.
    """
    if appeal.holder_id == actor.person_id or await holder_of(desk, appeal) is None:
        return
    try:
        authorise(actor, Deed.FREE, block=appeal.block)
    except Denied:
        await check_holder(desk, appeal, actor)
        raise


def may(actor: Actor, action: Action, appeal: Appeal) -> bool:
    """This person can make this move with the case as it stands now."""
    try:
        authorise(actor, action, block=appeal.block, owner=appeal.person_id)
    except Denied:
        return False
    return action in allowed(appeal.state)


async def move(
    desk: Desk,
    appeal: Appeal,
    action: Action,
    actor: Actor,
    *,
    code: str | None = None,
    text: str | None = None,
    **changes: Any,
) -> Appeal:
    """Make one move of the table.

    `changes` are further fields of the appeal, `text` a free text for the event. Raises Denied
    (no right), OutOfDate (no such move from the present state), DomainError(«leads_problem»,
    «erased» when its author would put an empty case to work).
    """
    role = authorise(actor, action, block=appeal.block, owner=appeal.person_id)
    if appeal.erased and actor.person_id == appeal.person_id:
        raise DomainError("erased", number=appeal.id)
    before, source = appeal, appeal.state
    state = target(source, action, came_from=appeal.came_from)
    if action in _LEAVES_OTHERS:
        await check_nobody_follows(desk, appeal)
    came_from = source if state is State.WAITING_CITIZEN else None
    if source is state is State.WAITING_CITIZEN:
        came_from = appeal.came_from
    appeal = replace(appeal, state=state, came_from=came_from, **changes)
    if state is State.CLOSED:
        appeal = replace(appeal, closed_at=desk.now)
    elif source is State.CLOSED:
        appeal = replace(appeal, closed_at=None)
    if state not in HELD and state is not State.ANSWERED:
        appeal = replace(appeal, holder_id=None)
    absent = in_the_name_of(actor, role, appeal.block)
    if absent is not None:
        # A substitute decides in somebody's name; the event says so (domain.md §1).
        code = " ".join(filter(None, (code, f"за {absent}")))
    appeal = audit.record(
        desk, appeal, action=action, actor=actor, role=role, source=source, code=code, text=text
    )
    desk.uow.put(appeal)
    await _clocks_follow(desk, appeal, action, source)
    await labels.follow(desk, before, appeal, action, actor)
    return appeal


async def check_nobody_follows(desk: Desk, appeal: Appeal) -> None:
    """No other report waits for its answer. Raises DomainError(«leads_problem»)."""
    if appeal.problem_id is None:
        return
    problem = await desk.uow.problems.led_by(appeal.id)
    if problem is not None and await desk.uow.problems.members(problem.id, limit=1):
        raise DomainError("leads_problem", number=appeal.id)


async def _clocks_follow(desk: Desk, appeal: Appeal, action: Action, source: State) -> None:
    if action in _STOPS_REACTION:
        await clocks.stop(desk, appeal, ClockKind.REACTION)
    if action in _STOPS_ANSWER:
        await clocks.stop(desk, appeal, ClockKind.ANSWER, ClockKind.FIX, ClockKind.PROMISE)
    if appeal.state is State.WAITING_CITIZEN:
        await clocks.pause(desk, appeal)
    elif source is State.WAITING_CITIZEN:
        await clocks.resume(desk, appeal)
    if appeal.state in (State.CLOSED, State.MERGED, State.DISPUTED):
        await clocks.cancel(desk, appeal)


async def of_author(desk: Desk, person_id: PersonId, number: AppealId) -> Appeal:
    """The citizen's own appeal, locked. Raises DomainError(«not_yours») for anybody else's."""
    appeal = await desk.uow.lock(Appeal, number)
    if appeal is None or appeal.person_id != person_id:
        raise DomainError("not_yours", number=number)
    return appeal


async def of_author_open(desk: Desk, person_id: PersonId, number: AppealId) -> Appeal:
    """The same while nothing is answered yet.

    Raises DomainError(«already_answered», «already_closed») after that.
    """
    appeal = await of_author(desk, person_id, number)
    if appeal.state is State.ANSWERED:
        raise DomainError("already_answered", number=number)
    if appeal.state not in OPEN:
        raise DomainError("already_closed", number=number)
    return appeal


def note_event(
    desk: Desk,
    appeal: Appeal,
    action: str,
    actor: Actor,
    *,
    code: str | None = None,
    text: str | None = None,
    deed: Deed | None = None,
) -> Appeal:
    """Record something that is no move: a note, an addition, a look at the history.

    `deed` is the right it needs; without one it is an author's word or a note of the staff.
    """
    own = actor.person_id == appeal.person_id
    needed = deed or (Action.REGISTER if own else Deed.NOTE)
    role = authorise(actor, needed, block=appeal.block, owner=appeal.person_id)
    appeal = audit.record(
        desk,
        appeal,
        action=action,
        actor=actor,
        role=role,
        source=appeal.state,
        code=code,
        text=text,
    )
    desk.uow.put(appeal)
    return appeal
