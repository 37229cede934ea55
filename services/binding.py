"""A group becomes the chat of a block, of triage or of quality, and what the bot may do there.

Rights can only be asked over the network, so a check is a notice (Kind.RIGHTS): delivery looks and
`checked` writes down what it saw. Cards for a chat that can't be written to wait in the outbox.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from services import boards, notify
from services.access import HUB, Actor, Deed, authorise
from services.desk import Desk, use_case
from services.errors import Denied, DomainError
from services.model import OUT, Chat, Purpose
from services.notices import Kind

SPECIAL_CHATS = {"TRIAGE": Purpose.TRIAGE, "QUALITY": Purpose.QUALITY}
RIGHTS = ("send", "photos", "topics", "delete")
"""What the bot needs in a group, in the order of conversations.md §4; topics only in a forum."""
TOPICS = ("cards", "urgent", "problems", "service")
"""The topics of a forum (conversations.md §0.6)."""
HOLD = timedelta(minutes=5)
"""How long a chat that refuses to be written to is left alone before the next try."""


def chat_codes(desk: Desk) -> str:
    """What /bind takes, for a person to read."""
    return ", ".join([*desk.town.blocks, *SPECIAL_CHATS])


def _may(actor: Actor) -> None:
    try:
        authorise(actor, Deed.BIND)
    except Denied as error:
        raise Denied("bind_denied") from error


def _wanted(desk: Desk, code: str) -> tuple[Purpose, str | None]:
    purpose = SPECIAL_CHATS.get(code, Purpose.BLOCK)
    if purpose is not Purpose.BLOCK:
        return purpose, None
    if code not in desk.town.blocks:
        raise DomainError("no_such_block", code=code, codes=chat_codes(desk))
    return purpose, code


@use_case
async def choose(
    desk: Desk, *, actor: Actor, channel: str, chat_id: str, page: int = 1, reply_to: str | None
) -> None:
    """/bind without a code: a menu of what the group may become, owned by who asked.

    Raises Denied(«bind_denied»).
    """
    _may(actor)
    _say(
        desk,
        channel,
        chat_id,
        Kind.BIND_MENU,
        anchor=_menu(actor, chat_id),
        owner=actor.person_id,
        page=page,
        reply_to=reply_to,
    )


def _menu(actor: Actor, chat_id: str) -> str:
    return f"bind:{chat_id}:{actor.person_id}"


def _say(
    desk: Desk, channel: str, chat_id: str, kind: Kind, *, anchor: str | None = None, **ref: Any
) -> None:
    """A line in a group that may be bound to nothing."""
    notify.queue(
        desk, kind, channel=channel, chat_id=chat_id, anchor=anchor, coalesce=True, ref=ref
    )


@use_case
async def bind(
    desk: Desk,
    *,
    actor: Actor,
    channel: str,
    chat_id: str,
    title: str,
    code: str,
    move: bool = False,
    reply_to: str | None = None,
) -> Chat | None:
    """Make a group the chat of a block, of triage or of quality.

    When another group has that place and `move` was not said, asks whether to move and returns
    None. Raises Denied(«bind_denied»), DomainError(«no_such_block»).
    """
    _may(actor)
    purpose, block = _wanted(desk, code.upper())
    for gone in await desk.uow.people.lost_chats():
        if (gone.purpose, gone.block) == (purpose, block) and gone.external_id != chat_id:
            desk.uow.remove(gone)
    elsewhere = await desk.uow.people.chat_for(purpose, block)
    if elsewhere is not None and (elsewhere.channel, elsewhere.external_id) != (channel, chat_id):
        if not move:
            _say(
                desk,
                channel,
                chat_id,
                Kind.REBIND,
                anchor=_menu(actor, chat_id),
                owner=actor.person_id,
                chat=elsewhere.id,
                code=code.upper(),
                reply_to=reply_to,
            )
            return None
        await _unbind(desk, elsewhere)
    chat = await _bound(
        desk, actor, Chat(0, channel, chat_id, purpose, block, title[:255], None, desk.now)
    )
    check_rights(desk, chat, first=True)
    return chat


async def _bound(desk: Desk, actor: Actor, wanted: Chat) -> Chat:
    here = await desk.uow.people.chat(wanted.channel, wanted.external_id)
    if here is None:
        fresh = replace(wanted, id=desk.uow.new_id(Chat), bound_by=actor.person_id)
        return desk.uow.add(fresh)
    return desk.uow.put(
        replace(here, purpose=wanted.purpose, block=wanted.block, title=wanted.title, missing=None)
    )


async def _unbind(desk: Desk, chat: Chat) -> None:
    """The old chat is told; its cards become short lines when their cases are put up anew."""
    notify.reply_in_group(
        desk,
        channel=chat.channel,
        chat_id=chat.external_id,
        kind=Kind.UNBOUND,
        purpose=chat.purpose,
        block=chat.block,
    )
    desk.uow.remove(chat)


def check_rights(desk: Desk, chat: Chat, *, first: bool = False) -> None:
    """Have the bot's rights in a chat looked at; `first` after a binding."""
    notify.queue(
        desk, Kind.RIGHTS, channel=chat.channel, chat_id=chat.external_id, ref={"first": first}
    )


