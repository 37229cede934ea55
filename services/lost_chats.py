"""A bound chat that the bot was removed from: its cards go to the duty officer until it is back."""

from __future__ import annotations

from dataclasses import replace

from services import boards, notify
from services.access import HUB
from services.binding import HOLD
from services.desk import Desk, use_case
from services.model import OUT, Chat, Purpose
from services.notices import Kind

PUT_UP_ANEW = (Kind.CARD, Kind.LONG_WORDS, Kind.MEDIA)


@use_case
async def lost(desk: Desk, chat: Chat) -> None:
    """The bot is out of it, as the messenger says or a refusal shows.

    A block's cards are put up in the duty chat, and what else waits for it goes there; what is for
    the duty or the quality chat waits.
    """
    first = not chat.is_lost
    if first:
        chat = desk.uow.put(replace(chat, missing=[*(chat.missing or []), OUT]))
        await notify.removed_from(desk, chat)
    duty = await desk.uow.people.chat_for(Purpose.TRIAGE)
    if chat.purpose is not Purpose.BLOCK or duty is None:
        await desk.uow.turns.hold(chat.channel, chat.external_id, desk.now + HOLD)
        return
    await desk.uow.turns.redirect(chat, duty, without=PUT_UP_ANEW)
    await boards.put_up(desk, chat, actor=HUB)


@use_case
async def found(desk: Desk, chat: Chat) -> None:
    """The bot is back: what has waited for the chat goes there."""
    if not chat.is_lost:
        return
    left = [right for right in chat.missing or [] if right != OUT]
    chat = desk.uow.put(replace(chat, missing=left))
    await desk.uow.turns.release(chat.channel, chat.external_id, desk.now)
    duty = await desk.uow.people.chat_for(Purpose.TRIAGE)
    if duty is not None and duty.id != chat.id:
        await notify.in_chat(
            desk,
            duty,
            Kind.CHAT_SILENT,
            anchor=f"silent:{chat.id}",
            coalesce=True,
            bound=chat.id,
        )
