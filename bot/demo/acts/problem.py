"""One cause, many people: three authors become a problem, a fourth joins, all are answered."""

from __future__ import annotations

from bot.demo.acts.moves import let_pass, push, report, send, standing, tell
from bot.demo.plan import Day, at
from bot.demo.story import Acting

_REPORTS = {
    "Дина": "На Орджоникидзе нет сети, не ловит телефон, мобильная связь пропала",
    "Ефим": "Орджоникидзе, дом 12: мобильная связь пропала, телефон не ловит",
    "Савва": "Не ловит телефон на Орджоникидзе, нет сети с утра, связь пропала",
}
_FOURTH = "На Орджоникидзе 30 нет сети, мобильная связь пропала, не ловит телефон"
_NEWS = "Оператор нашёл обрыв кабеля у вышки, связь обещает вернуть сегодня к 18:00"
_ANSWER = (
    "24 ноября в 17:20 оператор заменил кабель у вышки на Орджоникидзе, связь вернулась на всей "
    "улице. Мы проверили её у трёх домов. Если пропадёт снова, напишите сюда."
)


def from_first_to_answer(day: Day) -> Acting[None]:
    """Proposed, joined by the duty officer, joined by one more, news, one answer for all."""
    stage, cast, chat = day.stage, day.cast, day.cast.chats["DIG"]
    holder, triage = cast.executors["DIG"][0], cast.chats["TRIAGE"]
    people = [cast.guests[name] for name in _REPORTS]
    numbers = []
    for who, words in zip(people, _REPORTS.values(), strict=True):
        numbers.append((yield from report(day, who, words, "нет мобильной связи")))
    first = numbers[0]
    asked = "Похоже на одну проблему"
    stage.expect("предлагает дежурной смене", stage.sees(triage, asked, "3 сообщения"))
    yield None
    yield from push(day, cast.duty, triage, asked, "Объединить", "написали: 3", into=chat, toast="")
    stage.show(chat, "написали: 3")
    card = (f"№ {first} ·", "Проблема")
    yield from push(day, holder, chat, card, "Взять", *card, holder["first_name"], toast="")
    fourth = cast.guests["Аристарх"]
    told = "У вас то же самое?"
    yield from tell(day, fourth, _FOURTH, told)
    stage.show(fourth, told)
    yield from push(day, fourth, fourth, told, "У меня тоже", "Записали, вас уже 4")
    stage.expect("считает авторов", stage.sees(chat, "написали: 4"))
    yield None
    yield from push(day, holder, chat, (*card, "написали: 4"), "Новости всем", "новость для всех")
    heard = f"№ {numbers[2]}: {_NEWS[:20]}"
    yield from tell(day, holder, _NEWS, heard, chat=chat, to="новость для всех", into=people[2])
    yield at(24, 18, 15)
    yield from _answer_all(day, first, [*zip(people, numbers, strict=True)])


def _answer_all(day: Day, first: int, people: list[tuple[dict[str, object], int]]) -> Acting[None]:
    """One answer, and everybody reads it under his own number."""
    stage, chat = day.stage, day.cast.chats["DIG"]
    holder = day.cast.executors["DIG"][0]
    card = yield from standing(day, chat, "", f"№ {first} ·", "Проблема")
    preview = stage.sees(chat, f"Ответ на № {first}, ещё не", tell=("Ответ на",))
    stage.say(holder, _ANSWER, chat=chat, to=card, seen=preview)
    yield None
    yield from send(day, first, "DIG")
    yield from let_pass(day, first, people[0][0])
    for who, number in [*people[1:], (day.cast.guests["Аристарх"], None)]:
        words = f"Ответ по № {number}" if number else "Ответ по № "
        stage.expect(f"пишет {stage.called(who)}", stage.sees(who, words, "Получилось?"))
    yield None
