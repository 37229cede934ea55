"""«Не тот отдел»: the citizen says whose it is, the duty officer looks; the clock never resets."""

from __future__ import annotations

from services import cases, notify
from services.desk import Desk, use_case
from services.directory import Known
from services.errors import OutOfDate
from services.lifecycle import HELD
from services.model import Appeal, AppealId, Purpose, State
from services.notices import Kind

ANY = "any"
"""«Не знаю»: not this department, whose then he can't tell."""
_MAY_BE_WRONG = HELD | {State.ASSIGNED}


def may_be_wrong(appeal: Appeal) -> bool:
    """A block has it and has not answered yet."""
    return appeal.state in _MAY_BE_WRONG


@use_case
async def ask_department(desk: Desk, known: Known, number: AppealId) -> None:
    """«Не тот отдел»: the receipt asks whose it is. Raises DomainError(«already_closed»)."""
    appeal = await cases.of_author_open(desk, known.person.id, number)
    if not may_be_wrong(appeal):
        raise OutOfDate("outdated")
    notify.receipt(desk, appeal, asks="department")


@use_case
async def back(desk: Desk, known: Known, number: AppealId) -> None:
    """«Назад»: the receipt with its own buttons."""
    notify.receipt(desk, await cases.of_author(desk, known.person.id, number))


@use_case
async def suggest(desk: Desk, known: Known, number: AppealId, code: str) -> None:
    """The citizen has named a block, or ANY. Said to staff once for each block that held it.

    Raises OutOfDate for a block that does not exist or has it already, DomainError.
    """
    appeal = await cases.of_author_open(desk, known.person.id, number)
    known_code = code == ANY or code in desk.town.blocks
    if not may_be_wrong(appeal) or not known_code or code == appeal.block:
        raise OutOfDate("outdated")
    key = f"opinion:{appeal.id}:{appeal.block}:{code}"
    appeal = cases.note_event(desk, appeal, "wrong_block", known.actor, text=code)
    notify.to_citizen(desk, appeal, Kind.OPINION_PASSED, key=f"{key}:passed")
    notify.receipt(desk, appeal)
    if appeal.state in HELD:
        await notify.under_card(desk, appeal, Kind.CITIZEN_OPINION, key=key, block=code)
        return
    chat = await desk.uow.people.chat_for(Purpose.TRIAGE)
    await notify.in_chat(
        desk, chat, Kind.CITIZEN_OPINION, appeal=appeal, key=key, anchor=key, block=code
    )


async def moved(desk: Desk, appeal: Appeal, before: str | None) -> None:
    """Another block has the case now: notes of the citizen's opinion are settled, he is told."""
    if before is None or appeal.block == before:
        return
    events = await desk.uow.appeals.events_of(appeal.id)
    if not any(event.action == "wrong_block" for event in events):
        return
    await refresh(desk, appeal, settled=True)
    notify.to_citizen(desk, appeal, Kind.BLOCK_CHANGED, key=f"moved:{appeal.id}:{appeal.event_seq}")


async def refresh(desk: Desk, appeal: Appeal, *, settled: bool = False) -> None:
    """Bring the duty officer's notes up to date: no choice is left once somebody holds the case."""
    for posted in await desk.uow.screens.of_appeal(appeal.id, Kind.CITIZEN_OPINION):
        if posted.anchor is None:
            continue
        code = None if settled else posted.anchor.rsplit(":", 1)[1]
        chat = await desk.uow.people.chat(posted.channel, posted.chat_id)
        await notify.in_chat(
            desk, chat, Kind.CITIZEN_OPINION, appeal=appeal, anchor=posted.anchor, block=code
        )
