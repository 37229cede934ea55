"""What did not arrive: tried again, or let go by a person (conversations.md §2.10)."""

from __future__ import annotations

from datetime import timedelta

from services import cases, notify
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.errors import DomainError
from services.model import AppealId, Purpose
from services.notices import Kind

MANY = 5
"""From so many of one cause on, one line for all of them."""
WINDOW = timedelta(hours=1)


@use_case
async def settle(desk: Desk, *, actor: Actor, row_id: int, again: bool) -> None:
    """«Повторить» or «Без доставки». Raises Denied, DomainError(«not_dead»)."""
    authorise(actor, Deed.SETTLE_DEAD)
    row = await desk.uow.outbox.row(row_id)
    if row is None or row.state != "dead":
        raise DomainError("not_dead")
    if not await desk.uow.outbox.revive(row_id, queued=again, now=desk.now):
        raise DomainError("not_dead")
    if not again:
        await _note(desk, actor, row.kind, row.appeal_id)
    await _show(desk, row_id, row.appeal_id, by=actor.person_id, again=again)


@use_case
async def withdraw(desk: Desk, *, actor: Actor, row_id: int) -> None:
    """What is queued never goes. Raises Denied, DomainError(«not_queued»)."""
    authorise(actor, Deed.SETTLE_DEAD)
    row = await desk.uow.outbox.row(row_id)
    if row is None or not await desk.uow.waiting.withdraw(row_id, error="withdrawn"):
        raise DomainError("not_queued")
    await _note(desk, actor, row.kind, row.appeal_id)


async def _note(desk: Desk, actor: Actor, kind: str, appeal_id: int | None) -> None:
    """That something is never delivered stands in the history of its case, with who said so."""
    if appeal_id is not None:
        appeal = await cases.locked(desk, AppealId(appeal_id))
        cases.note_event(desk, appeal, "undelivered", actor, code=kind, deed=Deed.SETTLE_DEAD)


async def _show(
    desk: Desk, row_id: int, appeal_id: int | None, *, by: int | None, again: bool
) -> None:
    """The line that stands for it in the duty chat says what was done."""
    chat = await desk.uow.people.chat_for(Purpose.TRIAGE)
    if chat is not None and await desk.uow.screens.anchored(f"dead:{row_id}") is not None:
        notify.dead_letter(
            desk, chat, row_id, appeal_id, by=by, again=again, at=desk.now.isoformat()
        )


@use_case
async def case_of(desk: Desk, *, actor: Actor, row_id: int) -> AppealId:
    """«Карточка»: the case of a dead letter. Raises Denied, DomainError(«not_dead»)."""
    authorise(actor, Deed.SETTLE_DEAD)
    row = await desk.uow.outbox.row(row_id)
    if row is None or row.appeal_id is None:
        raise DomainError("not_dead")
    return AppealId(row.appeal_id)


async def announce(
    desk: Desk, *, row_id: int, channel: str, appeal_id: int | None, error: str
) -> None:
    """Tell the duty chat; from the fifth of one cause within an hour on, in one line for all."""
    chat = await desk.uow.people.chat_for(Purpose.TRIAGE)
    if chat is None:
        return
    dead = await desk.uow.outbox.dead(channel=channel, error=error, since=desk.now - WINDOW)
    if len(dead) < MANY:
        notify.dead_letter(desk, chat, row_id, appeal_id)
        return
    since = min(row.sent_at for row in dead if row.sent_at is not None)
    await notify.in_chat(
        desk,
        chat,
        Kind.DEAD_LETTERS,
        anchor=f"dead_many:{channel}:{error[:40]}:{since:%y%m%d%H}",
        coalesce=True,
        channel=channel,
        error=error,
        since=since.isoformat(),
    )


@use_case
async def show_list(desk: Desk, *, actor: Actor, channel: str, chat: str, page: int) -> None:
    """«Список»: what did not arrive, five a page. Raises Denied."""
    authorise(actor, Deed.SETTLE_DEAD)
    rows = await desk.uow.outbox.dead()
    notify.to_person(
        desk,
        None,
        Kind.DEAD_LIST,
        channel=channel,
        chat_id=chat,
        anchor=f"dead_list:{chat}:{actor.person_id}",
        owner=actor.person_id,
        page=page,
        rows=[[r.id, r.kind, r.appeal_id, r.error] for r in rows],
    )


@use_case
async def show_one(desk: Desk, *, actor: Actor, row_id: int) -> None:
    """One of the list, in the duty chat, with its buttons. Raises Denied, DomainError."""
    authorise(actor, Deed.SETTLE_DEAD)
    row = await desk.uow.outbox.row(row_id)
    chat = await desk.uow.people.chat_for(Purpose.TRIAGE)
    if row is None or chat is None or row.state != "dead":
        raise DomainError("not_dead")
    await desk.uow.screens.anew(f"dead:{row_id}")
    notify.dead_letter(desk, chat, row_id, row.appeal_id)


@use_case
async def settle_all(desk: Desk, *, actor: Actor) -> int:
    """«Повторить все» of the list. Raises Denied; returns how many go out again."""
    authorise(actor, Deed.SETTLE_DEAD)
    tried = 0
    for row in await desk.uow.outbox.dead():
        tried += await desk.uow.outbox.revive(row.id, queued=True, now=desk.now)
    return tried
