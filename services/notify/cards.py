"""What stands in a chat for a case and is kept current: receipt, cards, what lies under them."""

from __future__ import annotations

from typing import Any

from services.desk import Desk
from services.model import Appeal, Chat, Problem, Purpose, State
from services.notices import Kind, Priority
from services.notify.administrators import block_without_chat
from services.notify.people import in_chat, to_citizen
from services.notify.questions import under_dispute
from services.notify.queue import queue
from services.policies import Urgency

_FOLLOWS = (State.MERGED, State.ANSWERED, State.CLOSED)
"""Of a report in a problem: nobody works on it by itself."""


def receipt(
    desk: Desk,
    appeal: Appeal,
    *,
    asks: str | None = None,
    priority: Priority = Priority.ANSWER,
) -> None:
    """Send the receipt, or bring the one that stands up to date.

    `asks` names a question that takes the place of its buttons until the next edit.
    """
    asked: dict[str, Any] = {"asks": asks} if asks else {}
    to_citizen(
        desk,
        appeal,
        Kind.RECEIPT,
        priority=_urgent(appeal) or priority,
        anchor=f"receipt:{appeal.id}",
        coalesce=not asks,
        **asked,
    )


async def receipts_of_followers(desk: Desk, lead: Appeal) -> None:
    """The date of a problem's lead has moved: whoever follows it has it in his receipt.

    And in the question whether it is the same for him, while that is open.
    """
    problem = await desk.uow.problems.led_by(lead.id)
    if problem is None:
        return
    for one in await desk.uow.problems.members(problem.id, limit=100_000):
        receipt(desk, one, priority=Priority.BROADCAST)
        to_citizen(
            desk,
            one,
            Kind.PROBLEM_JOINED,
            priority=Priority.BROADCAST,
            anchor=f"problem_joined:{one.id}",
            coalesce=True,
            problem=problem.id,
            step="due",
        )


def added(desk: Desk, appeal: Appeal, first: int) -> None:
    """«Добавили к № …», once for a series of additions that begins with the message `first`."""
    anchor = f"added:{appeal.id}:{first}"
    to_citizen(desk, appeal, Kind.ADDED, anchor=anchor, coalesce=True, first=first)


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
    """Bring every card of the appeal up to date, and put one where it belongs now.

    Without a block that is the triage card.
    """
    here = await home(desk, appeal) if appeal.block is not None else None
    chats = [here]
    if appeal.urgency is Urgency.EMERGENCY and appeal.block is not None:
        chats.append(await desk.uow.people.chat_for(Purpose.TRIAGE))
    places = {(c.channel, c.external_id) for c in chats if c is not None}
    standing = await desk.uow.screens.of_appeal(appeal.id, Kind.CARD)
    lost = {(c.channel, c.external_id) for c in await desk.uow.people.lost_chats()}
    shown = {(p.channel, p.chat_id) for p in standing} - lost
    if appeal.problem_id is not None and appeal.state in _FOLLOWS:
        # It follows its problem: no card of its own is put up.
        places &= shown
    places |= shown
    for channel, chat_id in sorted(places):
        anchor = f"card:{appeal.id}:{chat_id}"
        priority = _urgent(appeal) or (Priority.EDIT if shown else Priority.CARD)
        queue(
            desk,
            Kind.CARD,
            channel=channel,
            chat_id=chat_id,
            appeal_id=appeal.id,
            priority=priority,
            anchor=anchor,
            coalesce=True,
        )
        if (channel, chat_id) not in shown:
            _below(desk, appeal, channel, chat_id)
    if here is not None and here.purpose is Purpose.TRIAGE and not shown:
        await block_without_chat(desk, appeal)
    if appeal.block is None:
        await triage(desk, appeal)


def _below(desk: Desk, appeal: Appeal, channel: str, chat_id: str) -> None:
    """What goes under a new card, once in a chat: the end of a long text, the files."""
    kinds = [Kind.LONG_WORDS] if appeal.text.endswith("…") else []
    kinds += [Kind.MEDIA] if appeal.attachments else []
    for kind in kinds:
        queue(
            desk,
            kind,
            channel=channel,
            chat_id=chat_id,
            appeal_id=appeal.id,
            priority=Priority.CARD,
            key=f"{kind}:{appeal.id}:{chat_id}",
        )


async def words_of_citizen(desk: Desk, appeal: Appeal, **words: Any) -> None:
    """What he has added, to everybody who reads it: the block, or whoever decides a dispute.

    What follows a problem is read under the problem's card, danger by the duty officer too.
    """
    lead = await _lead(desk, appeal)
    of = None if lead.id == appeal.id else appeal.id
    tell = under_every_card if words.get("danger") else under_card
    await tell(desk, lead, Kind.CITIZEN_REPLIED, of=of, **words)
    if appeal.state is State.DISPUTED:
        await under_dispute(desk, appeal, Kind.CITIZEN_REPLIED, **words)


async def files_under_card(desk: Desk, appeal: Appeal, utterance_id: int) -> None:
    """What the citizen sent later, where his words are read."""
    lead = await _lead(desk, appeal)
    key = f"media:utterance:{utterance_id}"
    await under_card(desk, lead, Kind.MEDIA, key=key, utterance=utterance_id, of=appeal.id)
    if appeal.state is State.DISPUTED:
        await under_dispute(desk, appeal, Kind.MEDIA, utterance=utterance_id)


async def _lead(desk: Desk, appeal: Appeal) -> Appeal:
    """The case whose card stands for this one."""
    if appeal.state is not State.MERGED or appeal.problem_id is None:
        return appeal
    problem = await desk.uow.need(Problem, appeal.problem_id)
    return await desk.uow.need(Appeal, problem.lead_id)


async def under_card(
    desk: Desk, appeal: Appeal, kind: Kind, *, key: str | None = None, **ref: Any
) -> None:
    """A reply to the card in the chat that owns the appeal; what follows a problem has none."""
    if appeal.state is State.MERGED:
        return
    chat = await home(desk, appeal)
    if chat is not None:
        await in_chat(desk, chat, kind, appeal=appeal, key=key, **ref)


async def under_every_card(desk: Desk, appeal: Appeal, kind: Kind, **ref: Any) -> None:
    """Where the appeal is worked on, and under its cards elsewhere, the duty chat's too."""
    await under_card(desk, appeal, kind, **ref)
    own = await home(desk, appeal) if appeal.state is not State.MERGED else None
    for posted in await desk.uow.screens.of_appeal(appeal.id, Kind.CARD):
        bound = await desk.uow.people.chat(posted.channel, posted.chat_id)
        if bound is not None and bound != own:
            await in_chat(desk, bound, kind, appeal=appeal, **ref)


async def triage(desk: Desk, appeal: Appeal) -> None:
    """The triage card: new, or brought up to date."""
    chat = await desk.uow.people.chat_for(Purpose.TRIAGE)
    await in_chat(
        desk, chat, Kind.TRIAGE, appeal=appeal, anchor=f"triage:{appeal.id}", coalesce=True
    )
    if chat is not None:
        _below(desk, appeal, chat.channel, chat.external_id)


async def triage_if_shown(desk: Desk, appeal: Appeal) -> None:
    """Bring the triage card up to date where one stands or waits to be sent."""
    if appeal.block is None or await desk.uow.screens.of_appeal(appeal.id, Kind.TRIAGE):
        await triage(desk, appeal)
