"""Words at last for a case in triage that began with files alone: they sort it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services import (
    cases,
    comparing,
    deadlines,
    dialogs,
    intake,
    notify,
    opening,
    place_questions,
    recounting,
    triage,
)
from services.access import HUB
from services.desk import Desk
from services.lifecycle import Action
from services.model import Appeal, State, Utterance
from services.understanding import Understanding
from services.wire import cut


async def hear(desk: Desk, appeal: Appeal, said: Sequence[Utterance], *, files: bool) -> bool:
    """Take words for a case in triage that had none; route it when they are sure.

    `files`: the words came with files that nobody has seen yet.
    False when it is no such case or nothing was said: then the words are an addition.
    """
    words = [u.masked for u in said if u.masked.strip()]
    if appeal.wordless is None or appeal.state is not State.NEW or not words:
        return False
    await _close_question(desk, appeal)
    text = "\n".join(filter(None, (appeal.text, *words)))
    appeal, seen = await _with_words(desk, appeal, text)
    if seen.sure and seen.block is not None and _agrees(desk, appeal, seen):
        appeal = await cases.move(
            desk, appeal, Action.ROUTE, HUB, code=seen.block, block=seen.block
        )
        intake.count(desk, appeal, "received")
        appeal = await comparing.placed(desk, appeal)
        await notify.card(desk, appeal)
    else:
        desk.uow.put(appeal)
        if files:
            for one in said:
                await notify.files_under_card(desk, appeal, one.id)
    await notify.triage(desk, appeal)
    notify.receipt(desk, appeal)
    await place_questions.after_receipt(desk, appeal)
    return True


def _agrees(desk: Desk, appeal: Appeal, seen: Understanding) -> bool:
    """The topic that stands, which a person may have told by the files, is of the same block."""
    topic = desk.town.topics.get(appeal.topic or "")
    return topic is None or topic.block == seen.block


async def _close_question(desk: Desk, appeal: Appeal) -> None:
    dialog = await dialogs.current(desk, appeal.person_id, appeal.chat_id)
    if dialog is not None and dialog.step == dialogs.WORDS:
        await dialogs.close(desk, appeal.person_id, appeal.chat_id)


async def _with_words(desk: Desk, appeal: Appeal, text: str) -> tuple[Appeal, Understanding]:
    """The case as if it had begun with these words: nobody has weighed or placed it before."""
    seen = desk.understand(text)
    appeal = await triage.understand_again(desk, appeal)
    if appeal.place is None and seen.place is not None:
        appeal = replace(appeal, place=seen.place.text[:255], territory=seen.place.territory)
    appeal = replace(appeal, text=cut(text, opening.CARD_TEXT), essence=seen.essence[:255])
    if seen.urgency is appeal.urgency:
        return appeal, seen
    policy = deadlines.choose(desk.town.policies, regime=appeal.regime, urgency=seen.urgency)
    appeal = replace(
        appeal,
        urgency=seen.urgency,
        urgency_reason=opening.raised_by(seen),
        policy=policy.id,
        policy_version=policy.version,
    )
    await recounting.recount(desk, appeal)
    return appeal, seen
