"""«Уточнить»: a quick question, taken back, asked anew, and «Не знаю»."""

from __future__ import annotations

from bot.demo.acts.moves import push, report, take
from bot.demo.plan import Day, at
from bot.demo.story import Acting


def quick_question(day: Day) -> Acting[None]:
    """A quick question leaves in a minute: so long it can be taken back unseen."""
    stage, who = day.stage, day.cast.guests["Агния"]
    chat, holder = day.cast.chats["HCS"], day.cast.executors["HCS"][0]
    number = yield from report(
        day, who, "На Больничной 2 бойлер сломан, нет горячей воды", "нет горячей воды"
    )
    yield from take(day, number, "HCS")
    yield at(24, 10, 25)
    card, menu = f"№ {number} ·", f"№ {number}: что уточнить?"
    waiting = (f"№ {number} · ждём жителя", "срок стоит".capitalize())
    at_a_minute = "Спросим через минуту"
    for button in ("Точный адрес", "Когда было"):
        yield from push(day, holder, chat, card, "Уточнить", menu)
        yield from push(day, holder, chat, menu, button, *waiting, toast=at_a_minute)
        if button == "Точный адрес":
            held = f"№ {number} · {holder['first_name']}, с"
            yield from push(day, holder, chat, waiting, "Снять вопрос", held, toast="")
    yield at(24, 11, 2)
    stage.expect("задаёт вопрос через минуту", stage.sees(who, f"Вопрос по № {number}"))
    yield None
    yield from push(
        day, who, who, f"Вопрос по № {number}", "Не знаю", "Житель ответил: не знает", into=chat
    )
    stage.expect("сообщает новый срок", stage.sees(who, "Передали. Новый срок"))
    yield None
