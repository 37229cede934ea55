"""«Сделать нельзя»: a ground, what can be done instead, and what the citizen says to it."""

from __future__ import annotations

from bot.demo.acts.moves import let_pass, push, report, send, take, tell
from bot.demo.plan import Day, at
from bot.demo.sight import Person
from bot.demo.story import Acting

_PRIVATE = "Проезд к дому частный, тратить на него деньги города закон не разрешает."
_OWNER = "Собственник — товарищество «Ленточная», а если оно не отвечает — жилищная инспекция."
_ALLOWED = "Закрыть веранду нельзя: до 23 часов музыка разрешена, замеры шума в норме."
_MEASURE = "Если музыка играет после 23 часов, звоните участковому: он составит протокол на месте."


def understood(day: Day) -> Acting[None]:
    """Refused with a ground and advice; the citizen presses «Понятно»."""
    stage, who = day.stage, day.cast.guests["Камила"]
    words = "Частный проезд на Ленточной в Кринице размыло, просим отсыпать дорогу щебнем"
    number = yield from report(day, who, words, "нет асфальта")
    yield from _refuse(day, number, "ROD", who, _PRIVATE, _OWNER)
    refusal = f"№ {number}: сделать это не сможем"
    stage.show(who, refusal)
    yield from push(day, who, who, refusal, "Понятно", refusal, "Вы ответили: понятно.")


def disputed(day: Day) -> Acting[None]:
    """A refusal that the citizen disputes is decided by the head of the centre."""
    stage, who, head = day.stage, day.cast.guests["Фома"], day.cast.head
    words = "На Одесской дискотека, громкая музыка ночью, не даёт спать"
    number = yield from report(day, who, words, "шум и музыка ночью")
    yield from _refuse(day, number, "TOU", who, _ALLOWED, _MEASURE)
    refusal = f"№ {number}: сделать это не сможем"
    yield from push(day, who, who, refusal, "Хочу оспорить", "Теперь решает руководитель МЦУ")
    question = (f"№ {number}", "житель оспорил отказ")
    stage.expect("спрашивает руководителя МЦУ", stage.sees(head, *question))
    yield at(24, 16, 10)
    yield from push(day, head, head, question, "Оставить ответ", f"ответ по № {number} оставляем")
    said = f"№ {number}: разобрались"
    yield from tell(day, head, "Замеры шума проверили, они в норме", said, into=who)
    stage.show(who, said)
    yield from push(day, who, who, said, "Понятно", said, "Вы ответили: понятно.")


def _refuse(
    day: Day, number: int, block: str, citizen: Person, why: str, advice: str
) -> Acting[None]:
    """«Не наше» → «Сделать нельзя» → why → a ground → advice → the checker."""
    who, chat = day.cast.executors[block][0], day.cast.chats[block]
    yield from take(day, number, block)
    menu = f"№ {number}: что случилось?"
    explain, ground, preview = (
        "объясните жителю",
        "почему сделать нельзя",
        f"Ответ на № {number}, ещё",
    )
    yield from push(day, who, chat, f"№ {number} ·", "Не наше", menu)
    yield from push(day, who, chat, menu, "Сделать нельзя", explain)
    yield from tell(day, who, why, ground, chat=chat, to=explain)
    yield from push(day, who, chat, ground, "m1.", "что житель может сделать", toast="")
    yield from tell(
        day, who, advice, preview, advice[:20], chat=chat, to="что житель может сделать"
    )
    yield from send(day, number, block)
    yield from let_pass(day, number, citizen, f"№ {number}: сделать это не сможем")
