"""The quality card: six boxes, codes of what is missing, and the answer that passes."""

from __future__ import annotations

from bot.demo.acts.moves import draft, push, report, send, take, tell
from bot.demo.plan import Day
from bot.demo.story import Acting

_THIN = "Торговцев с тротуара уберём, за местом будем следить, спасибо за сигнал."
_FULL = (
    "24 ноября инспектор торговли составил протокол на продавца фруктов на Горького, прилавок "
    "убрали. Участок проверим 27 ноября и ещё раз в субботу утром."
)
_KEPT = ("☐ По сути", "☐ Кто", "☐ Адрес", "☐ Тон")


def boxes_and_codes(day: Day) -> Acting[None]:
    """What is not ticked becomes codes; the second answer passes with its boxes counted."""
    stage, who, checker = day.stage, day.cast.guests["Ада"], day.cast.checkers[0]
    quality, block = day.cast.chats["QUALITY"], day.cast.chats["TOU"]
    words = "Торгуют фруктами на Горького, незаконная торговля, ларёк на тротуаре"
    number = yield from report(day, who, words, "незаконная торговля")
    yield from take(day, number, "TOU")
    card = f"№ {number} · проверить до"
    yield from draft(day, number, "TOU", _THIN)
    yield from send(day, number, "TOU")
    yield from _tick(day, card, *_KEPT, "☐ Фото")
    menu = f"№ {number}: что не так?"
    yield from push(day, checker, quality, card, "Вернуть", menu)
    stage.expect("отмечает, чего нет", stage.offers(quality, "☑ нет срока", menu))
    yield None
    back = f"Вернули № {number}: нет срока (E02)"
    prompt = f"что поправить в ответе на № {number}"
    yield from tell(day, checker, "Напишите дату", back, chat=quality, to=prompt, into=block)
    yield from draft(day, number, "TOU", _FULL)
    yield from send(day, number, "TOU")
    yield from _tick(day, card, *_KEPT, "☐ Срок")
    passed = f"№ {number} пропущен, 5 из 6"
    yield from push(day, checker, quality, card, "Пропустить", passed, toast="Ответ уходит жителю")
    stage.expect("отвечает жителю", stage.sees(who, f"Ответ по № {number}", "Получилось?"))
    yield None


def _tick(day: Day, card: str, *boxes: str) -> Acting[None]:
    """Tick boxes one after the other, as a finger does."""
    stage, quality, checker = day.stage, day.cast.chats["QUALITY"], day.cast.checkers[0]
    stage.expect("приносит карточку на проверку", stage.offers(quality, boxes[0], card))
    yield None
    for box in boxes:
        done = stage.offers(quality, box.replace("☐", "☑"), card)
        stage.press(checker, stage.find(quality, card), box, toast="", seen=done)
        yield None
