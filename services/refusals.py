"""«Отказано»: an outcome of an answer, with a ground and with what the person can do (§1.11)."""

from __future__ import annotations

from dataclasses import replace

from services import answer_prompts, menus, prompts, work
from services.access import Actor
from services.desk import Desk, use_case
from services.errors import DomainError
from services.model import Answer, AnswerId, Appeal, AppealId, Outcome, Person
from services.phrases import within
from services.wire import Message

GROUNDS = ("power", "law", "money", "private")
"""Not the town's power, forbidden by law, no money this year, private property."""
ADVICE_LIMIT = 600
"""In UTF-16 units: one or two sentences."""


@use_case
async def ask_words(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, channel: str, chat: str
) -> Appeal:
    """«Сделать нельзя» on a card: asks the holder to explain it to the citizen (§2.4)."""
    return await answer_prompts.ask(
        desk, actor=actor, appeal_id=appeal_id, channel=channel, chat=chat, purpose="refusal"
    )


@use_case
async def write(
    desk: Desk, *, actor: Actor, person: Person, appeal_id: AppealId, message: Message
) -> Answer | None:
    """The words of a refusal: a draft that refuses from the start, its ground is asked at once."""
    answer = await work.write(
        desk,
        actor=actor,
        person=person,
        appeal_id=appeal_id,
        message=message,
        outcome=Outcome.REFUSED,
    )
    if answer is not None and answer.ground is None:
        await choose(
            desk, actor=actor, answer_id=answer.id, channel=message.channel, chat=message.chat
        )
    return answer


@use_case
async def choose(desk: Desk, *, actor: Actor, answer_id: AnswerId, channel: str, chat: str) -> None:
    """«Отказано» on a draft: the menu of grounds."""
    appeal, answer = await work.own_draft(desk, actor, answer_id)
    await menus.show(
        desk,
        appeal,
        actor=actor,
        channel=channel,
        chat=chat,
        name="grounds",
        answer=answer.id,
    )


@use_case
async def refuse(
    desk: Desk, *, actor: Actor, answer_id: AnswerId, ground: str, channel: str, chat: str
) -> Answer:
    """The ground is chosen; without advice for the citizen it is asked next."""
    if ground not in GROUNDS:
        raise DomainError("no_such_outcome")
    appeal, answer = await work.own_draft(desk, actor, answer_id)
    answer = desk.uow.put(replace(answer, outcome=Outcome.REFUSED, ground=ground))
    await menus.close(desk, appeal.id, actor=actor)
    await work.preview(desk, appeal, answer)
    if not answer.advice:
        await _ask_advice(desk, appeal, answer, actor=actor, channel=channel, chat=chat)
    return answer


@use_case
async def ask_advice(
    desk: Desk, *, actor: Actor, answer_id: AnswerId, channel: str, chat: str
) -> None:
    """«Что можно» on the preview: the words for the citizen, again or for the first time."""
    appeal, answer = await work.own_draft(desk, actor, answer_id)
    await _ask_advice(desk, appeal, answer, actor=actor, channel=channel, chat=chat)


async def _ask_advice(
    desk: Desk, appeal: Appeal, answer: Answer, *, actor: Actor, channel: str, chat: str
) -> None:
    await prompts.ask(
        desk,
        appeal,
        actor=actor,
        channel=channel,
        chat=chat,
        purpose="advice",
        draft=answer.id,
    )


@use_case
async def advise(desk: Desk, *, actor: Actor, answer_id: AnswerId, text: str) -> Answer:
    """What the person can do himself. Raises DomainError(«empty_advice», «too_long»)."""
    text = within(text, limit=ADVICE_LIMIT, empty="empty_advice")
    appeal, answer = await work.own_draft(desk, actor, answer_id)
    answer = desk.uow.put(replace(answer, advice=text))
    await work.preview(desk, appeal, answer)
    return answer
