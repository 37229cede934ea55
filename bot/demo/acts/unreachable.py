"""Somebody stops the bot: his answer is a dead letter until he comes back."""

from __future__ import annotations

from bot.demo.acts.moves import draft, push, report, send, take
from bot.demo.plan import Day, at
from bot.demo.story import Acting

_DONE = (
    "24 ноября рабочие очистили решётку ливнёвки на Колхозной и промыли трубу до колодца. "
    "После дождя мастер проверит, как уходит вода. Снимок после работ приложили."
)


def away_and_back(day: Day) -> Acting[None]:
    """The duty officer sees what didn't arrive; who returns reads it."""
    stage, who, triage = day.stage, day.cast.guests["Гордей"], day.cast.chats["TRIAGE"]
    words = "На Колхозной забита ливнёвка, решётка ливнёвки под листьями"
    number = yield from report(day, who, words, "ливнёвка")
    yield from take(day, number, "ROD")
    yield at(24, 18, 15)
    yield from draft(day, number, "ROD", _DONE, photo=True)
    yield from send(day, number, "ROD")
    stage.blockers.add(who["id"])
    stage.world.block(who)
    stage.did(who, "останавливает бота", stage.sees(day.cast.chats["ROD"], "Житель недоступен"))
    yield None
    lost = f"Не дошло: ответ по № {number}"
    yield from push(
        day,
        day.cast.checkers[number % 2],
        day.cast.chats["QUALITY"],
        f"№ {number} · проверить до",
        "Пропустить",
        lost,
        into=triage,
        toast="Ответ уходит жителю",
    )
    stage.show(triage, lost)
    yield from push(day, day.cast.duty, triage, lost, "Карточка", f"№ {number} ·", toast="")
    let_go = f"Без доставки: ответ по № {number}"
    yield from push(day, day.cast.duty, triage, lost, "Без доставки", let_go, toast="")
    yield at(25, 8, 30)
    stage.world.unblock(who)
    stage.start(who, None, "возвращается", stage.sees(who, "Пока вас не было, пришёл ответ"))
    stage.expect("присылает ответ", stage.sees(who, f"Ответ по № {number}", "Получилось?"))
    yield None
    lost = f"Не дошло: расписка по № {number}"
    tried = f"Повторили: расписка по № {number}"
    yield from push(day, day.cast.duty, triage, lost, "Повторить", tried, toast="")
    yield from push(day, who, who, "Получилось?", "Решено", "Как мы сработали?")
    yield from push(day, who, who, "Как мы сработали?", "4", "ваша оценка — 4")
