"""A prompt that the holder of a case replies to: an answer, a refusal."""

from __future__ import annotations

from collections.abc import Iterable

from services import cases, notify, prompts
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.errors import OutOfDate
from services.model import Appeal, AppealId, Direction, SaidAs, Utterance
from services.notices import Kind
from services.understanding.sentences import questions


@use_case
async def toggle(desk: Desk, *, actor: Actor, appeal_id: AppealId, channel: str, chat: str) -> bool:
    """«Ответить»: a prompt to reply to; pressed again before he has, the prompt goes (§0.5).

    Returns whether a prompt stands now. Raises Denied, DomainError(«held_by»), OutOfDate.
    """
    appeal = await _his(desk, actor, appeal_id)
    every = await desk.uow.appeals.answers_of(appeal.id)
    written = sum(answer.author_id == actor.person_id for answer in every)
    anchor = f"prompt:answer:{appeal.id}:{actor.person_id}:{written}"
    if await prompts.cancel(desk, anchor):
        return False
    await _remind(desk, appeal, actor, channel, chat)
    await prompts.ask(
        desk, appeal, actor=actor, channel=channel, chat=chat, purpose="answer", anchor=anchor
    )
    return True


async def _remind(desk: Desk, appeal: Appeal, actor: Actor, channel: str, chat: str) -> None:
    """An answer answers every question: who writes it has them before his eyes, once."""
    if questions(his_words(await desk.uow.appeals.utterances_of(appeal.id))):
        bound = await desk.uow.people.chat(channel, chat)
        anchor = f"asks:{appeal.id}:{chat}:{actor.person_id}"
        await notify.in_chat(desk, bound, Kind.CITIZEN_ASKS, appeal=appeal, anchor=anchor)


def his_words(said: Iterable[Utterance]) -> str:
    """All that the citizen said of his matter, masked; not what he thinks of an answer."""
    his = (u for u in said if u.direction is Direction.IN and u.said_as is not SaidAs.COMMENT)
    return "\n".join(u.masked for u in his)


async def _his(desk: Desk, actor: Actor, appeal_id: AppealId) -> Appeal:
    """The case, in the hands of who presses."""
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Deed.DRAFT, block=appeal.block)
    await cases.check_holder(desk, appeal, actor)
    if appeal.holder_id is None:
        raise OutOfDate("moved_on")
    return appeal


@use_case
async def ask(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, channel: str, chat: str, purpose: str
) -> Appeal:
    """A prompt that the holder replies to, with words for `purpose`."""
    appeal = await _his(desk, actor, appeal_id)
    await prompts.ask(desk, appeal, actor=actor, channel=channel, chat=chat, purpose=purpose)
    return appeal
