"""The next working day: digests, the forgotten card, the second answers; then one more morning."""

from __future__ import annotations

from bot.demo.acts.answering import answer
from bot.demo.acts.rating import rate
from bot.demo.acts.taking import take
from bot.demo.plan import LATE, REOPENED, Day, at

_DIGEST = ("Сводка ·", "пришло", "Просрочено", "Ответили")


async def remind(day: Day) -> None:
    """A quarter of the time is left and nobody has taken the card."""
    case = day.part(LATE)
    await day.stage.move(at(24, 16, 40), "напоминание: карточку никто не взял (2.10)")
    seen = day.stage.sees(day.cast.chats[case.block], f"№ {case.number}: осталось", "Взять до")
    day.stage.expect("напоминает в чате блока", seen)
    await day.stage.beat()


async def digests(day: Day, date: int) -> None:
    """08:30: every deputy reads about his blocks."""
    stage = day.stage
    await stage.rest()
    await stage.move(at(date, 8, 30), "утренние сводки (3.1)")
    for reader in day.readers:
        words = stage.sees(reader, "Сводка ·", f"{date} ноября", tell=_DIGEST)
        stage.expect(f"пишет {stage.called(reader)}", words)
    await stage.beat()
    for case in (day.part(LATE), day.part(REOPENED)):
        stage.show(day.cast.deputies[case.block], "Сводка ·", f"{date} ноября")


async def overdue(day: Day) -> None:
    """At the deadline the chat is told, an hour later the deputy; then it is taken."""
    stage, case = day.stage, day.part(LATE)
    number, chat = f"№ {case.number}", day.cast.chats[case.block]
    await stage.move(at(25, 9, 50), "срок вышел (2.10)")
    stage.expect("говорит в чате блока", stage.sees(chat, f"⏰ {number}: никто не взял до"))
    await stage.beat()
    await stage.move(at(25, 10, 50), "о просрочке узнаёт заместитель главы (2.10)")
    deputy = day.cast.deputies[case.block]
    stage.expect(f"пишет {stage.called(deputy)}", stage.sees(deputy, f"Просрочено: {number}"))
    await stage.beat()
    await stage.move(at(25, 11, 5), "просроченное берут и отвечают (2.6)")
    take(day, case)
    await stage.beat()
    await answer(day, [case])


async def answer_again(day: Day) -> None:
    """What came back and what was left is taken and answered."""
    stage, reopened = day.stage, day.part(REOPENED)
    cases = [reopened, *([day.child] if day.child else [])]
    await stage.move(at(25, 11, 30), "возвращённое и остаток берут в работу (1.12, 2.1)")
    for case in cases:
        take(day, case)
    await stage.beat()
    await stage.move(at(25, 18, 30), "вторые ответы (1.10, 2.6)")
    await answer(day, cases)
    await stage.move(at(25, 19, 15), "и их оценивают (1.10)")
    await rate(day, [*cases, day.part(LATE)])
