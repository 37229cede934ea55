"""«Отложить»: a promised day, a long term, a critical case; who has to allow it."""

from __future__ import annotations

from bot.demo.acts.moves import answer, let_pass, push, report, take, tell
from bot.demo.plan import Day, at
from bot.demo.story import Acting

PROMISED = at(26, 9, 0)
_SO_FAR = "24 ноября заказали краску и трафареты, привезут в среду вечером, после этого нанесём"
_MARKED = (
    "26 ноября рабочие нанесли осевую линию и зебру на Кольцова, движение открыли в 11 часов. "
    "Краска держится три года, весной проверим её ещё раз. Снимок после работ приложили."
)
_LONG = "24 ноября обследовали стену, проект усиления готовят до Нового года"
_PUMP = "24 ноября сгорел насос на подстанции, новый везут из Краснодара, поставим за ночь"
_WATER = (
    "25 ноября в 6:10 водоканал поставил новый насос на Заставной, вода есть во всех домах. "
    "Давление проверили в трёх квартирах. Если вода пропадёт снова, напишите сюда."
)


def to_a_day(day: Day) -> Acting[None]:
    """An interim answer with a date; on that day the holder is reminded and answers."""
    stage, who, chat = day.stage, day.cast.guests["Тихон"], day.cast.chats["ROD"]
    words = "На Кольцова стёрлась разметка на дороге, разделительная полоса не видна"
    number = yield from report(day, who, words, "разметка на дороге")
    yield from take(day, number, "ROD")
    yield from _wish(day, number, "ROD", "m1.pd.", "20261126", _SO_FAR)
    yield from let_pass(day, number, who, f"№ {number}: пока так", "Сделаем до")
    stage.show(who, f"№ {number}: пока так")
    stage.expect("правит карточку", stage.sees(chat, f"№ {number} · до чт 26.11", "Обещали"))
    yield PROMISED
    today = f"сегодня обещанный день по № {number}"
    stage.expect("напоминает в чате блока", stage.sees(chat, today))
    yield None
    yield at(26, 11, 30)
    yield from answer(day, number, "ROD", _MARKED, who, photo=True)


def past_a_month(day: Day) -> Acting[None]:
    """A day after the thirtieth: the deputy decides and the citizen reads it."""
    stage, who, deputy = day.stage, day.cast.guests["Христина"], day.cast.deputies["IMP"]
    words = "На Озёрной подпорная стена трескается, лестница разбита"
    number = yield from report(day, who, words, "лестница, пандус, подпорная стена")
    yield from take(day, number, "IMP")
    yield from _wish(day, number, "IMP", "m1.pd.", "20270114", _LONG, pages=2)
    asked = f"Просят продлить № {number}"
    stage.expect(f"спрашивает {stage.called(deputy)}", stage.sees(deputy, asked))
    yield None
    stage.show(deputy, asked)
    yield from push(day, deputy, deputy, asked, "До 14.01", f"№ {number} продлён до", toast="")
    yield from let_pass(day, number, who, f"№ {number}: пока так", "14 января")


def critical(day: Day) -> Acting[None]:
    """A critical case is put off by the deputy alone."""
    stage, who, deputy = day.stage, day.cast.guests["Юлиан"], day.cast.deputies["HCS"]
    words = "На Заставной в нескольких домах нет воды с утра"
    number = yield from report(day, who, words, "нет воды")
    yield from take(day, number, "HCS")
    yield from _wish(day, number, "HCS", "чт 26.11", "", _PUMP)
    asked = f"Просят отложить критическое № {number}"
    stage.expect(f"спрашивает {stage.called(deputy)}", stage.sees(deputy, asked))
    yield None
    yield from push(day, deputy, deputy, asked, "До 26.11", f"№ {number} отложен до", toast="")
    yield from let_pass(day, number, who, f"№ {number}: пока так", "26 ноября")
    yield at(25, 9, 50)
    yield from answer(day, number, "HCS", _WATER, who)


def _wish(
    day: Day, number: int, block: str, button: str, date: str, words: str, *, pages: int = 0
) -> Acting[None]:
    """«Отложить», a day by its button or in the calendar, and what the citizen will read."""
    stage, chat, who = day.stage, day.cast.chats[block], day.cast.executors[block][0]
    menu, prompt = "До какого дня?", "что сделали и чего ждём?"
    yield from push(day, who, chat, f"№ {number} ·", "Отложить", menu)
    for turn in ["Другой день", *["›"] * pages] if date else []:
        offered = stage.offers(
            chat, f"{button}{number}.{date}" if turn == "›" else "m1.pback", menu
        )
        stage.press(who, stage.find(chat, menu), turn, about=f"№ {number}", seen=offered)
        yield None
    choice = f"{button}{number}.{date}" if date else button
    yield from push(day, who, chat, menu, choice, prompt)
    yield from tell(day, who, words, f"№ {number}", chat=chat, to=prompt)
