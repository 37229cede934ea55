"""Who hears of a change and where: builds the notices that go out with the transaction."""

from __future__ import annotations

from typing import Any

from services.desk import Desk
from services.model import Answer, Appeal, AppealId, Chat, Person, PersonId, Purpose, Role
from services.notices import Kind, Notice, Priority
from services.policies import Urgency


def to_citizen(
    desk: Desk,
    appeal: Appeal,
    kind: Kind,
    *,
    key: str | None = None,
    anchor: str | None = None,
    priority: Priority = Priority.ANSWER,
    **ref: Any,
) -> None:
    """Say something to the author of an appeal, in the chat he wrote from."""
    desk.uow.outbox.add(
        Notice(
            kind=kind,
            channel=appeal.channel,
            chat_id=appeal.chat_id,
            person_id=appeal.person_id,
            appeal_id=appeal.id,
            not_before=desk.now,
            priority=priority,
            anchor=anchor,
            ref=ref,
            dedup_key=key,
        ),
        now=desk.now,
    )


def receipt(desk: Desk, appeal: Appeal) -> None:
    """Send the receipt, or bring the one that stands up to date."""
    anchor = f"receipt:{appeal.id}"
    desk.uow.outbox.add(
        Notice(
            kind=Kind.RECEIPT,
            channel=appeal.channel,
            chat_id=appeal.chat_id,
            person_id=appeal.person_id,
            appeal_id=appeal.id,
            not_before=desk.now,
            priority=_urgent(appeal) or Priority.ANSWER,
            anchor=anchor,
            coalesce_key=anchor,
        ),
        now=desk.now,
    )


def _urgent(appeal: Appeal) -> Priority | None:
    return Priority.EMERGENCY if appeal.urgency is Urgency.EMERGENCY else None


async def home(desk: Desk, appeal: Appeal) -> Chat | None:
    """The chat that owns the appeal: its block's, or the triage chat while there is none."""
    if appeal.block is not None:
        chat = await desk.uow.people.chat_for(Purpose.BLOCK, appeal.block)
        if chat is not None:
            return chat
    return await desk.uow.people.chat_for(Purpose.TRIAGE)


async def card(desk: Desk, appeal: Appeal) -> None:
    """Bring every card of the appeal up to date, and put one where it belongs now."""
    chats = [await home(desk, appeal)] if appeal.block is not None else []
    if appeal.urgency is Urgency.EMERGENCY:
        chats.append(await desk.uow.people.chat_for(Purpose.TRIAGE))
    places = {(c.channel, c.external_id) for c in chats if c is not None}
    standing = await desk.uow.screens.of_appeal(appeal.id, Kind.CARD)
    places |= {(p.channel, p.chat_id) for p in standing}
    first = not standing
    shown = {(p.channel, p.chat_id) for p in standing}
    for channel, chat_id in sorted(places):
        anchor = f"card:{appeal.id}:{chat_id}"
        priority = _urgent(appeal) or (Priority.CARD if first else Priority.EDIT)
        desk.uow.outbox.add(
            Notice(
                kind=Kind.CARD,
                channel=channel,
                chat_id=chat_id,
                appeal_id=appeal.id,
                not_before=desk.now,
                priority=priority,
                anchor=anchor,
                coalesce_key=anchor,
            ),
            now=desk.now,
        )
        if (channel, chat_id) not in shown and appeal.attachments:
            _files(desk, appeal, channel, chat_id)


def _files(desk: Desk, appeal: Appeal, channel: str, chat_id: str) -> None:
    desk.uow.outbox.add(
        Notice(
            kind=Kind.MEDIA,
            channel=channel,
            chat_id=chat_id,
            appeal_id=appeal.id,
            not_before=desk.now,
            priority=Priority.CARD,
            dedup_key=f"media:{appeal.id}:{chat_id}",
        ),
        now=desk.now,
    )


