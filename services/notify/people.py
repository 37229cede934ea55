"""To one person, or into one chat: the notice goes out with the transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services import substitutes, undo
from services.desk import Desk
from services.model import Account, Appeal, AppealId, Chat, Person, PersonId, Role, Source
from services.notices import Kind, Priority
from services.notify.queue import queue

TOLD_BY_PHONE = frozenset(
    {
        Kind.QUESTION,
        Kind.ANSWER,
        Kind.INTERIM,
        Kind.DECIDED,
        Kind.JOINED,
        Kind.REJECTED,
        Kind.FORWARDED,
        Kind.TERMINATED,
        Kind.EXPLAINED,
    }
)
"""What a citizen without a messenger must hear; the rest he would only have seen in passing."""


def _by_phone(
    desk: Desk, appeal: Appeal, kind: Kind, ref: dict[str, Any], at: datetime | None
) -> None:
    anchor = f"tell:{appeal.id}:{appeal.event_seq}"
    queue(
        desk,
        Kind.TELL,
        channel=appeal.channel,
        chat_id=appeal.chat_id,
        appeal_id=appeal.id,
        at=at,
        anchor=anchor,
        coalesce=True,
        ref={"kind": kind, "task": appeal.event_seq, **ref},
    )


def tell_again(desk: Desk, appeal: Appeal, task: int) -> None:
    """Bring a task to tell somebody by phone up to date: it is done."""
    anchor = f"tell:{appeal.id}:{task}"
    queue(
        desk,
        Kind.TELL,
        channel=appeal.channel,
        chat_id=appeal.chat_id,
        appeal_id=appeal.id,
        priority=Priority.EDIT,
        anchor=anchor,
        coalesce=True,
        ref={"task": task},
    )


def to_citizen(
    desk: Desk,
    appeal: Appeal,
    kind: Kind,
    *,
    key: str | None = None,
    anchor: str | None = None,
    coalesce: bool = False,
    priority: Priority = Priority.ANSWER,
    at: datetime | None = None,
    **ref: Any,
) -> None:
    """Say something to the author of an appeal, in the chat he wrote from, not before `at`.

    Who has no messenger is told by phone: what matters becomes a task of the duty chat.
    """
    if appeal.source is not Source.BOT:
        if kind in TOLD_BY_PHONE:
            _by_phone(desk, appeal, kind, ref, at)
        return
    queue(
        desk,
        kind,
        channel=appeal.channel,
        chat_id=appeal.chat_id,
        person_id=appeal.person_id,
        appeal_id=appeal.id,
        at=at,
        priority=priority,
        key=key,
        anchor=anchor,
        coalesce=coalesce,
        ref=ref,
    )


async def with_undo(
    desk: Desk, chat: Chat | None, kind: Kind, *, appeal: Appeal, anchor: str, **ref: Any
) -> None:
    """Say in a bound chat what may be undone, and again when the minute is over: without a button.

    The renderer of `kind` decides by the time whether the button is there.
    """
    for after in (timedelta(0), undo.OVER):
        at = desk.now + after
        await in_chat(desk, chat, kind, appeal=appeal, anchor=anchor, at=at, **ref)


async def in_chat(
    desk: Desk,
    chat: Chat | None,
    kind: Kind,
    *,
    appeal: Appeal | None = None,
    key: str | None = None,
    anchor: str | None = None,
    coalesce: bool = False,
    priority: Priority = Priority.CARD,
    at: datetime | None = None,
    **ref: Any,
) -> None:
    """Say something in a bound chat, not before `at`; nothing when there is none."""
    if chat is None:
        return
    queue(
        desk,
        kind,
        channel=chat.channel,
        chat_id=chat.external_id,
        appeal_id=appeal.id if appeal else None,
        at=at,
        priority=priority,
        key=key,
        anchor=anchor,
        coalesce=coalesce,
        ref=ref,
    )


async def address(desk: Desk, person_id: PersonId) -> Account | None:
    """Where a person can be written to; None when no messenger of his lets us."""
    accounts = await desk.uow.people.accounts_of(person_id)
    return next((a for a in accounts if a.reachable), None)


async def in_private(
    desk: Desk,
    person_id: PersonId,
    kind: Kind,
    *,
    about: AppealId | None = None,
    key: str | None = None,
    anchor: str | None = None,
    coalesce: bool = False,
    priority: Priority = Priority.REMINDER,
    **ref: Any,
) -> bool:
    """Write to a person in his own chat. False when no messenger of his lets us."""
    account = await address(desk, person_id)
    if account is None:
        return False
    queue(
        desk,
        kind,
        channel=account.channel,
        chat_id=account.external_id,
        person_id=person_id,
        appeal_id=about,
        priority=priority,
        key=f"{key}:{person_id}" if key else None,
        anchor=anchor,
        coalesce=coalesce,
        ref=ref,
    )
    return True


async def to_deputies(
    desk: Desk, appeal: Appeal, kind: Kind, *, key: str | None = None, **ref: Any
) -> int:
    """Write to every deputy of the appeal's block; returns how many could be reached."""
    reached = 0
    for person_id in await substitutes.responsible(desk, appeal.block, Role.BLK):
        reached += await in_private(desk, person_id, kind, about=appeal.id, key=key, **ref)
    return reached


def to_person(
    desk: Desk,
    person: Person | None,
    kind: Kind,
    *,
    channel: str,
    chat_id: str,
    key: str | None = None,
    anchor: str | None = None,
    priority: Priority = Priority.ANSWER,
    about: AppealId | None = None,
    **ref: Any,
) -> None:
    """Say something in the chat the person wrote from, about a case only where one is named."""
    queue(
        desk,
        kind,
        channel=channel,
        chat_id=chat_id,
        person_id=person.id if person else None,
        appeal_id=about,
        priority=priority,
        key=key,
        anchor=anchor,
        ref=ref,
    )


def plain(
    desk: Desk,
    person: Person | None,
    *,
    channel: str,
    chat_id: str,
    text: str,
    key: str | None = None,
    **values: Any,
) -> None:
    """One of the fixed texts of bot/views/plain."""
    to_person(
        desk,
        person,
        Kind.PLAIN,
        channel=channel,
        chat_id=chat_id,
        key=key,
        text=text,
        values=values,
    )


def reply_in_group(desk: Desk, *, channel: str, chat_id: str, kind: Kind, **ref: Any) -> None:
    """A line in a group that may be bound to nothing yet."""
    to_person(desk, None, kind, channel=channel, chat_id=chat_id, **ref)


def dead_letter(desk: Desk, chat: Chat, row_id: int, appeal_id: int | None, **settled: Any) -> None:
    """To the duty chat: this could not be delivered, or what was done about it."""
    queue(
        desk,
        Kind.DEAD_LETTER,
        channel=chat.channel,
        chat_id=chat.external_id,
        appeal_id=AppealId(appeal_id) if appeal_id is not None else None,
        priority=Priority.REMINDER,
        anchor=f"dead:{row_id}",
        coalesce=not settled,
        ref={"row": row_id, **settled},
    )
