"""To one person, or into one chat: the notice goes out with the transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services import substitutes
from services.desk import Desk
from services.model import Appeal, AppealId, Chat, Decision, Person, PersonId, Role
from services.notices import Kind, Notice, Priority


def to_citizen(
    desk: Desk,
    appeal: Appeal,
    kind: Kind,
    *,
    key: str | None = None,
    anchor: str | None = None,
    priority: Priority = Priority.ANSWER,
    at: datetime | None = None,
    **ref: Any,
) -> None:
    """Say something to the author of an appeal, in the chat he wrote from, not before `at`."""
    desk.uow.outbox.add(
        Notice(
            kind=kind,
            channel=appeal.channel,
            chat_id=appeal.chat_id,
            person_id=appeal.person_id,
            appeal_id=appeal.id,
            not_before=at or desk.now,
            priority=priority,
            anchor=anchor,
            ref=ref,
            dedup_key=key,
        ),
        now=desk.now,
    )


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
    desk.uow.outbox.add(
        Notice(
            kind=kind,
            channel=chat.channel,
            chat_id=chat.external_id,
            appeal_id=appeal.id if appeal else None,
            not_before=at or desk.now,
            priority=priority,
            anchor=anchor,
            ref=ref,
            dedup_key=key,
            coalesce_key=anchor if coalesce else None,
        ),
        now=desk.now,
    )


async def in_private(
    desk: Desk,
    person_id: PersonId,
    kind: Kind,
    *,
    appeal: Appeal | None = None,
    key: str | None = None,
    anchor: str | None = None,
    priority: Priority = Priority.REMINDER,
    **ref: Any,
) -> bool:
    """Write to a person in his own chat. False when no messenger of his lets us."""
    for account in await desk.uow.people.accounts_of(person_id):
        if account.started and account.unreachable_at is None:
            desk.uow.outbox.add(
                Notice(
                    kind=kind,
                    channel=account.channel,
                    chat_id=account.external_id,
                    person_id=person_id,
                    appeal_id=appeal.id if appeal else None,
                    not_before=desk.now,
                    priority=priority,
                    anchor=anchor,
                    ref=ref,
                    dedup_key=f"{key}:{person_id}" if key else None,
                ),
                now=desk.now,
            )
            return True
    return False


async def to_deputies(
    desk: Desk, appeal: Appeal, kind: Kind, *, key: str | None = None, **ref: Any
) -> int:
    """Write to every deputy of the appeal's block; returns how many could be reached."""
    reached = 0
    for person_id in await substitutes.responsible(desk, appeal.block, Role.BLK):
        reached += await in_private(desk, person_id, kind, appeal=appeal, key=key, **ref)
    return reached


def to_person(
    desk: Desk,
    person: Person | None,
    kind: Kind,
    *,
    channel: str,
    chat_id: str,
    key: str | None = None,
    priority: Priority = Priority.ANSWER,
    **ref: Any,
) -> None:
    """Say something that is about no case, in the chat the person wrote from."""
    desk.uow.outbox.add(
        Notice(
            kind=kind,
            channel=channel,
            chat_id=chat_id,
            person_id=person.id if person else None,
            not_before=desk.now,
            priority=priority,
            ref=ref,
            dedup_key=key,
        ),
        now=desk.now,
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


def dead_letter(
    desk: Desk, chat: Chat, row_id: int, kind: str, appeal_id: int | None, error: str
) -> Notice:
    """To the duty chat: this could not be delivered."""
    return Notice(
        kind=Kind.DEAD_LETTER,
        channel=chat.channel,
        chat_id=chat.external_id,
        appeal_id=AppealId(appeal_id) if appeal_id is not None else None,
        not_before=desk.now,
        priority=Priority.REMINDER,
        ref={"kind": kind, "error": error, "row": row_id},
        dedup_key=f"dead:{row_id}",
    )


async def decision_everywhere(desk: Desk, decision: Decision) -> None:
    """Bring a question up to date in every private chat where it stands."""
    for posted in await desk.uow.screens.of_appeal(decision.appeal_id, Kind.DECISION):
        if posted.anchor is None or not posted.anchor.startswith(f"decision:{decision.id}:"):
            continue
        reader = posted.anchor.rsplit(":", 1)[1]
        desk.uow.outbox.add(
            Notice(
                kind=Kind.DECISION,
                channel=posted.channel,
                chat_id=posted.chat_id,
                person_id=PersonId(int(reader)) if reader.isdecimal() else None,
                appeal_id=decision.appeal_id,
                not_before=desk.now,
                priority=Priority.EDIT,
                anchor=posted.anchor,
                ref={"decision": decision.id},
                coalesce_key=posted.anchor,
            ),
            now=desk.now,
        )
