"""The checker of the lessons: passes an answer when no box stays empty, else says what to mend."""

from __future__ import annotations

from bot.town.training.play import Play
from services import checklist
from services.model import Answer, AppealId
from services.training import Facts, Version

_REMARKS = {
    1: "Напишите, что именно сделали и что получилось.",
    2: "Назовите день: когда сделали или сделаете.",
    5: "Приложите фото «после».",
    6: "Скажите проще, короткими фразами.",
}
"""What the checker writes, by box; he speaks Russian as everybody in the town's chats."""


async def check_answers(play: Play) -> None:
    """Read every answer of the lesson until one has passed."""
    while not (found := await play.until(lambda f: f.in_review or f.passed)).passed:
        await check_once(play, found)


async def check_once(play: Play, found: Facts) -> None:
    """Read the answer that waits."""
    await play.breathe()
    version = next((v for v in reversed(found.versions) if v.sent), None)
    try:
        await _decide(play, version)
    except LookupError:
        # Taken back by its author at the same moment: there will be another.
        await play.breathe()
    await play.until(lambda f: not f.in_review)


async def _decide(play: Play, version: Version | None) -> None:
    """Tick the boxes that are in order, then let it pass or send it back with a phrase."""
    checker, quality = play.cast.checkers[0], play.cast.chats["QUALITY"]
    answer = await _waiting(play)
    card = await play.actors.sees(quality, f"№ {answer.appeal_id} · проверить", button="Пропустить")
    missing = version.missing if version is not None else ()
    for box in checklist.BOXES:
        if box not in missing:
            await play.actors.press(checker, card, f"q1.c.{answer.appeal_id}.{answer.id}.{box}")
    if not missing:
        await play.actors.press(checker, card, "Пропустить")
        return
    await play.actors.press(checker, card, "Вернуть")
    asked = await play.actors.sees(quality, "что поправить", f"№ {answer.appeal_id}")
    words = " ".join(_REMARKS[box] for box in missing if box in _REMARKS)
    play.actors.world.say(checker, words, chat=quality, reply_to=asked["message_id"])


async def _waiting(play: Play) -> Answer:
    """The version before the checker. Raises LookupError when there is none any more."""
    async with play.beside.store.reading() as uow:
        for number in play.numbers:
            for answer in reversed(await uow.appeals.answers_of(AppealId(number))):
                if answer.submitted_at is not None and answer.checked_at is None:
                    return answer
    raise LookupError("nothing to check")
