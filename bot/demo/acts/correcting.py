"""The citizen corrects what was understood: the place, the words, the department."""

from __future__ import annotations

from bot.demo.acts.moves import number_of, push, report, take, tell
from bot.demo.plan import Day
from bot.demo.story import Acting

_HERE = "📍 Я на этом месте"
_IN_TOWN = (44.5611, 38.0764)


def asked_for_the_place(day: Day) -> Acting[None]:
    """A missing place is asked once and answered by the location key."""
    stage, who = day.stage, day.cast.guests["Назар"]
    number = yield from report(
        day, who, "Слабый напор воды, кран еле течёт третий день", "слабый напор воды"
    )
    stage.expect("спрашивает место", stage.sees(who, "Где это? Напишите улицу и дом"))
    yield None
    stage.world.tap(who, _HERE, location=_IN_TOWN)
    stage.did(who, f"[{_HERE}]", stage.sees(who, "Записали: точка на карте"))
    yield None
    stage.expect("правит расписку", stage.sees(who, f"№ {number}", "Где: точка на карте"))
    yield None
    yield from take(day, number, "HCS")


def two_streets(day: Day) -> Acting[None]:
    """Two streets of one name: the citizen says which."""
    who = day.cast.guests["Стелла"]
    number = yield from report(
        day, who, "На Горной 5 слабый напор воды, кран еле течёт", "слабый напор воды"
    )
    day.stage.expect("видит две улицы", day.stage.sees(who, "Таких улиц две. Какая ваша?"))
    yield None
    settled = "Записали: Дивноморское, ул. Горная, 5."
    yield from push(day, who, who, "Таких улиц две", "Дивноморское", settled)
    yield from take(day, number, "HCS")


def everything_in_the_receipt(day: Day) -> Acting[None]:
    """An edit, «Дополнить», «Место», «Почему такой срок»."""
    stage, who = day.stage, day.cast.guests["Варвара"]
    words = "На Декабристов 3 не моют подъезд, грязь в подъезде"
    said = stage.world.say(who, words)
    stage.did(who, f"«{words}»", stage.sees(who, "Принято, №", "грязь и темнота в подъезде"))
    yield None
    number = number_of(day, who, "грязь и темнота в подъезде")
    receipt = f"Принято, № {number}"
    words += ", второй месяц"
    stage.world.edit(who, who["id"], said["message_id"], words)
    stage.did(who, f"правит: «{words}»", stage.sees(who, receipt, "Правку учли в"))
    yield None
    yield from push(day, who, who, receipt, "Дополнить", f"всё попадёт в № {number}")
    yield from tell(day, who, "Вот как тут", f"Добавили к № {number}.", photo=True)
    yield from push(day, who, who, "всё попадёт в", "Готово", f"Готово, всё в № {number}.")
    yield from push(day, who, who, receipt, "Место", "Где это? Напишите улицу")
    yield from tell(day, who, "ул. Мира 3, Кабардинка", receipt, "Где: Кабардинка, ул. Мира, 3")
    yield from push(day, who, who, receipt, "Почему такой срок", "Почему ответим до")
    stage.show(who, "Почему ответим до")
    yield from take(day, number, "HCS")


def wrong_department(day: Day) -> Acting[None]:
    """«Не тот отдел»: the citizen names another, the duty officer decides."""
    who, triage = day.cast.guests["Елисей"], day.cast.chats["TRIAGE"]
    words = "На Островского у дома 12 слабый напор воды, кран еле течёт, и тротуар"
    number = yield from report(day, who, words, "слабый напор воды")
    yield from push(day, who, who, f"Принято, № {number}", "Не тот отдел", "Кто, по-вашему")
    yield from push(day, who, who, "Кто, по-вашему", "Дороги", "Спасибо, дежурный проверит")
    note = ("Житель считает: Дороги", f"№ {number}")
    moved = f"№ {number} теперь у блока «Дороги». Срок прежний."
    yield from push(
        day, day.cast.duty, triage, note, "1. Дороги", moved, into=who, toast=f"№ {number} → Дороги"
    )
    yield from take(day, number, "ROD")
