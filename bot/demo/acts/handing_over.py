"""«Передать», the minute to take it back, «Отмена», «Снять с себя», «История» and the contact."""

from __future__ import annotations

from bot.demo.acts.moves import push, report, take
from bot.demo.plan import Day, at
from bot.demo.story import Acting

_PHONE = "+7 900 000-00-41"
"""Of nobody."""


def to_a_colleague(day: Day) -> Acting[None]:
    """Handed over, taken back within a minute, then given up; a colleague takes it."""
    stage, who, chat = day.stage, day.cast.guests["Родион"], day.cast.chats["HCS"]
    first, second = day.cast.executors["HCS"]
    number = yield from report(
        day,
        who,
        "На Лермонтова 20 домофон сломан, дверь подъезда не закрывается",
        "ремонт подъезда",
    )
    yield from take(day, number, "HCS", first)
    yield at(24, 10, 30)
    card, menu, people = f"№ {number} ·", f"№ {number}: кому?", f"№ {number}: кому в блоке"
    yield from push(day, first, chat, card, "Передать", menu)
    stage.press(first, stage.find(chat, menu), "Отмена", seen=stage.gone(chat, menu))
    yield None
    yield from push(day, first, chat, card, "Передать", menu)
    yield from push(day, first, chat, menu, "Коллеге в блоке", people)
    given = f"{second['first_name']}, № {number} теперь у вас"
    name = second["first_name"]
    yield from push(day, first, chat, people, name, given, toast=f"Передано: {name}")
    back = "Отменили, всё как было"
    yield from push(day, first, chat, given, "Отменить передачу", "передачу отменили", toast=back)
    yield at(24, 10, 40)
    yield from push(day, first, chat, card, "Передать", menu)
    free = f"№ {number} · никто не взял"
    yield from push(day, first, chat, menu, "Снять с себя", free, toast="Сняли с вас")
    yield from take(day, number, "HCS", second)


def history(day: Day) -> Acting[None]:
    """The thread is read in private; to the holder also what is hidden, and the phone."""
    stage, who, chat = day.stage, day.cast.guests["Янина"], day.cast.chats["HCS"]
    holder = day.cast.executors["HCS"][1]
    number = yield from report(
        day,
        who,
        "На Вокзальной 4, кв. 17 третий день не работает лифт. Когда почините?",
        "не работает лифт",
    )
    stage.world.say(who, contact=_PHONE)
    stage.did(who, "[телефон]", stage.sees(who, "Телефон записали. Увидит его только"))
    yield None
    yield from take(day, number, "HCS", holder)
    query = stage.press(holder, stage.find(chat, f"№ {number} ·"), "История", about=f"№ {number}")
    yield None
    link = stage.world.town.queries[query].url or ""
    read = stage.sees(holder, f"№ {number}, история")
    stage.start(holder, link.partition("?start=")[2], "открывает историю в личном чате", read)
    yield None
    stage.show(holder, f"№ {number}, история")
    hidden = (f"№ {number}, что скрыто на карточке", "квартира: 17")
    yield from push(day, holder, holder, f"№ {number}, история", "Показать скрытое", *hidden)
    yield from push(
        day, holder, holder, f"№ {number}, история", "Показать контакт", "Просмотр записан"
    )
