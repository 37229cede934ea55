"""Answers: a draft under the card, «Отправить», the checker, the citizen."""

from __future__ import annotations

from collections.abc import Sequence

from bot.demo.acts.taking import find_preview, write
from bot.demo.cast import Case
from bot.demo.plan import BARE, CRITICAL, LATE, RETURNED, Day, at
from bot.demo.sight import Message, Person
from services.policies import Urgency

_POOR = "Мусор вывезем в ближайшее время."
_REMARK = "Напишите, когда вывезли и почему задержались"
_BARE = "Засыпали, снимок пришлю позже"


async def answer_emergency(day: Day) -> None:
    """What was dangerous is over."""
    await day.stage.move(at(24, 10, 20), "ответ по аварии (1.10, 2.6)")
    await answer(day, [day.emergency])


async def answer_critical(day: Day) -> None:
    """The critical case doesn't wait for the evening."""
    await day.stage.move(at(24, 12, 10), "ответ по критическому (1.10, 2.6)")
    await answer(day, [day.part(CRITICAL)])


async def answer_all(day: Day) -> None:
    """Everybody answers; one without a photo, one too thinly."""
    stage = day.stage
    bare, returned = day.part(BARE), day.part(RETURNED)
    await stage.move(at(24, 18, 15), "исполнители отвечают (1.10, 2.6, 2.9)")
    await _without_photo(day, bare)
    await _too_thin(day, returned)
    await answer(day, [*day.ordinary(CRITICAL, LATE, RETURNED), returned])


async def _without_photo(day: Day, case: Case) -> None:
    """Without the photo that the topic demands «Решено» is not on offer (invariant 5)."""
    stage, who = day.stage, day.cast.holder(case)
    number = f"№ {case.number}"
    write(day, case, _BARE, photo=False)
    await stage.beat()
    with stage.attempt(f"{number}: «Решено» без фото"):
        preview = find_preview(day, case)
        stage.press(who, preview, "☐ Решено", about=number, toast="нужно фото «после»")
    await stage.beat()


async def _too_thin(day: Day, case: Case) -> None:
    """The checker returns an answer without a date, in words."""
    stage, quality = day.stage, day.cast.chats["QUALITY"]
    number, checker = f"№ {case.number}", day.cast.checkers[0]
    write(day, case, _POOR, photo=True)
    await stage.beat()
    _send(day, case)
    await stage.beat()
    with stage.attempt(f"{number}: вернуть"):
        card = stage.find(quality, f"{number} · проверить до")
        seen = stage.sees(quality, "что поправить", number)
        stage.press(checker, card, "Вернуть", about=number, seen=seen)
    await stage.beat()
    with stage.attempt(f"{number}: замечание"):
        prompt = stage.find(quality, "что поправить", number)
        seen = stage.sees(day.cast.chats[case.block], f"Вернули {number}")
        stage.say(checker, _REMARK, chat=quality, to=prompt, seen=seen)
    await stage.beat()


async def answer(day: Day, cases: Sequence[Case]) -> None:
    """Draft, check, pass: three phases for all of them together."""
    stage = day.stage
    for case in cases:
        write(day, case, case.answer, photo=day.needs_photo(case))
    await stage.beat()
    for case in cases:
        _send(day, case)
    await stage.beat()
    for place, case in enumerate(cases):
        _pass(day, case, day.cast.checkers[place % len(day.cast.checkers)])
    await stage.beat()


def _send(day: Day, case: Case) -> None:
    """«Отправить»; a question is explained, not solved."""
    stage, who = day.stage, day.cast.holder(case)
    number = f"№ {case.number}"
    with stage.attempt(f"{number}: на проверку"):
        preview = find_preview(day, case)
        if case.script.urgency is Urgency.QUESTION:
            stage.press(who, preview, "☐ Разъяснено", about=number)
        seen = stage.sees(day.cast.chats["QUALITY"], f"{number} · проверить до")
        stage.press(
            who,
            preview,
            _send_button(preview),
            about=number,
            toast="Отправлено на проверку",
            seen=seen,
        )


def _send_button(preview: Message) -> str:
    """«Отправить», «Отправить как есть» or «Как разъяснение», as the preview offers."""
    rows = preview["reply_markup"]["inline_keyboard"]
    sends = [b["text"] for row in rows for b in row if b["callback_data"].startswith("m1.send.")]
    return str(sends[0])


def _pass(day: Day, case: Case, checker: Person) -> None:
    stage, number = day.stage, f"№ {case.number}"
    with stage.attempt(f"{number}: пропустить"):
        card = stage.find(day.cast.chats["QUALITY"], f"{number} · проверить до")
        seen = stage.sees(case.author, "Получилось?", f"Ответ по {number}", case.answer[:20])
        stage.press(
            checker, card, "Пропустить", about=number, toast="Ответ уходит жителю", seen=seen
        )
