"""A chat was bound: what waited for it is put up there."""

from __future__ import annotations

from services import homeless, notify
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.model import Chat, Purpose, State

AT_ONCE = 200
"""Cards put up by one binding; a chat takes 20 messages a minute anyway."""


@use_case
async def put_up(desk: Desk, chat: Chat, *, actor: Actor) -> int:
    """Queue the cards that a chat, bound or come back to, should show; returns how many."""
    authorise(actor, Deed.PUT_UP)
    if chat.purpose is Purpose.TRIAGE:
        waiting = await homeless.unowned(desk)
        for appeal in waiting[:AT_ONCE]:
            put = notify.card if appeal.state is State.ASSIGNED else notify.triage
            await put(desk, appeal)
        return len(waiting[:AT_ONCE])
    if chat.purpose is Purpose.QUALITY:
        answers = await desk.uow.appeals.in_review(limit=AT_ONCE)
        for appeal, answer in answers:
            await notify.quality(desk, appeal, answer)
        return len(answers)
    open_cases = await desk.uow.appeals.open_of_block(str(chat.block), limit=AT_ONCE)
    shown = 0
    for appeal in open_cases:
        # One that stands there already shows how its case is now.
        if appeal.state is not State.NEW:
            await notify.card(desk, appeal)
            shown += 1
    return shown
