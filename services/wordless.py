"""Words at last for a case in triage that began with files alone: they sort it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from services import cases, clocks, deadlines, dialogs, intake, notify, place_questions
from services.access import HUB
from services.desk import Desk
from services.lifecycle import Action
from services.model import Appeal, State, Utterance
from services.policies import Urgency
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
    seen = desk.understand(text)
    appeal = await _with_urgency(desk, _with_words(appeal, text, seen), seen.urgency)
    if seen.sure and seen.block is not None:
        appeal = await cases.move(desk, appeal, Action.ROUTE, HUB, block=seen.block)
        intake.count(desk, appeal, "received")
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


async def _close_question(desk: Desk, appeal: Appeal) -> None:
    dialog = await dialogs.current(desk, appeal.person_id, appeal.chat_id)
    if dialog is not None and dialog.step == dialogs.WORDS:
        await dialogs.close(desk, appeal.person_id, appeal.chat_id)


def _with_words(appeal: Appeal, text: str, seen: Understanding) -> Appeal:
    if appeal.place is None and seen.place is not None:
        appeal = replace(appeal, place=seen.place.text[:255], territory=seen.place.territory)
    return replace(
        appeal,
        text=cut(text, intake.CARD_TEXT),
        essence=seen.essence[:255],
        topic=seen.topic,
        confidence=seen.confidence,
        reason=list(seen.candidates[0].words) if seen.candidates else [],
        candidates=[asdict(c) for c in seen.candidates],
    )


async def _with_urgency(desk: Desk, appeal: Appeal, urgency: Urgency) -> Appeal:
    """Words may tell that it is worse, or only a question: nobody has weighed it before."""
    if urgency is appeal.urgency:
        return appeal
    policy = deadlines.choose(desk.town.policies, regime=appeal.regime, urgency=urgency)
    appeal = replace(appeal, urgency=urgency, policy=policy.id, policy_version=policy.version)
    for clock in await clocks.live(desk, appeal):
        await desk.uow.remove(clock)
    found = deadlines.deadlines(policy, desk.town.calendar, received=appeal.received_at)
    clocks.start(desk, appeal, found)
    return appeal
