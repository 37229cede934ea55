"""Not solved three times: the third return is a dispute and the head of the centre decides."""

from __future__ import annotations

from bot.demo.acts.moves import answer, push, report, take, tell
from bot.demo.plan import Day, at
from bot.demo.story import Acting

_ANSWERS = (
    "24 ноября инспектор был на Азовской, 8 и предупредил соседа: слив на улицу запрещён. "
    "Яму он обещал откачать до 26 ноября, мы проверим.",
    "24 ноября на Азовскую, 8 вызвали ассенизаторскую машину, яму откачали в 11 часов. "
    "Место обработали, квитанция об откачке у нас.",
    "24 ноября составили на соседа протокол за слив на улицу, штраф 3 000 рублей. "
    "Следующая проверка на Азовской, 8 — 27 ноября утром.",
)


def dispute(day: Day) -> Acting[None]:
    """Two returns go to the department, the third to the head."""
    stage, who = day.stage, day.cast.guests["Мария"]
    words = "Сосед сливает септик на улицу, выгребная яма переполнена, Азовская 8"
    number = yield from report(day, who, words, "слив нечистот на улицу")
    for words in _ANSWERS:
        yield from take(day, number, "WST")
        yield from answer(day, number, "WST", words, who)
        answered = (f"Ответ по № {number}", words[:30])
        yield from push(day, who, who, answered, "Не решено", "Что не так?")
        if words != _ANSWERS[-1]:
            seen = stage.sees(day.cast.chats["WST"], f"↩️ № {number} ·", "вернул житель")
            stage.expect("возвращает карточку", seen)
            yield None
    yield from _decide(day, number)


def _decide(day: Day, number: int) -> Acting[None]:
    stage, who, head = day.stage, day.cast.guests["Мария"], day.cast.head
    stage.expect("пишет жителю", stage.sees(who, f"№ {number} возвращают в третий раз"))
    question = f"№ {number}"
    stage.expect("спрашивает руководителя МЦУ", stage.sees(head, question, "решаете вы"))
    yield at(24, 16, 20)
    yield from push(
        day, head, head, (question, "решаете вы"), "Вернуть в работу", f"№ {number} возвращаем"
    )
    said = f"№ {number}: разобрались. Возвращаем"
    yield from tell(day, head, "Слив не прекратили, протокола мало", said, into=who)
    stage.show(who, said)
    yield from take(day, number, "WST")
