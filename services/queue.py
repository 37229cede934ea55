"""What waits for the duty people: /queue, and what is handed over with a shift."""

from __future__ import annotations

from dataclasses import dataclass

from services import cases, homeless, menus, notify, triage
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.model import Appeal, AppealId, Purpose, Source, State
from services.notices import Kind

UNOWNED, OURS = "unowned", "ours"
VIEWS = (UNOWNED, OURS)


@dataclass(frozen=True, slots=True)
class Load:
    """How many wait: without an owner, for the duty officer's word, not delivered."""

    unowned: int
    ours: int
    dead: int


async def load(desk: Desk) -> Load:
    """What is open now."""
    return Load(
        unowned=len(await homeless.unowned(desk)),
        ours=len(await waiting_for_us(desk)),
        dead=await desk.uow.outbox.count("dead"),
    )


async def waiting_for_us(desk: Desk) -> list[Appeal]:
    """Alarms nobody accepted, what is to be told by phone, cases we asked about."""
    found: dict[AppealId, Appeal] = {}
    for alarm in await desk.uow.duty.open_alarms():
        appeal = await desk.uow.get(Appeal, alarm.appeal_id) if alarm.appeal_id else None
        if appeal is not None:
            found[appeal.id] = appeal
    for appeal in await desk.uow.duty.by_phone():
        events = await desk.uow.appeals.events_of(appeal.id)
        if appeal.source is Source.BOT or not any(e.action == "told" for e in events):
            found.setdefault(appeal.id, appeal)
    return list(found.values())


@use_case
async def show(
    desk: Desk, *, actor: Actor, channel: str, chat: str, view: str, page: int = 1
) -> None:
    """/queue: five cases a page; turning it edits the person's own list. Raises Denied."""
    authorise(actor, Deed.STAND_DUTY)
    view = view if view in VIEWS else UNOWNED
    waiting = await (waiting_for_us(desk) if view == OURS else homeless.unowned(desk))
    now = await load(desk)
    anchor = f"queue:{chat}:{actor.person_id}"
    notify.to_person(
        desk,
        None,
        Kind.QUEUE,
        channel=channel,
        chat_id=chat,
        anchor=anchor,
        owner=actor.person_id,
        view=view,
        page=max(page, 1),
        numbers=[a.id for a in waiting],
        counts=[now.unowned, now.ours],
    )


@use_case
async def begin(desk: Desk, *, actor: Actor, channel: str, chat: str) -> None:
    """A fresh list at the bottom of the chat; the one before goes. Raises Denied."""
    authorise(actor, Deed.STAND_DUTY)
    standing = await desk.uow.screens.anchored(f"queue:{chat}:{actor.person_id}")
    if standing is not None:
        menus.remove(desk, standing)
    await show(desk, actor=actor, channel=channel, chat=chat, view=UNOWNED)


@use_case
async def open_card(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, channel: str, chat: str
) -> None:
    """A case of the list: its card that waits here anew in the duty chat, else how it stands.

    Raises Denied, DomainError(«no_such_appeal»).
    """
    authorise(actor, Deed.STAND_DUTY)
    appeal = await cases.locked(desk, appeal_id)
    home = await desk.uow.people.chat_for(Purpose.TRIAGE)
    here = home is not None and home.external_id == chat
    asked = appeal.state is State.WAITING_CITIZEN and appeal.came_from in triage.OURS
    if here and (appeal.state in triage.OURS or asked):
        standing = await desk.uow.screens.anchored(f"triage:{appeal.id}")
        if standing is not None:
            menus.remove(desk, standing)
        await notify.triage(desk, appeal)
        return
    if here and appeal.state is State.ASSIGNED and appeal.block in await homeless.blocks(desk):
        standing = await desk.uow.screens.anchored(f"card:{appeal.id}:{chat}")
        if standing is not None:
            menus.remove(desk, standing)
        await notify.card(desk, appeal)
        return
    notify.to_person(desk, None, Kind.CARD_COPY, channel=channel, chat_id=chat, about=appeal.id)
