"""«Не наше»: the duty officer looks, and after a second refusal the head of the centre decides."""

from __future__ import annotations

from bot.demo.acts.moves import push, report, take, tell
from bot.demo.plan import Day, at
from bot.demo.story import Acting

DECISION = at(24, 16, 5)
"""When the head goes through what waits for him."""


def ping_pong(day: Day) -> Acting[None]:
    """Two blocks refuse one after the other."""
    stage, who, cast = day.stage, day.cast.guests["Мирон"], day.cast
    words = "На Красногвардейской 11 ямы во дворе, разбит дворовый проезд"
    number = yield from report(day, who, words, "ямы во дворе")
    roads, yards = day.town.blocks["ROD"].name, day.town.blocks["IMP"].name[:15]
    yield from _give_back(day, number, "ROD", yards, "Двор не дорога, это благоустройство")
    card = f"№ {number} · куда?"
    stage.expect("спрашивает дежурную смену", stage.sees(cast.chats["TRIAGE"], card, "Двор не"))
    yield None
    yield from push(
        day,
        cast.duty,
        cast.chats["TRIAGE"],
        card,
        f"1. {yards}",
        f"№ {number} · никто не взял",
        into=cast.chats["IMP"],
        toast=yards,
    )
    yield from _give_back(day, number, "IMP", roads, "Проезд на балансе дорожников")
    asked = stage.sees(cast.head, f"№ {number}: два отказа, решаете вы")
    stage.expect("спрашивает руководителя МЦУ", asked)
    second = f"Второй отказ по № {number} решает руководитель МЦУ"
    stage.expect("говорит в чате блока", stage.sees(cast.chats["IMP"], second))
    yield None
    stage.show(cast.head, f"№ {number}: два отказа")
    yield DECISION
    yield from push(day, cast.head, cast.head, f"№ {number}: два отказа", roads, "Чей отказ обос")
    yield from push(day, cast.head, cast.head, "Чей отказ обоснован?", yards, "почему так")
    final = f"№ {number} → {roads}, окончательно"
    yield from tell(day, cast.head, "Проезд на балансе дорожников", final)
    stage.expect("говорит в чате блока", stage.sees(cast.chats["ROD"], "окончательно"))
    yield None
    yield from take(day, number, "ROD")


def _give_back(day: Day, number: int, block: str, other: str, why: str) -> Acting[None]:
    """«Не наше» → «Не наш вопрос» → a block → a phrase."""
    who, chat = day.cast.executors[block][0], day.cast.chats[block]
    menu, whose = f"№ {number}: что случилось?", f"№ {number}: чьё это?"
    yield from push(day, who, chat, f"№ {number} ·", "Не наше", menu)
    yield from push(day, who, chat, menu, "Не наш вопрос", whose)
    yield from push(day, who, chat, whose, other, "коротко почему", toast="")
    refused = day.stage.sees(chat, f"№ {number} · блок отказался")
    prompt = day.stage.find(chat, "коротко почему")
    day.stage.say(who, why, chat=chat, to=prompt, seen=refused)
    yield None
