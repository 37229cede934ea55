"""What those above a department look into: lists of cases, one case, a word to every holder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from services import cases, decisions, homeless, notify
from services.access import Actor, Deed, authorise
from services.calendar import DAY, local_day
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import OPEN
from services.model import (
    WHOLE_CENTRE,
    Appeal,
    AppealId,
    Chat,
    Decision,
    PersonId,
    Posted,
    Role,
)
from services.notices import Kind, Priority
from services.policies import ClockKind

if TYPE_CHECKING:
    from services.directory import Known

ANSWERING = (ClockKind.ANSWER, ClockKind.FIX)
LISTS = ("todo", "crit", "late", "today", "due")
"""Questions to decide, critical cases, overdue ones, due today, and both of all clocks."""
_CENTRE = (Role.MHD, Role.CRD, Role.MAY)
_BLOCKS = (Role.BLK, Role.BHD, Role.DEP)
ALL = 500
"""Rows that a list knows of; it shows five."""


@dataclass(frozen=True, slots=True)
class Line:
    """A case in a list, with the deadline that brought it there."""

    appeal: Appeal
    due_at: datetime | None


def blocks_of(desk: Desk, actor: Actor) -> tuple[str, ...]:
    """The blocks somebody looks after, in the order of the directory. Raises Denied."""
    authorise(actor, Deed.OVERSEE)
    scopes = {g.scope for g in actor.grants if g.role in _BLOCKS}
    everywhere = any(g.role in _CENTRE for g in actor.grants) or WHOLE_CENTRE in scopes
    return tuple(code for code in desk.town.blocks if everywhere or code in scopes)


async def found(desk: Desk, name: str, blocks: list[str | None]) -> list[Line]:
    """The cases of a list, the most urgent first; each case once."""
    if name == "crit":
        return [Line(a, None) for a in await desk.uow.statistics.open_critical(blocks, limit=ALL)]
    day_ends = _midnight(desk)
    after, until = {
        "late": (None, desk.now),
        "today": (desk.now, day_ends),
        "due": (None, day_ends),
    }[name]
    kinds = tuple(ClockKind) if name == "due" else ANSWERING
    due = await desk.uow.statistics.due_between(blocks, after, until, kinds=kinds, limit=ALL)
    lines: dict[AppealId, Line] = {}
    for case in due:
        lines.setdefault(case.appeal.id, Line(case.appeal, case.due_at))
    return list(lines.values())


def _midnight(desk: Desk) -> datetime:
    """The end of the local day."""
    calendar = desk.town.calendar
    tomorrow = local_day(calendar, desk.now) + DAY
    return datetime.combine(tomorrow, time(), calendar.zone).astimezone(UTC)


async def waiting_for(desk: Desk, person_id: PersonId) -> list[Decision]:
    """Open questions that this person may answer now, oldest first."""
    who: dict[tuple[Role, str | None], list[PersonId]] = {}
    mine = []
    for decision in await desk.uow.decisions.open():
        key = (decision.role, decision.block)
        if key not in who:
            who[key] = await decisions.responsible(desk, decision)
        if person_id not in who[key] or not decisions.may_decide(decision, person_id):
            continue
        appeal = await desk.uow.need(Appeal, decision.appeal_id)
        # Withdrawn or ended since it was asked: nobody waits for the answer.
        if appeal.state in OPEN:
            mine.append(decision)
    return mine


@use_case
async def show(
    desk: Desk,
    known: Known,
    *,
    chat: str,
    name: str,
    page: int = 0,
    turned: Posted | None = None,
) -> None:
    """A list in a private chat, five rows a page; `turned` is the message whose page turns.

    Raises Denied, OutOfDate for a list that there is not.
    """
    if name not in LISTS:
        raise OutOfDate("outdated")
    blocks: tuple[str, ...] = () if name == "todo" else blocks_of(desk, known.actor)
    anchor = turned.anchor if turned is not None and turned.kind == Kind.LIST else None
    notify.here(
        desk,
        known,
        Kind.LIST,
        chat=chat,
        anchor=anchor or _new_anchor(desk, name),
        name=name,
        blocks=list(blocks),
        page=page,
    )


def _new_anchor(desk: Desk, name: str) -> str:
    return f"list:{name}:{desk.uow.new_number('posted')}"


@use_case
async def show_in_group(
    desk: Desk, chat: Chat, *, actor: Actor, page: int, turned: Posted | None
) -> None:
    """What is overdue and due today, in the chat that owns it. Raises Denied."""
    authorise(actor, Deed.LIST, block=chat.block)
    anchor = turned.anchor if turned is not None and turned.kind == Kind.LIST else None
    await notify.in_chat(
        desk,
        chat,
        Kind.LIST,
        anchor=anchor or _new_anchor(desk, "due"),
        priority=Priority.REMINDER,
        name="due",
        blocks=await _blocks_at_home(desk, chat),
        page=page,
        group=True,
    )


async def _blocks_at_home(desk: Desk, chat: Chat) -> list[str | None]:
    """Whose cases live in a chat: one block's, or all that have no chat of their own."""
    if chat.block is not None:
        return [chat.block]
    return [None, *await homeless.blocks(desk)]


@use_case
async def open_case(desk: Desk, known: Known, *, chat: str, appeal_id: AppealId) -> None:
    """The text of a card in private, silent, without buttons. Raises Denied."""
    appeal = await cases.locked(desk, appeal_id)
    authorise(known.actor, Deed.READ, block=appeal.block)
    notify.here(desk, known, Kind.CASE_TEXT, chat=chat, about=appeal.id)


@use_case
async def nudge(desk: Desk, *, actor: Actor) -> int:
    """«Напомнить всем»: a word to the holder of every overdue case, once a day.

    Returns how many cases are held by somebody. Raises Denied.
    """
    blocks: list[str | None] = list(blocks_of(desk, actor))
    day = local_day(desk.town.calendar, desk.now).isoformat()
    held = [x for x in await found(desk, "late", blocks) if x.appeal.holder_id is not None]
    for line in held:
        ref: dict[str, Any] = {"holder": line.appeal.holder_id}
        await notify.under_card(
            desk, line.appeal, Kind.NUDGE, key=f"nudge:{line.appeal.id}:{day}", **ref
        )
    return len(held)


@use_case
async def show_question(desk: Desk, *, actor: Actor, decision_id: int) -> None:
    """A question from the list, sent anew: the message that stood for it is left behind.

    Raises DomainError(«no_such_decision», «decided_by»), Denied.
    """
    decision = await decisions.opened(desk, decision_id)
    person_id = actor.person_id
    if person_id is None or person_id not in await decisions.deciders(desk, decision):
        raise DomainError("no_such_decision")
    posted = await desk.uow.screens.anchored(decisions.anchor(decision, person_id))
    if posted is not None:
        desk.uow.put(replace(posted, anchor=None))
    await decisions.show(desk, decision, person_id)
