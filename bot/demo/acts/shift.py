"""The duty officers' own commands: /shift, /queue, /new."""

from __future__ import annotations

from bot.demo.acts.moves import draft, number_of, push, send, take, tell
from bot.demo.plan import Day, at
from bot.demo.story import Acting

_DONE = (
    "24 ноября электрики затянули контакты на вводе у дома 8 на Жуковского, напряжение 228 вольт. "
    "Замер повторят завтра вечером, в часы нагрузки."
)


def on_duty(day: Day) -> Acting[None]:
    """«Заступить», the queue, and in the evening what is handed over."""
    stage, second, triage = day.stage, day.cast.second, day.cast.chats["TRIAGE"]
    yield from tell(day, second, "/shift", "На смене никого")
    on = f"На смене: {second['first_name']}."
    yield from push(day, second, second, "На смене никого", "Заступить", on, into=triage, toast="")
    yield at(24, 9, 30)
    yield from tell(day, second, "/queue", "Без хозяина")
    stage.show(second, "Без хозяина")
    yield at(24, 18, 0)
    over = f"Смену сдали: {second['first_name']}."
    yield from tell(day, second, "/shift off", over, into=triage)
    stage.show(triage, over)


def by_phone(day: Day) -> Acting[None]:
    """/new: somebody calls; his answer is told by phone."""
    officer, triage, block = day.cast.second, day.cast.chats["TRIAGE"], day.cast.chats["HCS"]
    yield from tell(day, officer, "/new", "Как обратился")
    yield from push(day, officer, officer, "Как обратился", "Звонок", "Что случилось")
    words = "На Жуковского 8 скачет напряжение, мигает свет"
    yield from tell(day, officer, words, "Имя и телефон")
    yield from tell(day, officer, "Клара Петровна, +7 900 000-00-17", "Всё верно?")
    day.stage.show(officer, "Всё верно?")
    yield from push(day, officer, officer, "Всё верно?", "Зарегистрировать", "Записали, №")
    number = number_of(day, officer, "Записали, №")
    day.stage.expect("в чате блока", day.stage.sees(block, f"№ {number} ·", "звонок"))
    yield None
    yield from take(day, number, "HCS")
    yield at(24, 18, 15)
    yield from draft(day, number, "HCS", _DONE)
    yield from send(day, number, "HCS")
    task = f"№ {number}: позвонить и сообщить"
    yield from push(
        day,
        day.cast.checkers[number % 2],
        day.cast.chats["QUALITY"],
        f"№ {number} · проверить до",
        "Пропустить",
        task,
        into=triage,
        toast="",
    )
    told = f"№ {number}: сообщили по телефону"
    yield from push(day, officer, triage, task, "Сообщили", told, toast="Записали: житель знает")