async def files_under_card(desk: Desk, appeal: Appeal, utterance_id: int) -> None:
    """What the citizen sent later, in the chat that owns the appeal."""
    await under_card(
        desk, appeal, Kind.MEDIA, key=f"media:utterance:{utterance_id}", utterance=utterance_id
    )


async def under_card(
    desk: Desk, appeal: Appeal, kind: Kind, *, key: str | None = None, **ref: Any
) -> None:
    """A reply to the card in the chat that owns the appeal."""
    chat = await home(desk, appeal)
    if chat is not None:
        await in_chat(desk, chat, kind, appeal=appeal, key=key, **ref)


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
    **ref: Any,
) -> None:
    """Say something in a bound chat; nothing when there is none."""
    if chat is None:
        return
    desk.uow.outbox.add(
        Notice(
            kind=kind,
            channel=chat.channel,
            chat_id=chat.external_id,
            appeal_id=appeal.id if appeal else None,
            not_before=desk.now,
            priority=priority,
            anchor=anchor,
            ref=ref,
            dedup_key=key,
            coalesce_key=anchor if coalesce else None,
        ),
        now=desk.now,
    )


async def triage(desk: Desk, appeal: Appeal) -> None:
    """The triage card: new, or brought up to date."""
    chat = await desk.uow.people.chat_for(Purpose.TRIAGE)
    await in_chat(
        desk, chat, Kind.TRIAGE, appeal=appeal, anchor=f"triage:{appeal.id}", coalesce=True
    )
    if chat is not None and appeal.attachments:
        _files(desk, appeal, chat.channel, chat.external_id)


async def quality(desk: Desk, appeal: Appeal, answer: Answer) -> None:
    """The card of an answer in the quality chat; in the triage chat where none is bound."""
    chat = await desk.uow.people.chat_for(Purpose.QUALITY)
    if chat is None:
        chat = await desk.uow.people.chat_for(Purpose.TRIAGE)
    await in_chat(
        desk,
        chat,
        Kind.QUALITY,
        appeal=appeal,
        anchor=f"quality:{answer.id}",
        coalesce=True,
        answer=answer.id,
    )
    if chat is not None and answer.photos:
        # The checker vouches for the photo «after»: he must see it.
        await in_chat(
            desk,
            chat,
            Kind.MEDIA,
            appeal=appeal,
            key=f"checked_media:{answer.id}",
            answer=answer.id,
        )


async def in_private(
    desk: Desk,
    person_id: PersonId,
    kind: Kind,
    *,
    appeal: Appeal | None = None,
    key: str | None = None,
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
    scopes = [s for s in (appeal.block,) if s]
    for grant in await desk.uow.people.holders(Role.BLK, desk.now, scopes=scopes):
        reached += await in_private(desk, grant.person_id, kind, appeal=appeal, key=key, **ref)
    return reached


def to_person(
    desk: Desk, person: Person, kind: Kind, *, channel: str, chat_id: str, **ref: Any
) -> None:
    """Say something that is about no case, in the chat the person wrote from."""
    desk.uow.outbox.add(
        Notice(
            kind=kind,
            channel=channel,
            chat_id=chat_id,
            person_id=person.id,
            not_before=desk.now,
            ref=ref,
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
    desk.uow.outbox.add(
        Notice(
            kind=Kind.PLAIN,
            channel=channel,
            chat_id=chat_id,
            person_id=person.id if person else None,
            not_before=desk.now,
            ref={"text": text, "values": values},
            dedup_key=key,
        ),
        now=desk.now,
    )


def reply_in_group(desk: Desk, *, channel: str, chat_id: str, kind: Kind, **ref: Any) -> None:
    """A line in a group that may be bound to nothing yet."""
    desk.uow.outbox.add(
        Notice(kind=kind, channel=channel, chat_id=chat_id, not_before=desk.now, ref=ref),
        now=desk.now,
    )


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