@use_case
async def check_again(desk: Desk, *, actor: Actor, chat_id: int) -> Chat:
    """«Проверить снова». Raises Denied, DomainError(«no_such_chat»)."""
    chat = await desk.uow.get(Chat, chat_id)
    if chat is None:
        raise DomainError("no_such_chat")
    authorise(actor, Deed.CHECK_RIGHTS, block=chat.block)
    check_rights(desk, chat)
    return chat


@use_case
async def check_all(desk: Desk) -> int:
    """Look at the rights in every bound chat (a daily job); returns in how many."""
    chats = await desk.uow.overview.chats()
    for chat in chats:
        check_rights(desk, chat)
    return len(chats)


@use_case
async def checked(
    desk: Desk, *, channel: str, chat_id: str, missing: list[str], forum: bool, first: bool
) -> None:
    """What the look at the rights showed: kept, said in the chat, cards put up after a binding."""
    chat = await desk.uow.people.chat(channel, chat_id)
    if chat is None:
        return
    before = chat.missing or []
    topics = (chat.topics or {}) if forum and "topics" not in missing else None
    chat = desk.uow.put(replace(chat, missing=missing, topics=topics))
    if "send" in missing:
        await _call_duty(desk, chat)
        return
    await desk.uow.turns.release(channel, chat_id, desk.now)
    if first or "send" in before or OUT in before:
        await notify.in_chat(desk, chat, Kind.BOUND, bound=chat.id)
        await notify.in_chat(desk, chat, Kind.PROBE, bound=chat.id)
        await boards.put_up(desk, chat, actor=HUB)
    anchor = f"rights:{chat.id}"
    if missing or await desk.uow.screens.anchored(anchor) is not None:
        await notify.in_chat(
            desk, chat, Kind.RIGHTS_SHOWN, anchor=anchor, coalesce=True, bound=chat.id
        )
    if "send" in before or OUT in before:
        await _call_duty(desk, chat)


async def muted(desk: Desk, chat: Chat) -> None:
    """The chat refuses what we write: it waits, and the duty chat is told how much."""
    missing = sorted({*(chat.missing or []), "send"}, key=RIGHTS.index)
    chat = desk.uow.put(replace(chat, missing=missing))
    await desk.uow.turns.hold(chat.channel, chat.external_id, desk.now + HOLD)
    await _call_duty(desk, chat)


async def _call_duty(desk: Desk, chat: Chat) -> None:
    duty = await desk.uow.people.chat_for(Purpose.TRIAGE)
    if duty is not None and duty.id != chat.id:
        anchor = f"silent:{chat.id}"
        await notify.in_chat(
            desk, duty, Kind.CHAT_SILENT, anchor=anchor, coalesce=True, bound=chat.id
        )


async def made_topics(desk: Desk, chat: Chat, made: dict[str, str]) -> None:
    """Topics that delivery has just made, kept for the next message."""
    present = await desk.uow.get(Chat, chat.id)
    if present is not None and present.topics is not None:
        desk.uow.put(replace(present, topics={**present.topics, **made}))


@use_case
async def remove_probe(desk: Desk, *, actor: Actor, chat_id: int) -> None:
    """May this person take the trial card away? Raises Denied, DomainError(«no_such_chat»)."""
    chat = await desk.uow.get(Chat, chat_id)
    if chat is None:
        raise DomainError("no_such_chat")
    authorise(actor, Deed.CHECK_RIGHTS, block=chat.block)
