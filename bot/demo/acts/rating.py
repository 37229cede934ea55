"""Citizens judge: solved, partly with a rest, not solved; then 1–5 and a few words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.demo.cast import Case
from bot.demo.plan import LATE, PARTLY, REOPENED, Day, at
from bot.demo.sight import number_in

_REST = "Железо срезали, спасибо. Но под горкой остались щебень и битое стекло"
_REST_DONE = (
    "25 ноября дворник собрал щебень и стекло под горкой, рабочие подсыпали чистый песок. "
    "Площадку проверили вместе с мамой из соседнего дома. Качели поставим, как обещали, 1 декабря."
)
_AGAIN = (
    "25 ноября электрики нашли замыкание в кабеле у Грибоедова, 40 и заменили восемь метров. "
    "Вечером фонарь проверили дважды, в 17:40 и в 18:20: горит. Если погаснет, напишите сюда."
)
_COMMENTS = ("Спасибо, не ожидали так быстро", "Хорошо, что написали дату", "Мастер вежливый")


async def rate_first_day(day: Day) -> None:
    """In the evening most citizens judge; one thinks it is half done, one not at all."""
    stage, half, bad = day.stage, day.part(PARTLY), day.part(REOPENED)
    await stage.move(at(24, 19, 40), "жители оценивают ответы (1.10, 1.12)")
    happy = [c for c in day.ordinary(PARTLY, REOPENED, LATE) if c.marks]
    happy.append(day.emergency)
    for case in happy:
        _judge(day, case, "Решено", "Как мы сработали?")
    _judge(day, half, "Частично", "Что осталось")
    _judge(day, bad, "Не решено", "Что не так?")
    deputy = day.cast.deputies[bad.block]
    stage.expect(f"пишет {stage.called(bad.author)}", stage.sees(bad.author, "вернули в работу"))
    stage.expect("сообщает замглавы", stage.sees(deputy, f"№ {bad.number}", "житель"))
    await stage.beat()
    for case in happy:
        _mark(day, case)
    stage.say(half.author, _REST, seen=stage.sees(half.author, "Остаток завели отдельно"))
    _reason(day, bad)
    await stage.beat()
    await stage.rest()
    _continue(day, half)
    for case, words in zip(day.rng.sample(happy, len(_COMMENTS)), _COMMENTS, strict=True):
        stage.say(case.author, words, seen=stage.sees(case.author, "Передали тем, кто отвечал"))
    _mark(day, half)
    _mark(day, bad)
    await stage.beat()
    bad.answer = _AGAIN


async def rate(day: Day, cases: Sequence[Case]) -> None:
    """«Решено», then the mark."""
    for case in cases:
        _judge(day, case, "Решено", "Как мы сработали?")
    await day.stage.beat()
    for case in cases:
        _mark(day, case)
    await day.stage.beat()


def _judge(day: Day, case: Case, button: str, part: str) -> None:
    stage = day.stage
    with stage.attempt(f"№ {case.number}: {button}"):
        message = stage.find(case.author, f"Ответ по № {case.number}", "Получилось?")
        seen = stage.sees(case.author, part)
        stage.press(case.author, message, button, about=f"№ {case.number}", seen=seen)


def _mark(day: Day, case: Case) -> None:
    stage, mark = day.stage, case.marks.pop(0)
    answer = f"Ответ по № {case.number}"
    with stage.attempt(f"№ {case.number}: оценка"):
        message = stage.find(case.author, answer, "Как мы сработали?")
        thanks = f"ваша оценка — {mark}"
        seen = stage.sees(case.author, answer, thanks, tell=(thanks,))
        stage.press(case.author, message, str(mark), about=f"за № {case.number}", seen=seen)


def _reason(day: Day, case: Case) -> None:
    """Not solved: what is wrong."""
    stage = day.stage
    with stage.attempt(f"№ {case.number}: что не так"):
        message = stage.find(case.author, f"Ответ по № {case.number}", "Что не так?")
        seen = stage.sees(case.author, "Как мы сработали?", "не решено")
        stage.press(case.author, message, "Снова сломалось", about=f"№ {case.number}", seen=seen)


def _continue(day: Day, case: Case) -> None:
    """The rest has become a case of its own with half the clock."""
    with day.stage.attempt(f"№ {case.number}: остаток"):
        number = number_in(day.stage.find(case.author, "Остаток завели отдельно")["text"])
        day.child = Case(case.script, case.author, _REST_DONE, number, marks=[4])
