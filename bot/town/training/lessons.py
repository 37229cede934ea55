"""The scripts of the six lessons: what happens around the learner while he works."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.town.training.checking import check_answers, check_once
from bot.town.training.play import Play
from services import questions, undo
from services.lifecycle import Action
from services.training import Facts, Lesson

ROADS = frozenset({"ROD", "IMP"})
"""Whose a hole in the road is: roads, or what was dug up and not made good."""
_WEAK = (
    "Слабый напор воды, кран еле течёт, ул. {street}, 4",
    "С утра слабый напор воды, ул. {street}, 9",
    "На верхнем этаже слабый напор воды, ул. {street}, 15",
)
_NAMES = ("Зоя", "Тимур", "Раиса")
"""Citizens; each lesson has people of its own, as nobody writes about everything."""


async def take(play: Play) -> None:
    """An ordinary report."""
    await _opens(play, "Третий день слабый напор воды, ул. {street}, 12")
    await play.until(lambda f: f.taking is not None)


async def ask(play: Play) -> None:
    """A report without a place: the citizen answers what he is asked."""
    citizen = await play.actors.citizen(_NAMES[1])
    text = "Третий день слабый напор воды, не помыться"
    play.numbers.append(await play.actors.report(citizen, text))
    place = await play.actors.sees(citizen, "Где это?")
    play.actors.world.tap(citizen, "Без места", chat=place["chat"])
    await _card_of(play)
    reply = f"Ул. {play.streets()}, 8, второй подъезд"
    while True:
        found = await play.until(lambda f: f.waits_for_citizen or _answered(f))
        if _answered(found):
            break
        before = play.actors.last(citizen)
        await play.breathe()
        _pass_the_minute(play, found)
        question = await play.actors.sees(citizen, "Вопрос по №", after=before)
        await play.breathe()
        if (await play.look()).waits_for_citizen:
            play.actors.world.say(citizen, reply, reply_to=question["message_id"])
        await play.until(lambda f: not f.waits_for_citizen)


def _answered(facts: Facts) -> bool:
    return facts.last(Action.REPLY) is not None or facts.sent is not None


def _pass_the_minute(play: Play, found: Facts) -> None:
    """A question of one press leaves after a minute; here nobody waits for it."""
    asked = found.last(Action.ASK)
    if asked is None or asked.word not in questions.QUICK:
        return
    leaves = asked.at + undo.WINDOW + timedelta(seconds=1)
    if leaves > play.now:
        play.actors.clock.set(leaves)


async def answer(play: Play) -> None:
    """Something that needs a photo «after»; the checker reads what is written."""
    await _opens(play, "У дома забилась канализация, нечистоты на тротуаре, ул. {street}, 5")
    await check_answers(play)


async def give_back(play: Play) -> None:
    """A hole in the road that the duty officer took for pipes; he thinks again when it returns."""
    play.right = ROADS
    citizen = await play.actors.citizen(_NAMES[0])
    text = f"После ремонта трубы осталась яма на дороге, ул. {play.streets()}, 7"
    play.numbers.append(await play.actors.report(citizen, text))
    await _route(play, play.block)
    await _card_of(play)
    while not _with_duty(
        found := await play.until(lambda f: _with_duty(f) or f.in_review or f.passed)
    ):
        if found.passed:
            return
        await check_once(play, found)
    returned = found.last(Action.RETURN)
    named = returned.word.split(".")[-1] if returned else ""
    await play.breathe()
    await _route(play, named if named in ROADS else "ROD")
    await play.until(lambda f: not _with_duty(f))


def _with_duty(facts: Facts) -> bool:
    last = facts.last(Action.RETURN, Action.ROUTE)
    return last is not None and last.action == Action.RETURN


async def _route(play: Play, block: str) -> None:
    """The duty officer chooses a block: one of the three best, or from the whole list."""
    duty, triage, number = play.cast.duty, play.cast.chats["TRIAGE"], play.number
    data = f"t1.to.{number}.{block}"
    card = await play.actors.sees(triage, f"№ {number}", "куда?", button="Другой блок")
    try:
        await play.actors.press(duty, card, data)
    except LookupError:
        await play.actors.press(duty, card, "Другой блок")
        menu = await play.actors.sees(triage, f"№ {number}", "какой блок?")
        await play.actors.press(duty, menu, data)


async def emergency(play: Play) -> None:
    """Gas: accepted within half an hour, then the citizen is told what was done."""
    await _opens(play, "Сильно пахнет газом в подъезде, ул. {street}, 3")
    await check_answers(play)


async def problem(play: Play) -> None:
    """Three people of one street; the duty officer joins them; one answer for all."""
    street = play.streets()
    for name, text in zip(_NAMES, _WEAK, strict=True):
        citizen = await play.actors.citizen(name)
        play.numbers.append(await play.actors.report(citizen, text.format(street=street)))
    triage = play.cast.chats["TRIAGE"]
    proposed = await play.actors.sees(
        triage, "Похоже на одну проблему", street, button="Объединить"
    )
    await play.breathe()
    await play.actors.press(play.cast.duty, proposed, "Объединить")
    await play.actors.sees(play.chat, "Проблема", street)
    for number in play.numbers[1:]:
        await play.actors.sees(play.chat, f"№ {number}", "в составе проблемы")
    play.go()
    await check_answers(play)
    await play.until(lambda f: f.answered >= f.followers)


async def _opens(play: Play, text: str) -> None:
    """One citizen, one report."""
    citizen = await play.actors.citizen(_NAMES[0])
    words = text.format(street=play.streets())
    play.numbers.append(await play.actors.report(citizen, words))
    await _card_of(play)


async def _card_of(play: Play) -> None:
    """The card stands in the block's chat: the learner may begin."""
    await play.actors.sees(play.chat, f"№ {play.number} ·")
    play.go()


SCRIPTS: dict[Lesson, Callable[[Play], Awaitable[None]]] = {
    Lesson.TAKE: take,
    Lesson.ASK: ask,
    Lesson.ANSWER: answer,
    Lesson.RETURN: give_back,
    Lesson.EMERGENCY: emergency,
    Lesson.PROBLEM: problem,
}
