"""Updates that a defect kept from being applied: tried again, or let go by a person."""

from __future__ import annotations

from typing import Any

from services import notify
from services.access import Actor, Deed, authorise
from services.dead_letters import MANY
from services.desk import Desk, use_case
from services.errors import DomainError
from services.model import Purpose
from services.notices import Kind, Priority


async def announce(desk: Desk, *, serial: int) -> None:
    """Tell the duty chat; from the fifth of one cause on, in one line for all."""
    row = await desk.uow.waiting.update(serial)
    chat = await desk.uow.people.chat_for(Purpose.TRIAGE)
    if row is None or chat is None:
        return
    alike = await desk.uow.waiting.parked(error=row.error, limit=MANY)
    if len(alike) < MANY:
        await _say_anew(desk, serial, row.what)
        return
    await notify.in_chat(
        desk,
        chat,
        Kind.PARKED_MANY,
        anchor=f"parked_many:{(row.error or '')[:40]}:{desk.now:%y%m%d%H}",
        coalesce=True,
        priority=Priority.REMINDER,
        error=row.error,
    )


async def _say_anew(desk: Desk, serial: int, what: str) -> None:
    await desk.uow.screens.anew(_anchor(serial))
    await _say(desk, serial, what)


async def _say(desk: Desk, serial: int, what: str, **settled: Any) -> None:
    await notify.in_chat(
        desk,
        await desk.uow.people.chat_for(Purpose.TRIAGE),
        Kind.PARKED,
        anchor=_anchor(serial),
        coalesce=not settled,
        priority=Priority.REMINDER,
        serial=serial,
        what=what,
        **settled,
    )


def _anchor(serial: int) -> str:
    return f"parked:{serial}"


@use_case
async def settle(desk: Desk, *, actor: Actor, serial: int, again: bool, clock: float) -> None:
    """«Повторить» or «Убрать», at the real second `clock`. Raises Denied, «not_parked»."""
    authorise(actor, Deed.SETTLE_DEAD)
    row = await desk.uow.waiting.update(serial)
    if row is None:
        raise DomainError("not_parked")
    by = "the operator" if actor.person_id is None else f"person {actor.person_id}"
    waiting = desk.uow.waiting
    done = waiting.apply_again(row) if again else waiting.let_go(row, by=by, now=clock)
    if not await done:
        raise DomainError("not_parked")
    if await desk.uow.screens.anchored(_anchor(serial)) is not None:
        await _say(
            desk, serial, row.what, by=actor.person_id, again=again, moment=desk.now.isoformat()
        )


@use_case
async def settle_all(desk: Desk, *, actor: Actor) -> int:
    """«Повторить все» of the list. Raises Denied; returns how many are applied again."""
    authorise(actor, Deed.SETTLE_DEAD)
    tried = 0
    for row in await desk.uow.waiting.parked():
        tried += await desk.uow.waiting.apply_again(row)
    return tried


@use_case
async def show_list(desk: Desk, *, actor: Actor, channel: str, chat: str, page: int) -> None:
    """«Список»: what was put aside, five a page. Raises Denied."""
    authorise(actor, Deed.SETTLE_DEAD)
    rows = await desk.uow.waiting.parked()
    notify.to_person(
        desk,
        None,
        Kind.PARKED_LIST,
        channel=channel,
        chat_id=chat,
        anchor=f"parked_list:{chat}:{actor.person_id}",
        owner=actor.person_id,
        page=page,
        rows=[[row.serial, row.what, row.error] for row in rows],
    )


@use_case
async def show_one(desk: Desk, *, actor: Actor, serial: int) -> None:
    """One of the list, in the duty chat, with its buttons. Raises Denied, «not_parked»."""
    authorise(actor, Deed.SETTLE_DEAD)
    row = await desk.uow.waiting.update(serial)
    if row is None or row.state != "parked":
        raise DomainError("not_parked")
    await _say_anew(desk, serial, row.what)
